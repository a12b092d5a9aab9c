/**
 * What is sent as a file: one per offer, kept by its seller, given out only to who bought it. Another file under the
 * same offer is the next version: who bought the first gets the newest.
 */
import Joi from "../kernel/schema";
import type { Contract, Receipt } from "../kernel/contract";
import { idSchema, plainText, versionSchema } from "../kernel/text";

/** `name` is what the buyer's file is called. */
export interface KeepGoods {
  readonly offerId: string;
  readonly sellerId: string;
  /** SHA-256 of the bytes as they are kept, in hexadecimal. Told to nobody outside. */
  readonly hash: string;
  readonly bytes: number;
  readonly name: string;
}

export interface GoodsOf {
  readonly offerId: string;
  readonly sellerId: string;
}

/** What a seller is told of the own file. */
export interface GoodsView extends GoodsOf {
  readonly version: number;
  readonly name: string;
  readonly bytes: number;
}

export interface GoodsCalls {
  "goods.keep": { params: KeepGoods; result: Receipt };
  "goods.get": { params: GoodsOf; result: GoodsView };
  "goods.fetch": { params: Pick<GoodsOf, "offerId">; result: KeepGoods };
}

/** A few at once have to fit into the memory of a process. */
export const GOODS_BYTES_MAX = 20 * 1_048_576;

const id = idSchema.required();
const bytes = Joi.number().integer().min(1).max(GOODS_BYTES_MAX).required();
/** A name of a file and no path: it ends up in a header. */
export const fileName = plainText(120)
  .pattern(/^[\p{L}\p{N}][\p{L}\p{N} ._()-]*$/u, "file name")
  .required();
const kept = {
  offerId: id,
  sellerId: id,
  hash: plainText(64)
    .pattern(/^[a-f0-9]{64}$/, "SHA-256")
    .required(),
  bytes,
  name: fileName,
};

export const goodsContract: Contract<GoodsCalls> = {
  aggregate: "goods",
  actions: {
    // reached over POST /v1/sellers/{sellerId}/offers/{offerId}/file, whose body is the file
    "goods.keep": {
      kind: "command",
      key: "offerId",
      summary: "Keep the file that buyers of a digital offer get",
      params: Joi.object<KeepGoods, true>(kept),
      permission: "offer.write",
      owner: { field: "sellerId" },
    },
    "goods.get": {
      kind: "query",
      key: "offerId",
      summary: "Which file buyers of a digital offer get, for its seller",
      params: Joi.object<GoodsOf, true>({ offerId: id, sellerId: id }),
      result: Joi.object<GoodsView, true>({
        ...{ offerId: id, sellerId: id, name: fileName, bytes },
        version: versionSchema.required(),
      }),
      permission: "offer.write",
      owner: { field: "sellerId" },
      http: { method: "GET", path: "/v1/sellers/{sellerId}/offers/{offerId}/goods" },
    },
    "goods.fetch": {
      kind: "query",
      key: "offerId",
      summary: "Where the file of a digital offer lies, for who gives it out",
      params: Joi.object<Pick<GoodsOf, "offerId">, true>({ offerId: id }),
      result: Joi.object<KeepGoods, true>(kept),
      permission: "entitlement.serve",
      owner: "platform",
    },
  },
};
