import Joi from "../kernel/schema";
import { PUBLIC, type Contract, type Receipt } from "../kernel/contract";
import type { ToVersion } from "../kernel/restoring";
import { idSchema, plainText, textSchema, versionSchema, type Text } from "../kernel/text";

/** What may be kept: found out from the bytes themselves. SVG is not among them, for it can carry scripts. */
export const FILE_TYPES = [
  "image/png",
  "image/jpeg",
  "image/webp",
  "image/gif",
  "image/avif",
  "application/pdf",
] as const;
export type FileType = (typeof FILE_TYPES)[number];

/** One file, as it was looked at when it arrived. */
export interface AssetFile {
  /** SHA-256 of the bytes, in hexadecimal: its name in the storage, and in addresses. */
  readonly hash: string;
  readonly type: FileType;
  readonly bytes: number;
  /** Pixels, upright; null for what is no image. */
  readonly width: number | null;
  readonly height: number | null;
}

export interface UploadAsset extends AssetFile {
  readonly name?: string;
  /** The seller whose asset it is, for good; without one it is the mall's own. */
  readonly sellerId?: string;
}

export interface AssetId {
  readonly id: string;
}

export type ReplaceAsset = AssetId & AssetFile;

export interface DescribeAsset extends AssetId {
  readonly name?: string;
  /** What the picture shows, for those who do not see it. */
  readonly alt?: Text;
}

export interface AssetView extends UploadAsset {
  readonly id: string;
  readonly version: number;
  readonly status: "kept" | "retired";
  readonly alt: Text;
}

export interface AssetCalls {
  "asset.upload": { params: UploadAsset; result: Receipt };
  "asset.replace": { params: ReplaceAsset; result: Receipt };
  "asset.describe": { params: DescribeAsset; result: Receipt };
  "asset.revert": { params: ToVersion; result: Receipt };
  "asset.retire": { params: AssetId; result: Receipt };
  "asset.get": { params: AssetId; result: AssetView };
}

const id = idSchema.required();
const pixels = Joi.number().integer().min(1).max(100_000).allow(null).required();
const name = plainText(200);
const alt = textSchema(500);
const file = {
  hash: plainText(64)
    .pattern(/^[a-f0-9]{64}$/, "SHA-256")
    .required(),
  type: Joi.string()
    .valid(...FILE_TYPES)
    .required(),
  bytes: Joi.number().integer().min(1).required(),
  width: pixels,
  height: pixels,
};
const write = { permission: "asset.write", owner: { field: "sellerId" } } as const;

export const assetContract: Contract<AssetCalls> = {
  aggregate: "asset",
  actions: {
    // reached over POST /v1/assets, whose body is the file: the gateway looks at it and says what it found
    "asset.upload": {
      kind: "create",
      summary: "Keep a file that was uploaded",
      params: Joi.object<UploadAsset, true>({ ...file, name, sellerId: idSchema }),
      ...write,
    },
    "asset.replace": {
      kind: "command",
      key: "id",
      summary: "Keep another file under the same asset",
      params: Joi.object<ReplaceAsset, true>({ id, ...file }),
      ...write,
    },
    "asset.describe": {
      kind: "command",
      key: "id",
      summary: "Name an asset, and say what it shows",
      params: Joi.object<DescribeAsset, true>({ id, name, alt }).or("name", "alt"),
      ...write,
      http: { method: "PATCH", path: "/v1/assets/{id}" },
    },
    // the bytes of every version are kept by their hash: an earlier file comes back without being sent again
    "asset.revert": {
      kind: "command",
      key: "id",
      summary: "Bring back file, name and words of an earlier version; reached by restoring its history",
      params: Joi.object<ToVersion, true>({ id, version: versionSchema.required() }),
      ...write,
      restores: ["name", "alt", "hash", "type", "bytes", "width", "height"],
    },
    "asset.retire": {
      kind: "command",
      key: "id",
      summary: "Retire an asset: it takes no further file; what shows it already keeps it",
      params: Joi.object<AssetId, true>({ id }),
      ...write,
      http: { method: "POST", path: "/v1/assets/{id}/retire" },
    },
    "asset.get": {
      kind: "query",
      key: "id",
      summary: "One asset: its file, and what it shows",
      params: Joi.object<AssetId, true>({ id }),
      result: Joi.object<AssetView, true>({
        id,
        version: Joi.number().integer().min(1).required(),
        status: Joi.string().valid("kept", "retired").required(),
        ...file,
        name,
        sellerId: idSchema,
        alt: Joi.object<Text>().pattern(Joi.string(), Joi.string().allow("")).required(),
      }),
      permission: PUBLIC,
      owner: { field: "sellerId" },
      http: { method: "GET", path: "/v1/assets/{id}" },
    },
  },
};
