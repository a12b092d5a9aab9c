/**
 * What the mall says to who drafts a product: which category it may belong to, and whether it is there already. Each is
 * a decision of a model that is kept, explained and taken again; whoever asked says what became of it.
 */
import Joi from "../kernel/schema";
import { anyContract, type Contract } from "../kernel/contract";
import { moneySchema, type Money } from "../kernel/money";
import { idSchema, plainText, textSchema, type Text } from "../kernel/text";
import type { Outcome } from "../decision/decision.data.contract";
import { contentSchemas } from "../product/product.content.contract";
import type { Attributes } from "../product/product.contract";
import { listingReadActions, type ListingReadCalls } from "./listing.read.contract";

export interface SuggestListing {
  /** Whose product it will be; left out for one of the mall's own. */
  readonly sellerId?: string;
  /** The draft itself, where there is one: it is no double of itself. */
  readonly productId?: string;
  readonly title: Text;
  readonly brand?: string;
  readonly attributes?: Attributes;
  readonly price?: Money;
}

export interface SuggestedPlace {
  /** Of the tree; null for a path that no tree knows. */
  readonly categoryId: string | null;
  readonly path: readonly string[];
  /** How much speaks for it beside the others named here: all of them come to 1. */
  readonly share: number;
  /** What speaks for it: words of the title, or titles of what is like it. */
  readonly because: readonly string[];
}

export interface SuggestedDouble {
  readonly productId: string;
  readonly title: Text;
  readonly brand: string | null;
  readonly probability: number;
  /** What speaks for it most. */
  readonly because: readonly Text[];
  readonly decisionId: string;
}

export interface ListingSuggestions {
  /** The likeliest first. */
  readonly categories: readonly SuggestedPlace[];
  /** Null where nothing could be said. */
  readonly categoryDecisionId: string | null;
  /** Products of the mall that this one seems to be; an offer on one of them may be what is wanted. */
  readonly duplicates: readonly SuggestedDouble[];
}

export const LISTING_ANSWERS = ["taken", "other", "same", "different"] as const;
export type ListingAnswer = (typeof LISTING_ANSWERS)[number];

export interface AnswerListing {
  /** Of the decision. */
  readonly id: string;
  readonly sellerId?: string;
  /** `taken` or `other` of a category, `same` or `different` of a double. */
  readonly answer: ListingAnswer;
  /** Where it went, of a category: one of the tree, or a path that no tree knows. */
  readonly categoryId?: string;
  readonly path?: readonly string[];
}

export interface ListingCalls extends ListingReadCalls {
  "listing.suggest": { params: SuggestListing; result: ListingSuggestions };
  "listing.answer": { params: AnswerListing; result: Outcome };
}

export const PLACES_MAX = 3;
export const DOUBLES_MAX = 3;
const BECAUSE_MAX = 3;

const id = idSchema.required();
const share = Joi.number().min(0).max(1).required();
// whoever may write the product may ask what to write
const seller = { permission: "product.write", owner: { field: "sellerId" } } as const;
const path = "/v1/listings/suggestions";

const placePath = Joi.array().items(plainText(200)).max(32);
const place = Joi.object<SuggestedPlace>({
  categoryId: idSchema.allow(null).required(),
  path: placePath.required(),
  share,
  because: Joi.array().items(plainText(200)).max(BECAUSE_MAX).required(),
});
const double = Joi.object<SuggestedDouble>({
  productId: id,
  title: textSchema(2_000).required(),
  brand: plainText(200).allow(null, "").required(),
  probability: share,
  because: Joi.array().items(textSchema(200)).max(BECAUSE_MAX).required(),
  decisionId: id,
});

const contract: Contract<ListingCalls> = {
  aggregate: "listing",
  actions: {
    "listing.suggest": {
      ...seller,
      kind: "procedure",
      summary: "Suggest a category for a product that is being drafted, and warn of one that is there already",
      params: Joi.object<SuggestListing, true>({
        sellerId: idSchema,
        productId: idSchema,
        title: contentSchemas.title.required(),
        brand: contentSchemas.brand,
        attributes: contentSchemas.attributes,
        price: moneySchema,
      }),
      result: Joi.object<ListingSuggestions>({
        categories: Joi.array().items(place).max(PLACES_MAX).required(),
        categoryDecisionId: idSchema.allow(null).required(),
        duplicates: Joi.array().items(double).max(DOUBLES_MAX).required(),
      }),
      http: { method: "POST", path },
    },
    "listing.answer": {
      ...seller,
      kind: "procedure",
      summary: "Say what became of a suggestion: the models learn from it",
      // not strict: Joi has no word for read-only lists
      params: Joi.object<AnswerListing>({
        id,
        sellerId: idSchema,
        answer: Joi.string<ListingAnswer>()
          .valid(...LISTING_ANSWERS)
          .required(),
        categoryId: idSchema,
        path: placePath.min(1),
      }).nand("categoryId", "path"),
      result: Joi.object<Outcome, true>({
        label: Joi.string().required(),
        what: Joi.string(),
        at: Joi.string().isoDate().required(),
      }),
      http: { method: "POST", path: `${path}/{id}/answer` },
    },
    ...listingReadActions,
  },
};

export const listingContract = anyContract(contract);
