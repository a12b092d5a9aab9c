/**
 * Media that name an asset of the mall: it has to be there, to be kept, and to be the mall's own or the seller's whose
 * product it is. Its address, by hash and so for ever the same, is taken from it when the command is decided; what a
 * product shows already it goes on showing, also after the asset was retired or got another file.
 */
import type { AssetView } from "../../models/asset/asset.contract";
import type { Calls } from "../../models/contracts";
import { isRefusal } from "../../models/kernel/refusal";
import type { Media } from "../../models/product/product.contract";
import { refuse } from "../../models/refusals";
import { typed } from "../kernel/call";
import type { CallSite } from "../kernel/service";

/** What is known of the product before the command. */
export interface Showing {
  readonly sellerId?: string | undefined;
  readonly media?: readonly Media[] | undefined;
}

type Named = Media & { readonly assetId: string };

const isNamed = (one: Media): one is Named => one.assetId !== undefined;

export const namesAssets = (media: readonly Media[] | undefined): boolean => (media ?? []).some(isNamed);

const unfit = (assetId: string, why: string): never =>
  refuse("MEDIA_UNFIT", `Media cannot show the asset "${assetId}": ${why}.`, { assetId });

async function assetBy(id: string, { caller, meta }: CallSite): Promise<AssetView> {
  try {
    return await typed<Calls>(caller, meta)("asset.get", { id });
  } catch (error) {
    if (isRefusal(error, "NOT_FOUND")) return unfit(id, "there is none of this id; upload the file first");
    throw error;
  }
}

const KIND_OF_PAPER = "document";
const addressOf = ({ hash, type }: AssetView): string =>
  type === "application/pdf" ? `/assets/${hash}/original.pdf` : `/assets/${hash}/1280.webp`;

function shown(one: Named, asset: AssetView, { sellerId }: Showing): Media {
  const { assetId, kind } = one;
  if (asset.sellerId !== undefined && asset.sellerId !== sellerId) unfit(assetId, "it is another seller's");
  if ((asset.type === "application/pdf") !== (kind === KIND_OF_PAPER) || kind === "video") {
    unfit(assetId, `it is ${asset.type}, which is not of the kind "${kind}"`);
  }
  const described = Object.keys(asset.alt).length > 0 ? { alt: asset.alt } : {};
  return { ...described, ...one, url: addressOf(asset) };
}

/** @throws MEDIA_UNFIT, ASSET_RETIRED for one that the product does not show yet */
export async function withAddresses(media: readonly Media[], before: Showing, site: CallSite): Promise<Media[]> {
  const known = new Map((before.media ?? []).filter(isNamed).map((one) => [one.assetId, one]));
  const ids = [...new Set(media.filter(isNamed).map(({ assetId }) => assetId))];
  const assets = new Map(await Promise.all(ids.map(async (id) => [id, await assetBy(id, site)] as const)));
  return media.map((one) => {
    if (!isNamed(one)) return one;
    const asset = assets.get(one.assetId) as AssetView;
    if (asset.status === "kept") return shown(one, asset, before);
    const already = known.get(one.assetId);
    if (already) return { ...one, url: already.url };
    return refuse("ASSET_RETIRED", "The asset is retired: upload the file as a new one.", { id: one.assetId });
  });
}
