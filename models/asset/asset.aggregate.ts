import type { Aggregate } from "../kernel/aggregate";
import type { Text } from "../kernel/text";
import { refuse } from "../refusals";
import type { AssetCalls, AssetFile, DescribeAsset, UploadAsset } from "./asset.contract";

export interface KeptAsset extends UploadAsset {
  readonly status: "kept" | "retired";
  readonly alt: Text;
}

export type AssetState = { readonly status: "absent" } | KeptAsset;

export type AssetEvent =
  | { readonly type: "asset.uploaded"; readonly data: UploadAsset }
  | { readonly type: "asset.replaced"; readonly data: AssetFile }
  | { readonly type: "asset.described"; readonly data: Omit<DescribeAsset, "id"> }
  | { readonly type: "asset.retired"; readonly data: object };

export type AssetCommands = { [N in Exclude<keyof AssetCalls, "asset.get">]: AssetCalls[N]["params"] };

function existing(state: AssetState): KeptAsset {
  if (state.status === "absent") return refuse("NOT_FOUND", "There is no such asset.");
  return state;
}

const kept = (state: AssetState): KeptAsset => state as KeptAsset;

export const asset: Aggregate<AssetState, AssetCommands, AssetEvent> = {
  name: "asset",
  schema: 1,
  initial: { status: "absent" },
  decide: {
    "asset.upload": (state, params) => {
      if (state.status !== "absent") refuse("ALREADY_EXISTS", "This asset exists already.");
      return [{ type: "asset.uploaded", data: params }];
    },
    "asset.replace": (state, { id: _id, ...file }) => {
      const { status, hash } = existing(state);
      if (status === "retired") refuse("ASSET_RETIRED", "The asset is retired; upload the file as a new one.");
      return hash === file.hash ? [] : [{ type: "asset.replaced", data: file }];
    },
    "asset.describe": (state, { id: _id, ...said }) => {
      existing(state);
      return [{ type: "asset.described", data: said }];
    },
    "asset.retire": (state) => (existing(state).status === "retired" ? [] : [{ type: "asset.retired", data: {} }]),
  },
  evolve: {
    "asset.uploaded": (_state, data) => ({ status: "kept", alt: {}, ...data }),
    "asset.replaced": (state, file) => ({ ...kept(state), ...file }),
    "asset.described": (state, said) => ({ ...kept(state), ...said }),
    "asset.retired": (state) => ({ ...kept(state), status: "retired" }),
  },
};
