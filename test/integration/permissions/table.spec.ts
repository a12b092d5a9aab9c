/**
 * Every action of the mall, called as every kind of caller: docs/permissions.md is written by hand, and says what the
 * contracts declare, what the roles make of it, and what the services answer.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { projectRoot } from "../../../embedded/root";
import { contracts } from "../../../models/contracts";
import { PUBLIC, type ActionContract } from "../../../models/kernel/contract";
import { rowId, type Row } from "../../../models/kernel/row";
import type { Principal } from "../../../services/kernel/call";
import { aggregateIdOf, type Params } from "../../../services/kernel/command-id";
import { isPending, needsSecond } from "../../../services/kernel/four-eyes";
import { holdsMallWide } from "../../../services/kernel/permission";
import { openMemoryNode, type MemoryNode } from "../../support/memory-node";
import { callers, HOLDER } from "./callers";
import { example, PARTY } from "./example-params";
import { EXAMPLES } from "./examples";

/** As nats-server has it unless told otherwise. */
const MESSAGE_BYTES_MAX = 1 << 20;

type Cell = "yes" | "no" | "4";

const actions = contracts.flatMap(({ aggregate, actions: declared }) =>
  Object.entries(declared).map(([name, action]) => ({ name, aggregate, action })),
);
const rowOf = (name: string, cells: readonly string[]): string => `| ${[name, ...cells].join(" | ")} |`;

let mall: MemoryNode;
let table = new Map<string, string>();

/** What every thing of the tests says of itself: whose it is, under whatever name a contract asks for it. */
const ownerFields = actions.flatMap(({ action: { owner } }) => (typeof owner === "object" ? [owner.field] : []));
const state = {
  ...Object.fromEntries(ownerFields.map((field) => [field, PARTY])),
  status: "open",
  productId: "thing-1",
  operations: [],
  orders: [],
  secrets: [],
  saga: { step: null, failure: null },
  ...{ lines: [], fulfilments: [], tasks: [], reports: [], money: {}, currency: "EUR", after: 0, upTo: 0 },
};

function plant(aggregate: string, id: string): void {
  const row: Row = {
    _id: rowId(id, 1),
    aggregateId: id,
    version: 1,
    schema: 1,
    events: [{ type: `${aggregate}.placed`, data: { ...state } }],
    state: { ...state, id },
    command: { id: "planted", name: "planted", paramsHash: "" },
    by: "test",
    onBehalfOf: null,
    causedBy: null,
    trace: null,
    occurredAt: "2026-01-01T00:00:00.000Z",
    committedAt: "2026-01-01T00:00:00.000Z",
    hashFormat: 1,
    published: true,
    hlc: "000000000000001-00000",
    hash: "",
  };
  mall.histories.get(aggregate)?.rows.set(row._id, row);
}

/** A fact, and no row: of the tests' party, too. */
async function plantDecision(): Promise<void> {
  const model = { name: "planted", version: 1, hash: "0" };
  const taken = { features: {}, contributions: [], residual: 0, score: 0 };
  const head = { id: "thing-1", kind: "rank", at: "2026-01-01T00:00:00.000Z", model, subject: PARTY };
  const decision = { ...head, about: { type: "search", id: "s" }, ...taken };
  await mall.call({ id: "test", permissions: ["*"] }, "decision.record", { decisions: [decision] });
}

function paramsOf(name: string, action: ActionContract): Params {
  const named = { ...(typeof action.owner === "object" && { [action.owner.field]: PARTY }), ...EXAMPLES[name] };
  return (example(action.params, named) ?? {}) as Params;
}

beforeAll(async () => {
  mall = await openMemoryNode();
  mall.node.roles.learn(HOLDER, 1, ["*"]);
  for (const aggregate of mall.histories.keys()) for (const id of ["thing-1", PARTY]) plant(aggregate, id);
  await plantDecision();
  const text = await readFile(path.join(projectRoot(), "docs/permissions.md"), "utf8");
  const lines = text.split("\n").map((line) => line.replace(/\s+/g, " ").trim());
  table = new Map(
    lines.flatMap((line) => (/^\| [a-z]+\.[a-zA-Z]+ /.test(line) ? [[line.split(" ")[1] ?? "", line]] : [])),
  );
});
afterAll(() => mall.stop());

it("what a node tells the others of its actions fits a message of NATS by far", () => {
  const told = JSON.stringify(mall.broker.getLocalNodeInfo());
  expect(told.length).toBeGreaterThan(actions.length * 20);
  expect(told.length).toBeLessThan(MESSAGE_BYTES_MAX / 4);
});

const DENIED = ["FORBIDDEN", "UNAUTHENTICATED"];
/** Asks for more than its own permission: for that of the thing's own restoring command. */
const ASKS_MORE = "history.restore";

async function answer(principal: Principal | undefined, name: string, params: object): Promise<Cell> {
  try {
    return isPending(await mall.call(principal, name, params)) ? "4" : "yes";
  } catch (error) {
    const { type = "" } = error as { type?: string };
    return DENIED.includes(type) ? "no" : "yes";
  }
}

/** Whether a grant for a party reaches what is the tests' party's. */
function reaches({ owner }: ActionContract, party: string | null | undefined, id: string): boolean {
  if (owner === "platform" || party === undefined || party === null) return false;
  return party === (owner === "caller" ? id : PARTY);
}

function mayDo(action: ActionContract, principal: Principal | undefined): boolean {
  const { permission } = action;
  if (permission === PUBLIC) return true;
  if (!principal) return false;
  if (holdsMallWide(mall.node.roles, principal, permission)) return true;
  const grant = principal.grants?.find(({ role }) => mall.node.roles.permits(role, permission));
  return reaches(action, grant?.party, principal.id);
}

/** What the contract and the roles say. */
function declared(action: ActionContract, params: object, who: string): Cell {
  const principal = callers.get(who);
  if (!principal || !mayDo(action, principal)) return mayDo(action, principal) ? "yes" : "no";
  return needsSecond(action, { principal: principal, trace: "" }, params) ? "4" : "yes";
}

/** False for an action that only runs where a further process does: then what is declared is all there is to ask. */
const served = (name: string): boolean => mall.broker.registry.actions.isAvailable(name);

test.each(actions)("$name", async ({ name, aggregate, action }) => {
  const params = paramsOf(name, action);
  const said = table.get(name) ?? `${name} has no line in docs/permissions.md`;
  const promised = [...callers.keys()].map((who) => declared(action, params, who));
  if (name !== ASKS_MORE) expect({ declared: rowOf(name, promised) }).toEqual({ declared: said });
  if (!served(name)) return;
  // whoever is not let in by the schema is not asked who they are to the thing: then examples.ts needs an example
  expect(action.params.validate(params, { convert: action.kind === "query" }).error).toBeUndefined();
  if (action.keyOf) plant(aggregate, aggregateIdOf(name, action, params, ""));
  // together: a query of the read side tries a while before it gives up on the engine that is not there
  const answers = await Promise.all([...callers.values()].map((principal) => answer(principal, name, params)));
  expect({ answered: rowOf(name, answers) }).toEqual({ answered: said });
});

test("the table speaks of no action that there is not", () => {
  const names = actions.map(({ name }) => name);
  expect([...table.keys()].filter((name) => !names.includes(name))).toEqual([]);
  expect(table.size).toBe(names.length);
});

test("what was denied is kept and listed", async () => {
  const { items } = await mall.call<{ items: { type: string }[] }>(
    { id: "s", permissions: ["denial.read"] },
    "denial.list",
    {
      action: "channel.open",
      limit: 5,
    },
  );
  // asked together: who was denied last is chance, and one of them had not said who they are
  const denied = items.filter(({ type }) => type === "FORBIDDEN");
  expect(items).toHaveLength(5);
  expect(denied.length).toBeGreaterThanOrEqual(4);
  for (const one of denied) expect(one).toMatchObject({ action: "channel.open", count: 1 });
});
