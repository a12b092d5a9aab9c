/** What the design says of going back: words and places come back, what is owed, owned or counted never does. */
import { kept } from "../../../models";
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

/** What has nothing of its own that may come back, and why: by the words of the design. */
const NOTHING_COMES_BACK: Readonly<Record<string, readonly string[]>> = {
  money: ["commission", "customer", "invoice", "ledger", "payment", "payout", "pricelist", "tax"],
  quantities: ["cart", "quota", "redemption", "stock"],
  credentials: ["account", "apikey", "challenge", "credential", "entitlement", "membership", "role", "session"],
  claims: ["coupon", "ordernumber"],
  standing: [
    ...["approval", "assessment", "checkout", "desk", "errand", "job", "message", "model"],
    ...["order", "ordergroup", "return", "supplement"],
    // with what was on a list there would come back alerts that were told, and links that were taken back
    ...["wishlist", "alert"],
    // what was measured was measured on the terms with which it began
    "experiment",
    // a text that was judged and taken away must not be there again
    "review",
  ],
  // the bytes that buyers were promised: another file is put there by hand
  delivered: ["goods"],
};

test("of every thing it is decided whether it comes back, or why nothing of it does", () => {
  const back = new Set(restored.map((one) => one.split(".")[0]));
  const never = Object.values(NOTHING_COMES_BACK).flat();
  const undecided = kept.map(({ aggregate: { name } }) => name).filter((name) => !back.has(name));
  expect(undecided.sort()).toEqual(never.sort());
});

/** The params of an action, by name. */
const namesOf = ({ params }: ActionContract): string[] =>
  Object.keys((params.describe() as { keys?: Readonly<Record<string, unknown>> }).keys ?? {});

test("who goes back is a command on one thing, by a version of it", () => {
  const reverts = actions.filter(([, { restores }]) => restores !== undefined);
  const decided = new Set(kept.flatMap(({ aggregate }) => Object.keys(aggregate.decide)));
  expect(reverts.map(([name]) => name).filter((name) => !decided.has(name))).toEqual([]);
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
