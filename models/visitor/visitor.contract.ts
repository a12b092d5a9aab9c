/**
 * Visitors: what they did lately, and what they want to be known. A visitor is an opaque id that a browser makes up; it
 * is what opens the visitor's own facts, so nobody else is ever told it. Whoever logs in takes what they did along.
 */
import Joi from "../kernel/schema";
import { againSchema, takenSchema, type DecideAgain } from "../decision/decision.contract";
import type { Taken } from "../decision/decision.data.contract";
import { PUBLIC, type Contract } from "../kernel/contract";
import { idSchema } from "../kernel/text";
import { tasteSchema, type Taste } from "./visitor.taste.contract";
import { EVENTS_MAX, eventSchema, type VisitorEvent } from "./visitor.events.contract";

export const VISITOR_PATTERN = /^[A-Za-z0-9_-]{16,64}$/;
export const visitorIdSchema = Joi.string().pattern(VISITOR_PATTERN, "visitor id");

export type RecentKind = "search" | "impression" | "view" | "click" | "cart" | "checkout" | "purchase";

export interface RecentEvent {
  readonly id: string;
  readonly kind: RecentKind;
  readonly productId?: string;
  readonly query?: string;
  readonly queryId?: string;
  readonly position?: number;
  readonly channel?: string;
  readonly at: string;
}

export const RECENT_MAX = 100;

export interface Recent {
  /** Newest first. */
  readonly events: RecentEvent[];
  /** True for who chose not to be known. */
  readonly refused?: boolean;
}

export interface RecordEvents {
  readonly visitorId: string;
  /** False: nothing of it is kept as this visitor's, it is only counted. */
  readonly consent: boolean;
  readonly channel?: string;
  readonly section?: string;
  readonly events: VisitorEvent[];
}

export interface Recorded {
  /** Events that were taken in. */
  readonly accepted: number;
  /** Events that had been taken in before. */
  readonly repeated: number;
  /** Whether they were kept as the visitor's. */
  readonly personal: boolean;
}

export interface OneVisitor {
  readonly visitorId: string;
}

/** Somebody who is logged in, whatever browser they use: known to the mall alone. */
export interface OnePerson {
  readonly personId: string;
}

export interface AskRecent extends OneVisitor {
  readonly limit?: number;
}

export interface KeepEvents extends OnePerson {
  readonly events: RecentEvent[];
}

export interface Chosen {
  /** Whether the mall may keep what the visitor does, and go by it. */
  readonly personal: boolean;
}

export interface VisitorCalls {
  "visitor.record": { params: RecordEvents; result: Recorded };
  "visitor.recent": { params: AskRecent; result: Recent };
  "visitor.taste": { params: OneVisitor; result: Taste };
  "visitor.rankAgain": { params: DecideAgain; result: Taken };
  "visitor.forget": { params: OneVisitor; result: Chosen };
  "visitor.choose": { params: OneVisitor & Chosen; result: Chosen };
  "visitor.keepPerson": { params: KeepEvents; result: Chosen };
  "visitor.tastePerson": { params: OnePerson; result: Taste };
  "visitor.recentPerson": { params: OnePerson; result: Recent };
  "visitor.forgetPerson": { params: OnePerson; result: Chosen };
  "visitor.choosePerson": { params: OnePerson & Chosen; result: Chosen };
}

const recentEvent = Joi.object<RecentEvent, true>({
  id: Joi.string().max(64).required(),
  kind: Joi.string().valid("search", "impression", "view", "click", "cart", "checkout", "purchase").required(),
  productId: idSchema,
  query: Joi.string().max(300).allow(""),
  queryId: Joi.string().max(400),
  position: Joi.number().integer().min(0),
  channel: idSchema,
  at: Joi.string().isoDate().required(),
});

const recent = Joi.object<Recent, true>({
  events: Joi.array().items(recentEvent).max(RECENT_MAX).required(),
  refused: Joi.boolean(),
});
const chosen = Joi.object<Chosen, true>({ personal: Joi.boolean().required() });
const visitorId = visitorIdSchema.required();
const personId = idSchema.required();

/** Whoever knows the id is the visitor. */
const own = { permission: PUBLIC, owner: "platform", key: "visitorId" } as const;
/** Sent by the mall itself, on behalf of who is logged in. */
const mall = { permission: "visitor.keep", owner: "platform", key: "personId" } as const;

export const visitorContract: Contract<VisitorCalls> = {
  aggregate: "visitor",
  actions: {
    "visitor.record": {
      ...own,
      kind: "procedure",
      summary: "Report what a visitor did",
      params: Joi.object<RecordEvents, true>({
        visitorId,
        consent: Joi.boolean().required(),
        channel: idSchema,
        section: idSchema,
        events: Joi.array().items(eventSchema).min(1).max(EVENTS_MAX).required(),
      }),
      result: Joi.object<Recorded, true>({
        accepted: Joi.number().integer().required(),
        repeated: Joi.number().integer().required(),
        personal: Joi.boolean().required(),
      }),
      http: { method: "POST", path: "/v1/events" },
    },
    "visitor.recent": {
      ...own,
      kind: "query",
      summary: "What a visitor did lately",
      params: Joi.object<AskRecent, true>({ visitorId, limit: Joi.number().integer().min(1).max(RECENT_MAX) }),
      result: recent,
    },
    "visitor.taste": {
      ...own,
      kind: "query",
      summary: "What a visitor seems to like",
      params: Joi.object<OneVisitor, true>({ visitorId }),
      result: tasteSchema,
    },
    "visitor.rankAgain": {
      kind: "query",
      permission: "visitor.keep",
      owner: "platform",
      summary: "Decide again why a product stood where it stood",
      params: againSchema,
      result: takenSchema,
    },
    "visitor.forget": {
      ...own,
      kind: "procedure",
      summary: "Delete what a visitor did",
      params: Joi.object<OneVisitor, true>({ visitorId }),
      result: chosen,
      http: { method: "POST", path: "/v1/visitors/forget" },
    },
    "visitor.choose": {
      ...own,
      kind: "procedure",
      summary: "Choose whether what a visitor does is kept and gone by",
      params: Joi.object<OneVisitor & Chosen, true>({ visitorId, personal: Joi.boolean().required() }),
      result: chosen,
      http: { method: "POST", path: "/v1/visitors/choice" },
    },
    "visitor.keepPerson": {
      ...mall,
      kind: "procedure",
      summary: "Keep what somebody did who is logged in",
      params: Joi.object<KeepEvents, true>({
        personId,
        events: Joi.array()
          .items(recentEvent)
          .max(EVENTS_MAX + RECENT_MAX)
          .required(),
      }),
      result: chosen,
    },
    "visitor.tastePerson": {
      ...mall,
      kind: "query",
      summary: "What somebody seems to like who is logged in",
      params: Joi.object<OnePerson, true>({ personId }),
      result: tasteSchema,
    },
    "visitor.recentPerson": {
      ...mall,
      kind: "query",
      summary: "What somebody did lately who is logged in",
      params: Joi.object<OnePerson, true>({ personId }),
      result: recent,
    },
    "visitor.forgetPerson": {
      ...mall,
      kind: "procedure",
      summary: "Delete what somebody did who was logged in",
      params: Joi.object<OnePerson, true>({ personId }),
      result: chosen,
    },
    "visitor.choosePerson": {
      ...mall,
      kind: "procedure",
      summary: "Choose for somebody who is logged in",
      params: Joi.object<OnePerson & Chosen, true>({ personId, personal: Joi.boolean().required() }),
      result: chosen,
    },
  },
};
