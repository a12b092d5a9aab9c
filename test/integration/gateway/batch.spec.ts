/** Many commands in one request: each as it would be alone, one after the other. */
import { Refusal } from "../../../models/kernel/refusal";
import { issueToken } from "../../../services/gateway/tokens";
import { readWrites } from "../../../services/gateway/write-token";
import { commandIdOf } from "../../../services/kernel/command-id";
import { COMMITTED_AT, openDoor, plainAnswer, SECRET, type Door } from "./door";

const denied: string[] = [];
let door: Door;
beforeAll(async () => {
  door = await openDoor({
    requestsPerSecondMax: 20,
    denied: ({ name }) => {
      denied.push(name);
      return Promise.resolve();
    },
    answer: (heard, action, aggregate) => {
      const { id } = heard.params;
      if (id === "gone") throw new Refusal("NOT_FOUND", 404, "There is no product gone.");
      if (id === "broken") throw new Error("a fault of ours");
      return plainAnswer(heard, action, aggregate);
    },
  });
});
afterAll(() => door.stop());

interface Result {
  readonly status: number;
  readonly id?: string;
  readonly version?: number;
  readonly token?: string;
  readonly problem?: { readonly type: string; readonly detail: string; readonly requestId: string };
}

async function sent(body: object, headers: Record<string, string> = door.admin) {
  const response = await fetch(`${door.url}/v1/batch`, {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as { results: Result[]; type?: string; detail?: string };
  return { status: response.status, ...answer };
}

const revise = (id: string, more: object = {}) => ({
  action: "product.revise",
  params: { id, brand: "Ikea" },
  ...more,
});
const lamp = { title: { en: "Lamp" }, channels: [] };
const typeOf = ({ status, problem }: Result) => [status, problem?.type.split(":").at(-1)];

test("answers of each command what it would be answered alone", async () => {
  const occurredAt = "2025-01-02T03:04:05.678Z";
  const { results } = await sent({
    commands: [
      { action: "product.create", params: lamp, idempotencyKey: "k-1", occurredAt },
      revise("p-1", { ifMatch: 7 }),
    ],
  });
  expect(results).toMatchObject([
    { status: 201, version: 1, committedAt: COMMITTED_AT },
    { status: 200, id: "p-1", version: 8 },
  ]);
  expect(readWrites(SECRET, results[1]?.token ?? "")).toMatchObject([{ source: "product/p-1", version: 8 }]);
  const [made, revised] = door.heard.slice(-2);
  const commandId = commandIdOf("admin", "product.create", "k-1");
  expect(made).toMatchObject({ action: "product.create", params: lamp, meta: { commandId, occurredAt } });
  expect(revised).toMatchObject({ params: { id: "p-1" }, meta: { expectedVersion: 7, routingKey: "p-1" } });
});

test("goes on after what is refused, unless it shall stop there", async () => {
  const commands = [revise("p-1"), revise("gone"), { action: "product.nothing" }, revise("p-2", { params: {} })];
  const { status, results } = await sent({ commands: [...commands, revise("broken"), revise("p-3")] });
  expect(status).toBe(200);
  expect(results.map(typeOf)).toEqual([
    [200, undefined],
    [404, "NOT_FOUND"],
    [404, "ROUTE_NOT_FOUND"],
    [400, "VALIDATION_FAILED"],
    [500, "INTERNAL"],
    [200, undefined],
  ]);
  expect(results[4]?.problem?.detail).not.toContain("a fault of ours");
  expect(door.logged.join()).toContain("a fault of ours");
  const { results: stopped } = await sent({ commands, stopAtRefusal: true });
  expect(stopped.map(({ status: one }) => one)).toEqual([200, 404]);
});

test("what alone needs a permission needs it here, and the attempt is kept", async () => {
  const someone = { authorization: `Bearer ${issueToken(SECRET, { id: "s", permissions: ["stock.count"] })}` };
  denied.length = 0;
  const { results } = await sent({ commands: [revise("p-1")] }, someone);
  expect(results.map(typeOf)).toEqual([[403, "FORBIDDEN"]]);
  expect(denied).toEqual(["product.revise"]);
  const nobody = await sent({ commands: [revise("p-1")] }, {});
  expect(nobody.results.map(typeOf)).toEqual([[401, "UNAUTHENTICATED"]]);
  expect(await sent({ commands: [revise("p-1")] }, { authorization: "Bearer x.y.z" })).toMatchObject({ status: 401 });
});

test("no command goes past the limit of requests", async () => {
  const someone = { authorization: `Bearer ${issueToken(SECRET, { id: "s", permissions: ["product.write"] })}` };
  const { results } = await sent({ commands: Array.from({ length: 60 }, () => revise("p-1")) }, someone);
  const statuses = results.map(({ status }) => status);
  expect(statuses.filter((one) => one === 429).length).toBeGreaterThanOrEqual(60 - 2 * 20);
  expect(results.find(({ status }) => status === 429)?.problem?.detail).toContain("slow down");
});

const many = (count: number) => Array.from({ length: count }, () => revise("p-1"));

test.each<[string, object, string]>([
  ["nothing to do", { commands: [] }, "commands"],
  ["too many", { commands: many(101) }, "commands"],
  ["a query", { commands: [{ action: "product.get", params: { id: "p-1" } }] }, ""],
  ["a key that is none", { commands: [revise("p-1", { idempotencyKey: "a b" })] }, "commands[0].idempotencyKey"],
  ["an unknown member", { commands: [revise("p-1", { method: "PUT" })] }, "commands[0].method"],
  ["no body", {}, "commands"],
])("refuses %s", async (_what, body, field) => {
  const { status, detail, results } = await sent(body);
  if (field === "") expect(results.map(typeOf)).toEqual([[404, "ROUTE_NOT_FOUND"]]);
  else expect([status, detail?.includes(field)]).toEqual([400, true]);
});
