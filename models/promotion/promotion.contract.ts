import Joi from "../kernel/schema";
import type { Funder } from "../cart/cart.quote.contract";
import { type Contract, type Receipt } from "../kernel/contract";
import type { ToVersion } from "../kernel/restoring";
import { idSchema, textSchema, versionSchema, type Text } from "../kernel/text";
import { verbsOn } from "../kernel/verbs";
import { ruleSchema, type PromotionRule } from "./promotion.rules.contract";
import { promotionPreview, type PreviewPromotion, type PromotionPreview } from "./promotion.preview.contract";

/** What a promotion says, and may be changed. */
export interface PromotionContent {
  readonly name: Text;
  readonly rule: PromotionRule;
  /** True: only for carts with one of its coupons. */
  readonly byCoupon: boolean;
  /** Higher ones are reckoned first; equals in the order of their ids. */
  readonly priority: number;
  /** Alone: it takes effect only before any other has, and then no other does. */
  readonly exclusive: boolean;
  /** `2026-01-31T12:00:00.000Z`; null: from the beginning. */
  readonly from: string | null;
  /** The moment at which it ends; null: until it is stopped. */
  readonly to: string | null;
  /** Orders in which it takes effect, in all and of one customer; null: any number. A limit counts orders placed. */
  readonly usesMax: number | null;
  /** Only customers who are signed in can use what is limited so. */
  readonly usesPerCustomerMax: number | null;
}

export interface PromotionPlace {
  /** Amounts are of these channels' currency, so they must have one. */
  readonly channels: readonly string[];
  /** A seller's own: it bears the discount, and only its lines are reduced. Left out: the mall's. */
  readonly sellerId?: string;
}

export type CreatePromotion = Pick<PromotionContent, "name" | "rule"> & Partial<PromotionContent> & PromotionPlace;

export interface PromotionId {
  readonly id: string;
}

export type RevisePromotion = PromotionId & Partial<PromotionContent>;

export interface PromotionView extends PromotionContent {
  readonly id: string;
  readonly version: number;
  readonly status: "running" | "stopped";
  readonly channels: readonly string[];
  readonly sellerId: string | null;
  readonly fundedBy: Funder;
}

export interface ListPromotions {
  readonly channelId?: string;
  readonly sellerId?: string;
  readonly status?: "running" | "stopped";
  readonly limit: number;
  /** The id that the page before ended with. */
  readonly after?: string;
}

export interface ListedPromotions {
  readonly items: readonly PromotionView[];
}

/** Which promotions a cart in this channel may be reduced by: the automatic ones, and those of its coupons. */
export interface ActivePromotions {
  readonly channelId: string;
  readonly at: string;
  readonly ids: readonly string[];
}

export interface PromotionCalls {
  "promotion.create": { params: CreatePromotion; result: Receipt };
  "promotion.revise": { params: RevisePromotion; result: Receipt };
  "promotion.revert": { params: ToVersion; result: Receipt };
  "promotion.start": { params: PromotionId; result: Receipt };
  "promotion.stop": { params: PromotionId; result: Receipt };
  "promotion.get": { params: PromotionId; result: PromotionView };
  "promotion.list": { params: ListPromotions; result: ListedPromotions };
  "promotion.active": { params: ActivePromotions; result: ListedPromotions };
  "promotion.preview": { params: PreviewPromotion; result: PromotionPreview };
}

export const PROMOTION_CHANNELS_MAX = 20;
const USES_MAX = 1_000_000_000;

const id = idSchema.required();
export const momentSchema = Joi.string()
  .isoDate()
  .pattern(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/, "moment in UTC with milliseconds");
const uses = Joi.number().integer().min(1).max(USES_MAX).allow(null);
const channels = Joi.array().items(idSchema).unique().min(1).max(PROMOTION_CHANNELS_MAX).required();

const content = {
  name: textSchema(200),
  rule: ruleSchema,
  byCoupon: Joi.boolean(),
  priority: Joi.number().integer().min(-1_000).max(1_000),
  exclusive: Joi.boolean(),
  from: momentSchema.allow(null),
  to: momentSchema.allow(null),
  usesMax: uses,
  usesPerCustomerMax: uses,
};

export const promotionViewSchema = Joi.object<PromotionView>({
  id,
  version: Joi.number().integer().min(1).required(),
  status: Joi.string().valid("running", "stopped").required(),
  channels,
  sellerId: idSchema.allow(null).required(),
  fundedBy: Joi.string().valid("platform", "seller").required(),
  ...content,
}).options({ presence: "required" });

const write = { permission: "promotion.write", owner: { field: "sellerId" } } as const;
const byId = Joi.object<PromotionId, true>({ id });
const items = Joi.array().items(promotionViewSchema).max(1_000).required();

const simple = verbsOn({ ...write, path: "/v1/promotions" });

export const promotionContract: Contract<PromotionCalls> = {
  aggregate: "promotion",
  actions: {
    "promotion.create": {
      kind: "create",
      summary: "Create a promotion; it runs at once, within its dates",
      params: Joi.object<CreatePromotion>({
        ...content,
        name: content.name.required(),
        rule: ruleSchema.required(),
        channels,
        sellerId: idSchema,
      }),
      ...write,
      http: { method: "POST", path: "/v1/promotions" },
    },
    "promotion.revise": {
      ...simple("revise", "Change a promotion; fields left out stay as they are"),
      params: Joi.object<RevisePromotion>({ id, ...content }).min(2),
      http: { method: "PATCH", path: "/v1/promotions/{id}" },
    },
    // what it gives, to whom and how often is money and quantities: these are revised, never brought back
    "promotion.revert": {
      ...write,
      kind: "command",
      key: "id",
      summary: "Bring back what a promotion said of itself at an earlier version; reached by restoring its history",
      params: Joi.object<ToVersion, true>({ id, version: versionSchema.required() }),
      restores: ["name", "priority", "exclusive", "from", "to"],
    },
    "promotion.start": simple("start", "Let a stopped promotion run again"),
    "promotion.stop": simple("stop", "Stop a promotion: carts are reduced by it no more"),
    "promotion.get": {
      kind: "query",
      key: "id",
      summary: "One promotion",
      params: byId,
      result: promotionViewSchema,
      permission: "promotion.read",
      owner: { field: "sellerId" },
      http: { method: "GET", path: "/v1/promotions/{id}" },
    },
    "promotion.list": {
      kind: "query",
      summary: "Promotions in the order of their ids; a seller's people see their own",
      params: Joi.object<ListPromotions, true>({
        channelId: idSchema,
        sellerId: idSchema,
        status: Joi.string().valid("running", "stopped"),
        limit: Joi.number().integer().min(1).max(100).default(50),
        after: idSchema,
      }),
      result: Joi.object<ListedPromotions>({ items }),
      permission: "promotion.read",
      owner: { field: "sellerId" },
      http: { method: "GET", path: "/v1/promotions" },
    },
    "promotion.active": {
      kind: "query",
      summary: "What a cart in a channel may be reduced by at a moment, for the service of carts",
      params: Joi.object<ActivePromotions>({
        channelId: id,
        at: momentSchema.required(),
        ids: Joi.array().items(idSchema).max(50).required(),
      }),
      permission: "promotion.read",
      owner: "platform",
    },
    "promotion.preview": promotionPreview,
  },
};
