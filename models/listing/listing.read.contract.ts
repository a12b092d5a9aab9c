/** What models need to know of what is listed: products like a draft, titles with their places; and asking them. */
import Joi from "../kernel/schema";
import { againSchema, takenSchema, type DecideAgain } from "../decision/decision.contract";
import type { Taken } from "../decision/decision.data.contract";
import type { Actions } from "../kernel/contract";
import { AMOUNT_MINOR_MAX, currencySchema } from "../kernel/money";
import { idSchema, plainText, textSchema, type Text } from "../kernel/text";
import { trainedSchema, type Trained } from "../model/model.contract";
import { trainingSchemaOf, type TrainModel } from "../model/model.lessons.contract";

/** A product as far as it can be told from others. */
export interface ListedProduct {
  readonly id: string;
  readonly title: Text;
  readonly brand: string | null;
  /** `c:<id>` of a category of the tree, `p:Home/Lamps` of a path; null where it has no place. */
  readonly place: string | null;
  /** `colour:black`. */
  readonly attributes: readonly string[];
  /** The lowest price by currency, in minor units. */
  readonly prices: Readonly<Record<string, number>>;
}

export interface AskLike {
  readonly text: string;
  /** Left out of the answer. */
  readonly except?: string;
  readonly limit: number;
}

export interface AskPlaced {
  /** From the last answer: those after. */
  readonly after?: readonly [number, string];
  readonly limit: number;
}

/** A title with its place. */
export interface PlacedTitle {
  readonly text: string;
  readonly place: string;
}

export interface PlacedTitles {
  /** Oldest first. */
  readonly items: readonly PlacedTitle[];
  readonly next: readonly [number, string] | null;
}

export interface ClassifyListing {
  /** Of whose decision it is; null for the mall's own product. */
  readonly subject: string | null;
  readonly text: string;
  /** Places of what is like it, the likest first, with its title. */
  readonly alike: readonly PlacedTitle[];
}

export interface Classified {
  readonly places: readonly { readonly place: string; readonly share: number; readonly because: readonly string[] }[];
  readonly decisionId: string | null;
}

export interface ListingReadCalls {
  "listing.like": { params: AskLike; result: { readonly items: readonly ListedProduct[] } };
  "listing.placed": { params: AskPlaced; result: PlacedTitles };
  "listing.classify": { params: ClassifyListing; result: Classified };
  "listing.again": { params: DecideAgain; result: Taken };
  "listing.train": { params: TrainModel<"category">; result: Trained };
}

export const LIKE_MAX = 20;
const PLACED_MAX = 1_000;
export const LISTING_TEXT_MAX = 1_000;

/** What a model reads of a product: its title, and its brand where that does not say it. */
export function listingText(title: Text, brand: string | null | undefined): string {
  const words = title["en"] ?? Object.values(title)[0] ?? "";
  const named = brand && !words.toLowerCase().includes(brand.toLowerCase()) ? `${words} ${brand}` : words;
  return named.slice(0, LISTING_TEXT_MAX);
}

const id = idSchema.required();
const text = plainText(LISTING_TEXT_MAX).allow("").required();
const place = plainText(1_000).pattern(/^[cp]:/, "place");
const cursor = Joi.array().ordered(Joi.number().required(), idSchema.required()).length(2);
const placed = Joi.object<PlacedTitle, true>({ text, place: place.required() });
const mall = { permission: "listing.learn", owner: "platform" } as const;

const listed = Joi.object<ListedProduct>({
  id,
  title: textSchema(2_000).required(),
  brand: plainText(200).allow(null, "").required(),
  place: place.allow(null).required(),
  attributes: Joi.array().items(plainText(2_000)).max(300).required(),
  prices: Joi.object().pattern(currencySchema, Joi.number().integer().min(0).max(AMOUNT_MINOR_MAX)).required(),
});

export const listingReadActions: Actions<ListingReadCalls> = {
  "listing.like": {
    ...mall,
    kind: "query",
    summary: "Published products whose words are like these, the likest first",
    params: Joi.object<AskLike, true>({
      text: plainText(LISTING_TEXT_MAX).required(),
      except: idSchema,
      limit: Joi.number().integer().min(1).max(LIKE_MAX).required(),
    }),
    result: Joi.object({ items: Joi.array().items(listed).max(LIKE_MAX).required() }),
  },
  "listing.placed": {
    ...mall,
    kind: "query",
    summary: "Titles of published products that have a place, oldest first",
    params: Joi.object<AskPlaced>({
      after: cursor,
      limit: Joi.number().integer().min(1).max(PLACED_MAX).required(),
    }),
    result: Joi.object<PlacedTitles>({
      items: Joi.array().items(placed).max(PLACED_MAX).required(),
      next: cursor.allow(null).required(),
    }),
  },
  "listing.classify": {
    kind: "procedure",
    permission: "listing.judge",
    owner: "platform",
    summary: "Say to which category a title may belong, and keep why",
    params: Joi.object<ClassifyListing>({
      subject: idSchema.allow(null).required(),
      text: plainText(LISTING_TEXT_MAX).required(),
      alike: Joi.array().items(placed).max(LIKE_MAX).required(),
    }),
    result: Joi.object<Classified>({
      places: Joi.array()
        .items(
          Joi.object({
            place: place.required(),
            share: Joi.number().min(0).max(1).required(),
            because: Joi.array().items(plainText(200)).max(3).required(),
          }),
        )
        .max(3)
        .required(),
      decisionId: idSchema.allow(null).required(),
    }),
  },
  "listing.again": {
    kind: "query",
    permission: "decision.again",
    owner: "platform",
    summary: "Suggest a category again from what was kept of it",
    params: againSchema,
    result: takenSchema,
  },
  "listing.train": {
    kind: "procedure",
    permission: "model.train",
    owner: "platform",
    summary: "Learn from which products stand in which categories",
    params: trainingSchemaOf("category"),
    result: trainedSchema as never,
  },
};
