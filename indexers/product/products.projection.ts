/** What shoppers search: a product joined with its offers, what is on hand of them, and what people say of it. */
import type { OfferState } from "../../models/offer/offer.aggregate";
import type { ProductState } from "../../models/product/product.aggregate";
import type { PricelistState } from "../../models/pricelist/pricelist.aggregate";
import type { ReviewState } from "../../models/review/review.state.aggregate";
import type { StockState } from "../../models/stock/stock.aggregate";
import type { Commit } from "../../models/kernel/row";
import type { Attributes, Variant } from "../../models/product/product.contract";
import type { JoinedProjection, Json, Parts } from "../kernel/projection";
import { productSettings } from "./products.analysis.projection";
import { partsIn } from "./products.compounds.projection";
import { kindOf } from "./products.kind.projection";
import { productMappings } from "./products.mapping.projection";
import {
  offerPart,
  pricelistPart,
  productPart,
  shelfOf,
  stockPart,
  type ProductPart,
} from "./products.parts.projection";
import { ratingOf, reviewPart } from "./products.rating.projection";
import { sortable, stepTerms } from "./products.steps.projection";

/** Offers, stocks and reviews that one product may have. */
const PARTS_MAX = 10_000;
/** Longer values are searched as text, but are no filter. */
const VALUE_MAX = 190;

/** `colour:black`, `display_diagonal:17`: the form that filters and facets use. */
export const attributeTerm = (name: string, value: string | number | boolean): string => `${name}:${String(value)}`;

const attributeTerms = (attributes: Attributes): string[] =>
  Object.entries(attributes)
    .filter(([, value]) => String(value).length <= VALUE_MAX)
    .map(([name, value]) => attributeTerm(name, value));

/** `display_diagonal:1:10`: the steps of a number, by which ranges are counted. */
const steps = (numbers: readonly (readonly [string, number])[]): string[] =>
  numbers.flatMap(([name, value]) => stepTerms(value).map((step) => attributeTerm(name, step)));

/** Names are searched as words, and so are values; of a flag only the name, and only where it is set. */
const attributeText = (attributes: Attributes): string[] =>
  Object.entries(attributes).flatMap(([name, value]) => {
    const words = name.replaceAll("_", " ").trim();
    if (typeof value === "boolean") return value ? [words] : [];
    return [typeof value === "number" ? `${words} ${value}` : value];
  });

/** `["Computers", "Notebooks"]` gives `Computers` and `Computers/Notebooks`. */
const ancestors = (path: readonly string[]): string[] => path.map((_, i) => path.slice(0, i + 1).join("/"));

const codesOf = ({ id, ean }: Variant): string[] => (ean === undefined ? [id] : [id, ean]);

/** A product with a place in the tree carries that and no path: paths follow from the tree of the moment. */
const pathOf = ({ categoryId, categoryPath = [] }: ProductPart): string[] =>
  categoryId === undefined ? categoryPath : [];

/** Attributes that name the thing itself, where they are one word: a model may as well be called "Laptop Stand". */
const CODES = ["model", "mpn", "ean", "gtin", "sku"];

const namedCodes = (attributes: Attributes): string[] =>
  CODES.map((name) => String(attributes[name] ?? "")).filter((code) => /^\S+$/.test(code));

function factsOf(part: ProductPart): Json {
  const { attributes = {}, variants = [], categoryId = null } = part;
  const categoryPath = pathOf(part);
  const numbers = Object.entries(attributes).filter((one): one is [string, number] => typeof one[1] === "number");
  return {
    categoryId,
    categoryPath,
    categories: ancestors(categoryPath),
    attributes: attributeTerms(attributes),
    steps: steps(numbers),
    numbers: numbers.map(([name, value]) => attributeTerm(name, sortable(value))),
    facts: {
      category: categoryPath,
      attributes: attributeText(attributes),
      codes: [...variants.flatMap(codesOf), ...namedCodes(attributes)],
    },
  };
}

/** The same value in every language of the title. */
const inEach = ({ title }: ProductPart, value: (title: string, language: string) => unknown): Json =>
  Object.fromEntries(Object.entries(title).map(([language, text]) => [language, value(text, language)]));

function saidOf(part: ProductPart): Json {
  const attributes = attributeText(part.attributes ?? {});
  return {
    brand: inEach(part, () => part.brand ?? null),
    category: inEach(part, () => pathOf(part)),
    attributes: inEach(part, () => attributes),
  };
}

function described(part: ProductPart): Json {
  const { title, description = {}, brand = null, media = [] } = part;
  return {
    status: part.status,
    title,
    description,
    kind: inEach(part, (text, language) => kindOf(part, text, language)),
    parts: inEach(part, partsIn),
    said: saidOf(part),
    neutral: { title: Object.values(title), description: Object.values(description) },
    brand,
    ...factsOf(part),
    channels: part.channels,
    image: media.find(({ kind }) => kind === "image")?.url ?? null,
    publishedAt: part.status === "draft" ? null : part.publishedAt,
  };
}

function compose(id: string, parts: Parts): Json {
  const part = parts[`product/${id}`]?.part as ProductPart | null | undefined;
  return {
    id,
    // an offer may be heard of before its product
    ...(part ? described(part) : { status: "absent" }),
    // all of them: which of them count is known only when a query is answered
    offers: shelfOf(parts).map((offer) => ({ ...offer, steps: stepTerms(offer.amountMinor) })),
    rating: ratingOf(parts),
  };
}

const asJson = (part: object | null): Json | null => part as Json | null;

type Placed = { readonly status: "absent" } | { readonly status: string; readonly productId: string };

const placed = (commit: Commit): string | null => {
  const state = commit.state as Placed;
  return "productId" in state ? state.productId : null;
};

export const products: JoinedProjection = {
  kind: "joined",
  name: "products",
  revision: 10,
  mappings: productMappings,
  settings: productSettings,
  partsMax: PARTS_MAX,
  sources: {
    product: {
      target: ({ aggregateId, state }) => (productPart(state as ProductState) === null ? null : aggregateId),
      part: ({ state }) => asJson(productPart(state as ProductState)),
    },
    offer: { target: placed, part: (commit) => asJson(offerPart(commit.state as OfferState)) },
    pricelist: { target: placed, part: (commit) => asJson(pricelistPart(commit.state as PricelistState)) },
    stock: { target: placed, part: (commit) => asJson(stockPart(commit.state as StockState)) },
    review: { target: placed, part: (commit) => asJson(reviewPart(commit.state as ReviewState)) },
  },
  compose,
};
