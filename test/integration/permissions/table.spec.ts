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
import { isPending } from "../../../services/kernel/four-eyes";
import { holdsMallWide } from "../../../services/kernel/permission";
import { openMemoryNode, type MemoryNode } from "../../support/memory-node";
import { callers, HOLDER } from "./callers";
import { example, PARTY } from "./example-params";
import { EXAMPLES } from "./examples";

type Cell = "yes" | "no" | "4" | `? ${string}`;

const actions = contracts.flatMap(({ aggregate, actions: declared }) =>
  Object.entries(declared).map(([name, action]) => ({ name, aggregate, action })),
);
const rowOf = (name: string, cells: readonly string[]): string => `| ${[name, ...cells].join(" | ")} |`;

let mall: MemoryNode;
let table = new Map<string, string>();

/** What every thing of the tests says of itself: whose it is, under whatever name a contract asks for it. */
const ownerFields = actions.flatMap(({ action: { owner } }) => (typeof owner === "object" ? [owner.field] : []));
const state = { ...Object.fromEntries(ownerFields.map((field) => [field, PARTY])), status: "open", productId: "thing-1" };

function plant(aggregate: string, id: string): void {
  const row = {
    _id: rowId(id, 1),
    aggregateId: id,
    version: 1,
    schema: 1,
    events: [],
    state: { ...state, id },
    command: { id: "planted", name: "planted", paramsHash: "" },
    by: "test",
    hlc: "000000000000001-00000",
    hash: "",
  };
  mall.histories.get(aggregate)?.rows.set(row._id, row as unknown as Row);
}

function paramsOf(name: string, action: ActionContract): Params {
  const named = { ...(typeof action.owner === "object" && { [action.owner.field]: PARTY }), ...EXAMPLES[name] };
  return (example(action.params, named) ?? {}) as Params;
}

beforeAll(async () => {
  mall = await openMemoryNode();
  mall.node.roles.learn(HOLDER, 1, ["*"]);
  for (const aggregate of mall.histories.keys()) for (const id of ["thing-1", PARTY]) plant(aggregate, id);
  const text = await readFile(path.join(projectRoot(), "docs/permissions.md"), "utf8");
  const lines = text.split("\n").map((line) => line.replace(/\s+/g, " ").trim());
  table = new Map(lines.flatMap((line) => (/^\| [a-z]+\.[a-zA-Z]+ /.test(line) ? [[line.split(" ")[1] ?? "", line]] : [])));
});
afterAll(() => mall.stop());

const DENIED = ["FORBIDDEN", "UNAUTHENTICATED"];
/** Nothing is known of who may when the call did not get so far. */
const UNTOLD = ["VALIDATION_FAILED", "SERVICE_NOT_FOUND"];

async function answer(principal: Principal | undefined, name: string, params: object): Promise<Cell> {
  try {
    return isPending(await mall.call(principal, name, params)) ? "4" : "yes";
  } catch (error) {
    const { type = "", message } = error as { type?: string; message: string };
    if (DENIED.includes(type)) return "no";
    return UNTOLD.includes(type) ? `? ${type} ${message}` : "yes";
  }
}

/** What the contract and the roles say. */
function declared(action: ActionContract, who: string): Cell {
  const principal = callers.get(who);
  const yes = action.fourEyes === true ? "4" : "yes";
  const { permission, owner } = action;
  if (permission === PUBLIC) return yes;
  if (!principal) return "no";
  if (holdsMallWide(mall.node.roles, principal, permission)) return yes;
  const grant = principal.grants?.find(({ role }) => mall.node.roles.permits(role, permission));
  const mine = owner === "caller" ? grant?.party === principal.id : owner !== "platform" && grant?.party === PARTY;
  return mine ? yes : "no";
}

test.each(actions)("$name", async ({ name, aggregate, action }) => {
  const params = paramsOf(name, action);
  if (action.keyOf) plant(aggregate, aggregateIdOf(name, action, params, ""));
  const answers: Cell[] = [];
  for (const principal of callers.values()) answers.push(await answer(principal, name, params));
  const said = table.get(name) ?? `${name} has no line in docs/permissions.md`;
  expect({ answered: rowOf(name, answers) }).toEqual({ answered: said });
  expect({ declared: rowOf(name, [...callers.keys()].map((who) => declared(action, who))) }).toEqual({ declared: said });
});

test("the table speaks of no action that there is not", () => {
  const names = actions.map(({ name }) => name);
  expect([...table.keys()].filter((name) => !names.includes(name))).toEqual([]);
  expect(table.size).toBe(names.length);
});

test("what was denied is kept and listed", async () => {
  const { items } = await mall.call<{ items: object[] }>({ id: "s", permissions: ["denial.read"] }, "denial.list", {
    action: "channel.open",
    limit: 5,
  });
  expect(items).toHaveLength(5);
  expect(items[0]).toMatchObject({ type: "FORBIDDEN", action: "channel.open", count: 1 });
});
