/** Reviews of a product, of what a seller sold, one's own, those that wait for a person; how products are rated. */
import Joi from "../kernel/schema";
import type { Actions } from "../kernel/contract";
import { PUBLIC } from "../kernel/contract";
import { idSchema, languageSchema } from "../kernel/text";
import {
  namedAspectSchema,
  PAGE_MAX,
  productRatingSchema,
  ratingSchema,
  reviewViewSchema,
  writerOf,
  shownReviewSchema,
  type NamedAspect,
  type Rating,
  type ReviewStatus,
  type ReviewView,
  type ShownReview,
} from "./review.view.contract";

export const REVIEW_SORTS = ["newest", "highest", "lowest"] as const;

export interface PageOfReviews {
  readonly cursor?: string;
  readonly limit: number;
}

export interface ProductReviews extends PageOfReviews {
  readonly productId: string;
  readonly rating?: number;
  readonly language?: string;
  readonly sort: (typeof REVIEW_SORTS)[number];
}

export interface SellerReviews extends PageOfReviews {
  readonly sellerId: string;
}

export interface ShownReviews {
  readonly items: readonly ShownReview[];
  readonly cursor: string | null;
}

export interface ReviewsOfProduct extends ShownReviews {
  readonly rating: Rating;
  /** Sides of the product that are spoken of most. */
  readonly aspects: readonly NamedAspect[];
}

export interface ReviewPage {
  readonly items: readonly ReviewView[];
  readonly cursor: string | null;
}

/** What the read side is asked for: it holds no words of anybody. */
export interface FindReviews extends PageOfReviews {
  readonly productId?: string;
  readonly sellerId?: string;
  readonly customerId?: string;
  readonly status?: ReviewStatus;
  readonly rating?: number;
  readonly language?: string;
  readonly waiting?: boolean;
  readonly sort: (typeof REVIEW_SORTS)[number] | "oldest-waiting";
}

export interface FoundReviews {
  readonly ids: readonly string[];
  readonly cursor: string | null;
}

export interface AskRatings {
  readonly productIds: readonly string[];
}

export interface Ratings {
  readonly items: readonly Rating[];
}

export interface ReviewListCalls {
  "review.find": { params: FindReviews; result: FoundReviews };
  "review.aspects": { params: { productId: string }; result: { items: readonly NamedAspect[] } };
  "review.ratings": { params: AskRatings; result: Ratings };
  "review.ofProduct": { params: ProductReviews; result: ReviewsOfProduct };
  "review.ofSeller": { params: SellerReviews; result: ShownReviews };
  "review.mine": { params: PageOfReviews; result: ReviewPage };
  "review.queue": { params: PageOfReviews; result: ReviewPage };
}

const PRODUCTS_MAX = 100;
const id = idSchema.required();
const page = {
  cursor: Joi.string().max(2_000),
  limit: Joi.number().integer().min(1).max(PAGE_MAX).default(20),
};
const cursor = Joi.string().allow(null).required();
const sort = Joi.string().valid(...REVIEW_SORTS);
const shownPage = { items: Joi.array().items(shownReviewSchema).max(PAGE_MAX).required(), cursor };
const wholePage = Joi.object<ReviewPage>({
  items: Joi.array().items(reviewViewSchema).max(PAGE_MAX).required(),
  cursor,
});
const aspects = Joi.array().items(namedAspectSchema).max(PAGE_MAX).required();
const asked = { kind: "query" } as const;
const inside = { ...asked, permission: "review.find", owner: "platform" } as const;

export const reviewLists: Actions<ReviewListCalls> = {
  "review.find": {
    ...inside,
    summary: "Which reviews there are, by number and star",
    params: Joi.object<FindReviews, true>({
      ...page,
      productId: idSchema,
      sellerId: idSchema,
      customerId: idSchema,
      status: Joi.string().max(20),
      rating: ratingSchema,
      language: languageSchema,
      waiting: Joi.boolean(),
      sort: Joi.string()
        .valid(...REVIEW_SORTS, "oldest-waiting")
        .required(),
    }),
    result: Joi.object<FoundReviews>({ ids: Joi.array().items(idSchema).max(PAGE_MAX).required(), cursor }),
  },
  "review.aspects": {
    ...inside,
    summary: "Sides of a product that its reviews speak of",
    params: Joi.object<{ productId: string }, true>({ productId: id }),
    result: Joi.object<{ items: readonly NamedAspect[] }>({ items: aspects }),
  },
  "review.ratings": {
    ...asked,
    permission: PUBLIC,
    owner: "platform",
    summary: "How products are rated",
    params: Joi.object<AskRatings>({
      productIds: Joi.array().items(idSchema).min(1).max(PRODUCTS_MAX).unique().single().required(),
    }),
    result: Joi.object<Ratings>({ items: Joi.array().items(productRatingSchema).max(PRODUCTS_MAX).required() }),
    http: { method: "GET", path: "/v1/ratings" },
  },
  "review.ofProduct": {
    ...asked,
    permission: PUBLIC,
    owner: "platform",
    summary: "Published reviews of a product, how it is rated, and which of its sides they speak of",
    params: Joi.object<ProductReviews, true>({
      ...page,
      productId: id,
      rating: ratingSchema,
      language: languageSchema,
      sort: sort.default("newest"),
    }),
    result: Joi.object<ReviewsOfProduct>({ ...shownPage, rating: productRatingSchema.required(), aspects }),
    http: { method: "GET", path: "/v1/products/{productId}/reviews" },
  },
  "review.ofSeller": {
    ...asked,
    permission: "review.answer",
    owner: { field: "sellerId" },
    summary: "Published reviews of what a seller sold, newest first",
    params: Joi.object<SellerReviews, true>({ ...page, sellerId: id }),
    result: Joi.object<ShownReviews>(shownPage),
    http: { method: "GET", path: "/v1/sellers/{sellerId}/reviews" },
  },
  "review.mine": {
    ...asked,
    permission: "review.write",
    owner: "caller",
    summary: "One's own reviews, newest first",
    params: Joi.object<PageOfReviews, true>(page),
    result: wholePage,
    http: { method: "GET", path: "/v1/me/reviews" },
  },
  "review.queue": {
    ...asked,
    permission: "review.moderate",
    owner: "platform",
    summary: "Reviews that wait for a person to look at them, those that wait longest first",
    params: Joi.object<PageOfReviews, true>(page),
    result: wholePage,
    discloses: { of: ({ items }) => items.flatMap(writerOf) },
    http: { method: "GET", path: "/v1/moderation/reviews" },
  },
};
