/** Whoever adds an answer with personal fields says whose they are: then it is known who looked at them. */
import { kept } from "../../../models";
import { contracts } from "../../../models/contracts";
import type { ActionContract } from "../../../models/kernel/contract";

type Described = Readonly<Record<string, unknown>>;

/** Names of all fields of an answer, at whatever depth. */
function namesIn(described: unknown): string[] {
  if (Array.isArray(described)) return described.flatMap(namesIn);
  if (typeof described !== "object" || described === null) return [];
  const { keys = {}, ...rest } = described as Described & { keys?: Described };
  const own = Object.entries(keys).flatMap(([name, one]) => [name, ...namesIn(one)]);
  return [...own, ...["items", "matches", "schema"].flatMap((part) => namesIn(rest[part]))];
}

/** What says by its name alone that it is a person's, wherever it stands; other names count in their own aggregate. */
const TELLING = ["email", "contact", "shippingAddress", "billingAddress", "buyer", "recipient", "taken", "recorded"];

const actions = contracts.flatMap(({ aggregate, actions: declared }) =>
  Object.entries(declared).map(([name, action]) => ({ name, aggregate, action })),
);

function shows(aggregate: string, { result }: ActionContract): string[] {
  const own = kept.find((one) => one.aggregate.name === aggregate)?.model.personal?.fields ?? [];
  const names = namesIn(result?.describe());
  return [...new Set(names)].filter((name) => TELLING.includes(name) || own.includes(name));
}

/** Answers about whoever asks, and reviews as everybody reads them. */
const isTold = ({ owner, http }: ActionContract): boolean => owner !== "caller" && http !== undefined;
const FOR_EVERYBODY = ["review.find", "review.ofProduct", "review.ofSeller", "seller.get", "product.search"];

const telling = actions.filter(({ action }) => isTold(action));

test.each(telling)("$name", ({ name, aggregate, action }) => {
  const shown = FOR_EVERYBODY.includes(name) ? [] : shows(aggregate, action);
  if (action.discloses === undefined) expect({ name, shown }).toEqual({ name, shown: [] });
  else expect(shown).not.toEqual([]);
});

test("answers with personal fields are found", () => {
  const found = telling.filter(({ action }) => action.discloses !== undefined).map(({ name }) => name);
  expect(found).toEqual(expect.arrayContaining(["account.get", "order.get", "invoice.list", "message.get"]));
});
