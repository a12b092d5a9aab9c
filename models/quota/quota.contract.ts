/** How much a party may upload: files of assets, and files that are sold. */
import Joi from "../kernel/schema";
import type { Contract, Receipt } from "../kernel/contract";
import { idSchema } from "../kernel/text";

/** Whose files are the mall's own. */
export const MALL = "mall";

export interface Room {
  readonly filesMax: number;
  readonly bytesMax: number;
}

export interface TakeRoom {
  /** Left out: the mall itself. */
  readonly sellerId?: string;
  readonly bytes: number;
}

export interface QuotaId {
  /** The seller's id; `mall` is the mall itself. */
  readonly id: string;
}

/** Null is what the mall gives everybody. */
export interface SetQuota extends QuotaId {
  readonly filesMax: number | null;
  readonly bytesMax: number | null;
}

export interface QuotaView extends QuotaId, Room {
  /** Uploaded so far. */
  readonly files: number;
  readonly bytes: number;
}

export interface QuotaCalls {
  "quota.take": { params: TakeRoom; result: Receipt };
  "quota.set": { params: SetQuota; result: Receipt };
  "quota.get": { params: QuotaId; result: QuotaView };
}

export const FILES_MAX = 100_000_000;
/** A pebibyte: what is written of it in JSON is exact. */
export const BYTES_MAX = 2 ** 50;

const id = idSchema.required();
const files = Joi.number().integer().min(0).max(FILES_MAX).required();
const bytes = Joi.number().integer().min(0).max(BYTES_MAX).required();

export const quotaContract: Contract<QuotaCalls> = {
  aggregate: "quota",
  actions: {
    // asked by the gateway before it writes a file, in the name of who uploads and was let in
    "quota.take": {
      kind: "command",
      keyOf: ({ sellerId = MALL }) => sellerId,
      summary: "Take room for a file",
      params: Joi.object<TakeRoom, true>({ sellerId: idSchema, bytes: bytes.min(1) }),
      permission: "quota.take",
      owner: "platform",
    },
    "quota.set": {
      kind: "command",
      key: "id",
      summary: "Say how many files a party may keep, and how many bytes they may have",
      params: Joi.object<SetQuota, true>({ id, filesMax: files.allow(null), bytesMax: bytes.allow(null) }),
      permission: "quota.write",
      owner: "platform",
      http: { method: "PUT", path: "/v1/quotas/{id}" },
    },
    "quota.get": {
      kind: "query",
      key: "id",
      summary: "How many files a party keeps, and how many it may",
      params: Joi.object<QuotaId, true>({ id }),
      result: Joi.object<QuotaView, true>({ id, files, bytes, filesMax: files, bytesMax: bytes }),
      permission: "asset.write",
      owner: { field: "id" },
      http: { method: "GET", path: "/v1/quotas/{id}" },
    },
  },
};
