/**
 * What a visitor does, as browsers report it: the fields of User Behavior Insights 1.3 (https://ubisearch.dev) where
 * they fit, so that a client that speaks UBI needs no translation.
 */
import Joi from "../kernel/schema";
import { currencySchema, type Money } from "../kernel/money";
import { idSchema, plainText } from "../kernel/text";

export const ACTION_NAMES = ["search", "impression", "view", "click", "add_to_cart", "checkout", "purchase"] as const;
export type ActionName = (typeof ACTION_NAMES)[number];

export interface EventAttributes {
  readonly object?: {
    /** Of a product. */
    readonly object_id: string;
    readonly object_id_field?: "id";
  };
  readonly position?: {
    /** Where it stood in what was found; the first is 0. */
    readonly ordinal: number;
  };
  /** Of a search: how many were found. */
  readonly result_count?: number;
  /** Of a purchase: what was paid for the object. */
  readonly revenue?: Money;
}

export interface VisitorEvent {
  /** Chosen by who reports; an event that comes again is known by it. */
  readonly event_id: string;
  readonly action_name: ActionName;
  /** When it happened; when it is reported, where it is left out or lies outside the last day. */
  readonly timestamp?: string;
  /** From the answer to a search: what it led to carries it on. */
  readonly query_id?: string;
  /** From the answer of a recommendation (`decisionId`): what it led to carries it on. */
  readonly recommendation_id?: string;
  readonly user_query?: string;
  readonly session_id?: string;
  readonly event_attributes?: EventAttributes;
}

export const EVENTS_MAX = 100;
export const POSITION_MAX = 10_000;
export const QUERY_ID_MAX = 400;

const named = Joi.string().pattern(/^[\w.:-]{8,64}$/, "event id");

export const eventSchema = Joi.object<VisitorEvent, true>({
  event_id: named.required(),
  action_name: Joi.string()
    .valid(...ACTION_NAMES)
    .required(),
  timestamp: Joi.string().isoDate().max(30),
  query_id: plainText(QUERY_ID_MAX),
  recommendation_id: idSchema,
  user_query: plainText(300).allow(""),
  session_id: named,
  event_attributes: Joi.object<EventAttributes, true>({
    object: Joi.object({ object_id: idSchema.required(), object_id_field: Joi.string().valid("id") }),
    position: Joi.object({ ordinal: Joi.number().integer().min(0).max(POSITION_MAX).required() }),
    result_count: Joi.number().integer().min(0).max(Number.MAX_SAFE_INTEGER),
    revenue: Joi.object<Money, true>({
      amountMinor: Joi.number().integer().min(0).max(1_000_000_000_000).required(),
      currency: currencySchema.required(),
    }),
  }),
});
