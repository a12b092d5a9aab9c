import type { Aggregate } from "../kernel/aggregate";
import { changesOf, restoredState, type Restored, type Restoring } from "../kernel/restoring";
import type { Text } from "../kernel/text";
import { refuse } from "../refusals";
import type { AssetCalls, AssetFile, DescribeAsset, UploadAsset } from "./asset.contract";

export interface KeptAsset extends UploadAsset {
  readonly status: "kept" | "retired";
  readonly alt: Text;
}

export type AssetState = { readonly status: "absent" } | KeptAsset;

type Restorable = AssetFile & Pick<KeptAsset, "name" | "alt">;

export type AssetEvent =
  | { readonly type: "asset.uploaded"; readonly data: UploadAsset }
  | { readonly type: "asset.replaced"; readonly data: AssetFile }
  | { readonly type: "asset.described"; readonly data: Omit<DescribeAsset, "id"> }
  | { readonly type: "asset.reverted"; readonly data: Restored<Restorable> }
  | { readonly type: "asset.retired"; readonly data: object };

export type AssetCommands = {
  [N in Exclude<keyof AssetCalls, "asset.get" | "asset.revert">]: AssetCalls[N]["params"];
} & {
  readonly "asset.revert": Restoring<Restorable>;
};

function existing(state: AssetState): KeptAsset {
  if (state.status === "absent") return refuse("NOT_FOUND", "There is no such asset.");
  return state;
}

function refuseRetired({ status }: KeptAsset): void {
  if (status === "retired") refuse("ASSET_RETIRED", "The asset is retired; upload the file as a new one.");
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
      const before = existing(state);
      refuseRetired(before);
      return before.hash === file.hash ? [] : [{ type: "asset.replaced", data: file }];
    },
    "asset.describe": (state, { id: _id, ...said }) => {
      existing(state);
      return [{ type: "asset.described", data: said }];
    },
    "asset.revert": (state, old) => {
      const before = existing(state);
      const changes = changesOf(before, old);
      if (changes?.content.hash !== undefined) refuseRetired(before);
      return changes === null ? [] : [{ type: "asset.reverted", data: changes }];
    },
    "asset.retire": (state) => (existing(state).status === "retired" ? [] : [{ type: "asset.retired", data: {} }]),
  },
  evolve: {
    "asset.uploaded": (_state, data) => ({ status: "kept", alt: {}, ...data }),
    "asset.replaced": (state, file) => ({ ...kept(state), ...file }),
    "asset.described": (state, said) => ({ ...kept(state), ...said }),
    "asset.reverted": (state, data) => restoredState(kept(state), data),
    "asset.retired": (state) => ({ ...kept(state), status: "retired" }),
  },
};
