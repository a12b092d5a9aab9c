/**
 * The weights of the rule by which one of a product's offers is proposed first: the mall's, and those of a channel
 * that has its own. Offers are compared by their price, made dearer by what speaks against them; how much is said here.
 */
import Joi from "../kernel/schema";
import { PUBLIC, type Contract, type Receipt } from "../kernel/contract";
import { derivedId } from "../kernel/ids";
import { idSchema, versionSchema } from "../kernel/text";
import { buyBoxSchema, type BuyBox } from "../product/product.offers.contract";

/** How much dearer an offer counts than it is, in basis points of its price (100 = 1 %). */
export interface BuyBoxWeights {
  readonly refurbishedBp: number;
  readonly usedBp: number;
  /** For an offer of which none is on hand. */
  readonly soldOutBp: number;
  /** For a seller of the worst standing; less in proportion to a better one. */
  readonly standingBp: number;
}

/** What holds where nothing was set. */
export const BUY_BOX_WEIGHTS: BuyBoxWeights = {
  refurbishedBp: 1_500,
  usedBp: 3_000,
  // whoever has it on hand goes before whoever has not, unless that one is more than five times as cheap
  soldOutBp: 40_000,
  standingBp: 5_000,
};

export interface BuyBoxPlace {
  /** Left out: for all channels that have no weights of their own. */
  readonly channel?: string;
}

export interface SetBuyBox extends BuyBoxPlace {
  readonly weights: BuyBoxWeights;
}

export interface BuyBoxId {
  readonly id: string;
}

/** Back to the weights of an earlier version. */
export interface RevertBuyBox extends BuyBoxId {
  readonly version: number;
}

/** The weights that hold in a channel, and where they come from. */
export interface BuyBoxView {
  readonly channel: string | null;
  readonly weights: BuyBoxWeights;
  /** The rule that says so; null: nobody set one, and these are the mall's own. */
  readonly id: string | null;
  readonly version: number | null;
  /** Set for this channel, for all of the mall, or by nobody. */
  readonly from: "channel" | "mall" | "default";
}

/** A weight that is left out is the one that holds. */
export interface PreviewBuyBox extends BuyBoxPlace, Partial<BuyBoxWeights> {
  readonly productId: string;
}

/** Whose turn it would be: with the weights that hold, and with those that are tried. Null without offers. */
export interface BuyBoxPreview {
  readonly productId: string;
  readonly channel: string | null;
  readonly weights: BuyBoxWeights;
  readonly now: BuyBox | null;
  readonly then: BuyBox | null;
  readonly changes: boolean;
}

export interface BuyBoxCalls {
  "buybox.set": { params: SetBuyBox; result: Receipt };
  "buybox.drop": { params: BuyBoxId; result: Receipt };
  "buybox.revert": { params: RevertBuyBox; result: Receipt };
  "buybox.get": { params: BuyBoxPlace; result: BuyBoxView };
  "buybox.preview": { params: PreviewBuyBox; result: BuyBoxPreview };
}

const ALL_CHANNELS = "*";
export const buyBoxIdOf = ({ channel }: BuyBoxPlace): string => derivedId("buybox", channel ?? ALL_CHANNELS);

/** Ten times as dear. */
const WEIGHT_MAX_BP = 90_000;
const weight = Joi.number().integer().min(0).max(WEIGHT_MAX_BP).description("100 = 1 % of the price");
const weightsSchema = Joi.object<BuyBoxWeights, true>({
  refurbishedBp: weight.required(),
  usedBp: weight.required(),
  soldOutBp: weight.required(),
  standingBp: weight.required(),
});
const id = idSchema.required();
const channel = idSchema.allow(null).required();
const ofChannel = { owner: "platform", channel: { field: "channel" } } as const;
const write = { kind: "command", permission: "buybox.write", ...ofChannel } as const;
const path = "/v1/buy-box";

export const buyBoxContract: Contract<BuyBoxCalls> = {
  aggregate: "buybox",
  actions: {
    "buybox.set": {
      ...write,
      keyOf: buyBoxIdOf,
      summary: "Set the weights by which an offer is proposed first, of a channel or of all",
      params: Joi.object<SetBuyBox, true>({ channel: idSchema, weights: weightsSchema.required() }),
      http: { method: "PUT", path },
    },
    "buybox.drop": {
      ...write,
      key: "id",
      summary: "Take weights back: from now on the mall's hold, or the default ones",
      params: Joi.object<BuyBoxId, true>({ id }),
      http: { method: "POST", path: `${path}/{id}/drop` },
    },
    "buybox.revert": {
      ...write,
      key: "id",
      summary: "Bring back the weights of an earlier version; reached by restoring its history",
      params: Joi.object<RevertBuyBox, true>({ id, version: versionSchema.required() }),
      restores: ["weights"],
    },
    // sellers and buyers may know by what they are ranked
    "buybox.get": {
      kind: "query",
      permission: PUBLIC,
      owner: "platform",
      summary: "The weights by which an offer is proposed first, and where they come from",
      params: Joi.object<BuyBoxPlace, true>({ channel: idSchema }),
      result: Joi.object<BuyBoxView, true>({
        channel,
        weights: weightsSchema.required(),
        id: idSchema.allow(null).required(),
        version: versionSchema.allow(null).required(),
        from: Joi.string().valid("channel", "mall", "default").required(),
      }),
      http: { method: "GET", path },
    },
    "buybox.preview": {
      kind: "query",
      permission: "buybox.read",
      ...ofChannel,
      summary: "Which offer of a product would be proposed with other weights, and which one is",
      params: Joi.object<PreviewBuyBox, true>({
        ...{ productId: id, channel: idSchema },
        ...{ refurbishedBp: weight, usedBp: weight, soldOutBp: weight, standingBp: weight },
      }),
      result: Joi.object<BuyBoxPreview, true>({
        productId: id,
        channel,
        weights: weightsSchema.required(),
        now: buyBoxSchema.allow(null).required(),
        then: buyBoxSchema.allow(null).required(),
        changes: Joi.boolean().required(),
      }),
      http: { method: "GET", path: `${path}/preview` },
    },
  },
};
