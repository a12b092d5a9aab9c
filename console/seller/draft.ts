/** A product that is being drafted, and what is done with it when it goes on sale. */
import type { AttributeType } from "../../models/category/category.attributes.contract";
import type { Calls } from "../../models/contracts";
import type { ListingSuggestions, SuggestedDouble, SuggestedPlace } from "../../models/listing/listing.contract";
import { language } from "../app/taste";
import { ask } from "../client/ask";
import { minorOf } from "../parts/format";

export interface Draft {
  readonly title: string;
  readonly brand: string;
  readonly sku: string;
  readonly price: string;
  readonly quantity: string;
}

export const EMPTY_DRAFT: Draft = { title: "", brand: "", sku: "", price: "", quantity: "" };

/** An attribute as it was typed. */
export interface Typed {
  readonly type: AttributeType;
  readonly value: string | boolean;
}

/** By name. */
export type Given = Readonly<Record<string, Typed>>;

/** What somebody made of what was proposed. */
export interface Decided {
  /** Of the places proposed; null: none of them. */
  readonly place: SuggestedPlace | null;
  /** The product that it is already; null: it is a new one. */
  readonly double: SuggestedDouble | null;
  /** Of that product, where it has variants. */
  readonly variantId: string | null;
  /** What the place asks for. */
  readonly given: Given;
}

export interface Sale {
  readonly sellerId: string;
  readonly channelId: string | undefined;
  readonly currency: string;
  readonly location: string;
}

const WHOLE = /^\d{1,6}$/;
const titleOf = ({ title }: Draft): Record<string, string> => ({ [language.get()]: title.trim() });
const branded = ({ brand }: Draft) => (brand.trim() === "" ? {} : { brand: brand.trim() });

export const isWhole = ({ title, sku, price, quantity }: Draft, currency: string): boolean =>
  title.trim() !== "" &&
  sku.trim() !== "" &&
  minorOf(price, currency) !== null &&
  (quantity === "" || WHOLE.test(quantity));

export function suggestFor(draft: Draft, { sellerId, currency }: Sale): Promise<ListingSuggestions> {
  const amountMinor = minorOf(draft.price, currency);
  const price = amountMinor === null ? {} : { price: { amountMinor, currency } };
  return ask("listing.suggest", { sellerId, title: titleOf(draft), ...branded(draft), ...price });
}

const whereIn = ({ categoryId, path }: SuggestedPlace) => (categoryId === null ? { path } : { categoryId });

/** Each proposal is told what became of it: the models learn from it. What cannot be told holds nothing up. */
function answer(found: ListingSuggestions, { place, double }: Decided, sellerId: string): Promise<unknown> {
  const said = found.duplicates.map(({ decisionId: id, productId }) =>
    ask("listing.answer", { id, sellerId, answer: productId === double?.productId ? "same" : "different" }),
  );
  const { categoryDecisionId: id } = found;
  if (id !== null && double === null) {
    const what = place === null ? { answer: "other" as const } : { answer: "taken" as const, ...whereIn(place) };
    said.push(ask("listing.answer", { id, sellerId, ...what }));
  }
  return Promise.allSettled(said);
}

const placeIn = (place: SuggestedPlace | null): Partial<Calls["product.create"]["params"]> =>
  place === null
    ? {}
    : place.categoryId === null
      ? { categoryPath: [...place.path] }
      : { categoryId: place.categoryId };

/** The mall says what does not fit: it knows what each is to be. */
const attributesIn = (given: Given): Record<string, string | number | boolean> =>
  Object.fromEntries(
    Object.entries(given)
      .filter(([, { value }]) => value !== "")
      .map(([name, { type, value }]) => [name, type === "number" ? Number(String(value).replace(",", ".")) : value]),
  );

async function created(draft: Draft, { place, given }: Decided, { sellerId, channelId }: Sale): Promise<string> {
  const channels = channelId === undefined ? [] : [channelId];
  const content = { title: titleOf(draft), ...branded(draft), ...placeIn(place), attributes: attributesIn(given) };
  return (await ask("product.create", { ...content, channels, sellerId, publish: true })).id;
}

export interface Selling {
  readonly draft: Draft;
  readonly found: ListingSuggestions;
  readonly decided: Decided;
  readonly sale: Sale;
  /** Made by an attempt before that came no further. */
  readonly made: string | null;
}

/** @param keep told of the product as soon as it is there, so that another attempt makes no second one */
export async function sell(selling: Selling, keep: (productId: string) => void): Promise<string> {
  const { draft, found, decided, sale, made } = selling;
  const { sellerId, currency, location } = sale;
  const productId = decided.double?.productId ?? made ?? (await created(draft, decided, sale));
  keep(productId);
  const price = { amountMinor: minorOf(draft.price, currency) ?? 0, currency };
  const { id: offerId } = await ask("offer.make", {
    ...{ productId, sellerId, sku: draft.sku.trim(), price, condition: "new" },
    ...(decided.double !== null && decided.variantId !== null && { variantId: decided.variantId }),
  });
  const quantity = Number(draft.quantity);
  if (quantity > 0) await ask("stock.receive", { offerId, location, quantity });
  await answer(found, decided, sellerId);
  return productId;
}
