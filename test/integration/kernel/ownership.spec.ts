/**
 * Who may is decided at the action, on what the action finds: the state behind a command, the result of a query. Who
 * may not is told the same whatever there is: no refusal, no no-op and no stored answer tells them anything.
 */
import Joi from "joi";
import { pino } from "pino";
import { ServiceBroker } from "moleculer";
import { erased, type Aggregate } from "../../../models/kernel/aggregate";
import { memoryIdentity } from "../../support/identity";
import type { AnyContract, Owner, Receipt } from "../../../models/kernel/contract";
import { createClock } from "../../../models/kernel/clock";
import type { Personal } from "../../../models/kernel/personal";
import { refuseKernel } from "../../../models/kernel/refusal";
import type { Principal } from "../../../services/kernel/call";
import { createGroupWriter } from "../../../services/kernel/group-writer";
import { historyReader } from "../../../services/kernel/history-reader";
import { createMemory } from "../../../services/kernel/memory";
import type { Node } from "../../../services/kernel/node";
import { createRoleBook } from "../../../services/kernel/role-book";
import { aggregateService } from "../../../services/kernel/service";
import { JoiValidator } from "../../../services/kernel/validator";
import { memoryHistories } from "../../support/memory-histories";

interface Note {
  readonly sellerId?: string;
  readonly text: string;
}

type Commands = { "note.write": { text: string }; "note.open": Note };
type Event = { type: "note.opened"; data: Note } | { type: "note.written"; data: { text: string } };

const note: Aggregate<Note | { status: "absent" }, Commands, Event> = {
  name: "note",
  schema: 1,
  initial: { status: "absent" },
  decide: {
    "note.open": (_state, data) => [{ type: "note.opened", data }],
    "note.write": (state, { text }) => {
      if ("status" in state) return refuseKernel("NOT_FOUND", "There is no such note.");
      if (text === "bad") return refuseKernel("ALREADY_EXISTS", `It says ${state.text}.`);
      return state.text === text ? [] : [{ type: "note.written", data: { text } }];
    },
  },
  evolve: {
    "note.opened": (_state, data) => data,
    "note.written": (state, { text }) => ({ ...(state as Note), text }),
  },
};

const id = Joi.string().required();
const text = Joi.string().required();
const rest = { permission: "note.write", owner: { field: "sellerId" } as Owner };
const byId = { kind: "query", key: "id", summary: "Read", params: Joi.object({ id }), ...rest } as const;
const contract: AnyContract = {
  aggregate: "note",
  actions: {
    "note.open": { kind: "create", summary: "Open", params: Joi.object({ sellerId: Joi.string(), text }), ...rest },
    "note.write": { kind: "command", key: "id", summary: "Write", params: Joi.object({ id, text }), ...rest },
    "note.get": byId,
    "note.list": { ...byId, key: "sellerId", params: Joi.object({ sellerId: Joi.string() }) },
  },
};

const histories = memoryHistories("note");
const roles = createRoleBook({ staff: ["note.write"] });
const plain: Personal = {
  seal: (parts) => Promise.resolve(parts),
  reveal: (rows) => Promise.resolve(rows),
  isSealed: () => false,
};
const node: Node = {
  clock: createClock(),
  log: pino({ level: "silent" }),
  roles,
  limits: { mailboxMax: 100, batchMax: 10, room: { filesMax: 100, bytesMax: 1 << 20 } },
  memory: createMemory(),
  identity: memoryIdentity(),
  claims: { take: () => Promise.resolve(), find: () => Promise.resolve(null), release: () => Promise.resolve() },
  histories: () => histories,
  writer: () => createGroupWriter(histories),
  blobs: { put: () => Promise.resolve(""), get: () => Promise.resolve(null), putMade: () => Promise.resolve() },
  facts: () => ({
    write: () => Promise.resolve(),
    page: () => Promise.resolve([]),
    ids: () => Promise.resolve([]),
    those: () => Promise.resolve([]),
  }),
  personal: () => plain,
  waiting: { page: () => Promise.resolve([]), count: () => Promise.resolve(0) },
  committed: () => undefined,
  targetsOf: () => [],
};
const reader = historyReader(node, "note");
const listed = { times: 0 };
const broker = new ServiceBroker({ logger: false, validator: new JoiValidator(roles) });
broker.createService(
  aggregateService(node, {
    contract,
    aggregate: erased(note),
    queries: {
      "note.get": async ({ id: of }: { id: string }) =>
        (await reader.newest(of))?.state ?? refuseKernel("NOT_FOUND", "There is no such note."),
      "note.list": () => {
        listed.times += 1;
        return Promise.resolve({ items: ["a"] });
      },
    },
  }),
);

const owner: Principal = { id: "o", permissions: [], grants: [{ role: "staff", party: "s-1" }] };
const other: Principal = { id: "x", permissions: [], grants: [{ role: "staff", party: "s-2" }] };
const mall: Principal = { id: "m", permissions: [], grants: [{ role: "staff", party: null }] };

let calls = 0;
const call = (principal: Principal, action: string, params: object, commandId = `c-${++calls}`): Promise<Receipt> =>
  broker.call(action, params, { meta: { principal, trace: "t", commandId } });
const forbidden = { type: "FORBIDDEN", code: 403 };

let mine = "";
beforeAll(async () => {
  await broker.start();
  mine = (await call(owner, "note.open", { sellerId: "s-1", text: "secret" }, "opened")).id;
});
afterAll(() => broker.stop());

describe("a command", () => {
  test("that creates is done for the caller's own party, and for no other", async () => {
    await expect(call(other, "note.open", { sellerId: "s-1", text: "x" })).rejects.toMatchObject(forbidden);
    await expect(call(other, "note.open", { text: "nobody's" })).rejects.toMatchObject(forbidden);
    expect(await call(mall, "note.open", { text: "the mall's" })).toMatchObject({ version: 1 });
  });

  test("is done by the owner and the mall", async () => {
    expect(await call(owner, "note.write", { id: mine, text: "one" })).toMatchObject({ version: 2 });
    expect(await call(mall, "note.write", { id: mine, text: "two" })).toMatchObject({ version: 3 });
  });

  test.each([
    ["would change it", "new"],
    ["would change nothing", "two"],
    ["would be refused for what the note says", "bad"],
  ])("of another owner is forbidden whether it %s", async (_what, said) => {
    const refusal = await call(other, "note.write", { id: mine, text: said }).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ ...forbidden, data: { permission: "note.write", action: "note.write" } });
    const nothing = await call(other, "note.write", { id: "no-such", text: said }).catch((error: unknown) => error);
    expect((nothing as Error).message).toBe((refusal as Error).message);
  });

  test("of another owner is forbidden on a node that does not know the note yet", async () => {
    const cold = new ServiceBroker({ logger: false, validator: new JoiValidator(roles) });
    cold.createService(aggregateService(node, { contract, aggregate: erased(note) }));
    await cold.start();
    const meta = { principal: other, trace: "t", commandId: "cold" };
    await expect(cold.call("note.write", { id: mine, text: "x" }, { meta })).rejects.toMatchObject(forbidden);
    await cold.stop();
  });

  test("that was done gives its stored answer to who may do it, and to nobody else", async () => {
    const first = await call(owner, "note.write", { id: mine, text: "three" }, "done");
    expect(await call(owner, "note.write", { id: mine, text: "three" }, "done")).toEqual(first);
    await expect(call(other, "note.write", { id: mine, text: "three" }, "done")).rejects.toMatchObject(forbidden);
    await expect(call(other, "note.open", { sellerId: "s-2", text: "secret" }, "opened")).rejects.toMatchObject(
      forbidden,
    );
  });
});

describe("a query", () => {
  test("by id tells the owner and the mall what it found, and others nothing", async () => {
    expect(await call(owner, "note.get", { id: mine })).toMatchObject({ sellerId: "s-1" });
    expect(await call(mall, "note.get", { id: mine })).toMatchObject({ sellerId: "s-1" });
    const refusal = await call(other, "note.get", { id: mine }).catch((error: unknown) => error);
    expect(refusal).toMatchObject(forbidden);
    const nothing = await call(other, "note.get", { id: "no-such" }).catch((error: unknown) => error);
    expect((nothing as Error).message).toBe((refusal as Error).message);
  });

  test("about another's things is not even asked", async () => {
    expect(await call(owner, "note.list", { sellerId: "s-1" })).toEqual({ items: ["a"] });
    await expect(call(other, "note.list", { sellerId: "s-1" })).rejects.toMatchObject(forbidden);
    expect(listed.times).toBe(1);
    await expect(call(other, "note.list", {})).rejects.toMatchObject(forbidden);
    expect(await call(mall, "note.list", {})).toEqual({ items: ["a"] });
  });
});
