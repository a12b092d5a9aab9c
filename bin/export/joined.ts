/** Products with their offers and what is on hand of them, as the import format `jsonl` writes them. Pure. */
import type { ActionContract } from "../../models/kernel/contract";
import { actionOf } from "../client/request";
import type { ImportOffer, ImportRecord } from "../import/record";
import type { Part } from "./pieces";

type State = Part["state"];

/** What can be said when a thing is made is its content; the rest of its state is what has become of it. */
function contentFields({ params }: Pick<ActionContract, "params">, without: readonly string[]): readonly string[] {
  const { keys = {} } = params.describe() as { keys?: object };
  return Object.keys(keys).filter((name) => !without.includes(name));
}

interface Fields {
  readonly product: readonly string[];
  readonly offer: readonly string[];
}

let known: Fields | null = null;

/** Whoever loads this and exports nothing asks no schema. */
const fields = (): Fields =>
  (known ??= {
    product: contentFields(actionOf("product.create"), ["channels", "publish"]),
    offer: contentFields(actionOf("offer.make"), ["productId"]),
  });

const contentOf = (state: State, fields: readonly string[]): State =>
  Object.fromEntries(fields.flatMap((name) => (state[name] === undefined ? [] : [[name, state[name]]])));

/** Nothing on hand is the same as never received. */
function stockOf(stocks: readonly Part[]): Record<string, number> {
  const found = stocks.map(({ state }) => [String(state["location"]), Number(state["onHand"])] as const);
  return Object.fromEntries(found.filter(([, onHand]) => onHand > 0).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function offerOf({ state }: Part, stocks: readonly Part[]): ImportOffer {
  const content = contentOf(state, fields().offer) as unknown as Omit<ImportOffer, "stock">;
  const withdrawn = state["status"] === "withdrawn" ? { withdrawn: true } : {};
  return { ...content, ...withdrawn, stock: stockOf(stocks) };
}

const nameOf = ({ sellerId, sku }: ImportOffer): string => `${sellerId} ${sku}`;

function groupBy(parts: readonly Part[], keyOf: (part: Part) => string): Map<string, Part[]> {
  const groups = new Map<string, Part[]>();
  for (const part of parts) {
    const group = groups.get(keyOf(part));
    if (group) group.push(part);
    else groups.set(keyOf(part), [part]);
  }
  return groups;
}

function recordOf({ id, state }: Part, offers: readonly ImportOffer[]): ImportRecord {
  const product = contentOf(state, fields().product) as unknown as ImportRecord["product"];
  return {
    id,
    product: { ...product, publish: state["status"] !== "draft" },
    ...(state["status"] === "withdrawn" ? { withdrawn: true } : {}),
    offers: [...offers].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)),
  };
}

/** Every product of a piece, by id; an offer whose product is not there is left out. */
export function recordsOf(parts: readonly Part[]): ImportRecord[] {
  const of = (aggregate: Part["aggregate"]) => parts.filter((part) => part.aggregate === aggregate);
  const offers = groupBy(of("offer"), ({ productId }) => productId);
  const stocks = groupBy(of("stock"), ({ state }) => String(state["offerId"]));
  return of("product")
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((product) =>
      recordOf(
        product,
        (offers.get(product.id) ?? []).map((offer) => offerOf(offer, stocks.get(offer.id) ?? [])),
      ),
    );
}
