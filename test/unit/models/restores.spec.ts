/** What the design says of going back: words and places come back, what is owed, owned or counted never does. */
import { contracts } from "../../../models/contracts";
import type { ActionContract } from "../../../models/kernel/contract";

const actions: readonly (readonly [string, ActionContract])[] = contracts.flatMap(({ actions: of }) =>
  Object.entries(of),
);
const restored = actions.flatMap(([name, { restores = [] }]) => restores.map((field) => `${name}: ${field}`));

/** Quantities, money, credentials, and where something stands in its state machine. */
const NEVER =
  /minor|price|amount|currency|quantity|units|onhand|reserved|count|balance|payout|commission|rate|tax|bank|iban|password|secret|token|key|credential|grant|role|permission|status|state|step|holder|epoch/i;

test("no quantity, no money, no credential and no standing is ever brought back", () => {
  expect(restored.length).toBeGreaterThan(10);
  expect(restored.filter((one) => NEVER.test(one.split(": ")[1] ?? ""))).toEqual([]);
  expect(["amountMinor", "onHand", "status", "passwordHash"].every((field) => NEVER.test(field))).toBe(true);
});

/** The params of an action, by name. */
const namesOf = ({ params }: ActionContract): string[] =>
  Object.keys((params.describe() as { keys?: Readonly<Record<string, unknown>> }).keys ?? {});

test("who goes back is a command on one thing, by a version of it", () => {
  const reverts = actions.filter(([, { restores }]) => restores !== undefined);
  expect(reverts.map(([name, action]) => [name, action.kind, action.key, namesOf(action)])).toEqual(
    reverts.map(([name]) => [name, "command", "id", ["id", "version"]]),
  );
});

/** By what a document of the read side belongs together: were it changed, an older version would stay elsewhere. */
const BELONGS: Readonly<Record<string, readonly string[]>> = {
  offer: ["productId", "sellerId"],
  stock: ["productId", "sellerId"],
  review: ["productId", "customerId", "orderId"],
};

test.each(Object.entries(BELONGS))(
  "what a document of %s belongs to is said once, when it begins",
  (aggregate, keys) => {
    const own = contracts.filter((contract) => contract.aggregate === aggregate);
    const commands = own.flatMap(({ actions: of }) => Object.entries(of));
    const said = commands.flatMap(([name, action]) => {
      const taken = namesOf(action).filter((field) => keys.includes(field));
      // of the thing itself, by its id: neither made by it, nor asked of others, nor named by the field
      return action.kind === "command" && action.key === "id" && taken.length > 0 ? [`${name}: ${taken.join()}`] : [];
    });
    expect(commands.length).toBeGreaterThan(0);
    expect(said).toEqual([]);
  },
);
