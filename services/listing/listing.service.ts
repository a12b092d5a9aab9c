/**
 * What somebody who drafts a product is told: asks search for what is like it, and the models what that means. Where
 * nobody can say anything, the answer is empty and the draft goes on.
 */
import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import type { Outcome } from "../../models/decision/decision.data.contract";
import { isRefusal } from "../../models/kernel/refusal";
import {
  listingContract,
  type AnswerListing,
  type ListingAnswer,
  type ListingSuggestions,
  type SuggestedPlace,
  type SuggestListing,
} from "../../models/listing/listing.contract";
import { LIKE_MAX, listingText, type Classified, type ListedProduct } from "../../models/listing/listing.read.contract";
import { RECORD_MAX, type MatchRecord } from "../../models/matching/matching.contract";
import { refuse } from "../../models/refusals";
import { asMall, typed } from "../kernel/call";
import type { Node } from "../kernel/node";
import { procedureService, type CallSite } from "../kernel/service";

type Call = ReturnType<typeof typed<Calls>>;

const MINOR_PER_MAJOR = 100;
/** Of a place in a decision: longer ones are cut there, too. */
const PLACE_MAX = 200;

const recordOf = (product: Omit<ListedProduct, "id" | "place">, currency: string | undefined): MatchRecord => {
  const { title, brand, attributes, prices } = product;
  const text = listingText(title, null);
  const minor = prices[currency ?? ""];
  const values = attributes.map((one) => one.slice(one.indexOf(":") + 1));
  return {
    ...{ title: text.slice(0, RECORD_MAX.title), brand: (brand ?? "").slice(0, RECORD_MAX.brand) },
    price: minor === undefined ? null : minor / MINOR_PER_MAJOR,
    all: [text, brand ?? "", ...values].join(" ").slice(0, RECORD_MAX.all),
  };
};

function ownRecord({ title, brand, attributes = {}, price }: SuggestListing): MatchRecord {
  const said = Object.entries(attributes).map(([name, value]) => `${name}:${String(value)}`);
  const prices = price === undefined ? {} : { [price.currency]: price.amountMinor };
  return recordOf({ title, brand: brand ?? null, attributes: said, prices }, price?.currency);
}

async function doubles(call: Call, asked: SuggestListing, like: readonly ListedProduct[]) {
  const subject = asked.sellerId ?? null;
  const others = like.map((one) => ({ productId: one.id, record: recordOf(one, asked.price?.currency) }));
  const { items } = await call("matching.judge", { subject, record: ownRecord(asked), others });
  return items.flatMap(({ same, productId, probability, because, decisionId }) => {
    const found = like.find(({ id }) => id === productId);
    if (!same || found === undefined) return [];
    return [{ productId, title: found.title, brand: found.brand, probability, because, decisionId }];
  });
}

/** Null for a category that is retired, or is gone. */
async function placeOf(call: Call, found: Classified["places"][number]): Promise<SuggestedPlace | null> {
  const { place, share, because } = found;
  const said = place.slice(2);
  if (!place.startsWith("c:")) return { categoryId: null, path: said.split("/").slice(0, 32), share, because };
  try {
    const { status, path } = await call("category.get", { id: said });
    const names = path.map(({ name }) => name["en"] ?? Object.values(name)[0] ?? "");
    return status === "retired" ? null : { categoryId: said, path: names, share, because };
  } catch (error) {
    if (isRefusal(error, "NOT_FOUND")) return null;
    throw error;
  }
}

async function suggest(asked: SuggestListing, { caller, meta }: CallSite): Promise<ListingSuggestions> {
  const call = typed<Calls>(caller, asMall(meta, "listing"));
  const text = listingText(asked.title, asked.brand);
  const except = asked.productId === undefined ? {} : { except: asked.productId };
  const { items: like } = await call("listing.like", { text, ...except, limit: LIKE_MAX });
  const alike = like.flatMap(({ title, brand, place }) =>
    place === null ? [] : [{ text: listingText(title, brand), place }],
  );
  const [{ places, decisionId }, duplicates] = await Promise.all([
    call("listing.classify", { subject: asked.sellerId ?? null, text, alike }),
    doubles(call, asked, like),
  ]);
  const categories = await Promise.all(places.map((one) => placeOf(call, one)));
  return { categories: categories.filter((one) => one !== null), categoryDecisionId: decisionId, duplicates };
}

/** What may be said of which kind of decision. */
const ANSWERS: Readonly<Record<string, readonly ListingAnswer[]>> = {
  category: ["taken", "other"],
  duplicate: ["same", "different"],
};

/** As the models name a place. */
function placeIn({ categoryId, path }: AnswerListing): string | undefined {
  if (categoryId !== undefined) return `c:${categoryId}`;
  return path && `p:${path.join("/")}`.slice(0, PLACE_MAX);
}

/** @throws NOT_FOUND for a suggestion that was made to somebody else, or of another kind */
async function answer(said: AnswerListing, site: CallSite): Promise<Outcome> {
  const { id, sellerId, answer: label } = said;
  const call = typed<Calls>(site.caller, asMall(site.meta, "answer"));
  const { kind, subject } = await call("decision.get", { id });
  if (subject !== (sellerId ?? null) || !ANSWERS[kind]?.includes(label)) {
    refuse("NOT_FOUND", `There is no suggestion "${id}" of which "${label}" could be said.`, { id });
  }
  const what = kind === "category" ? placeIn(said) : undefined;
  return call("decision.outcome", { id, label, ...(what !== undefined && { what }) });
}

export const listingService = (node: Node): ServiceSchema =>
  procedureService({
    name: "listing",
    contract: listingContract,
    roles: node.roles,
    procedures: { "listing.suggest": suggest, "listing.answer": answer },
  });
