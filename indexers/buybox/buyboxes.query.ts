/** Answers buybox.get, and makes the directory by which offers are ranked: all weights of the mall, in memory. */
import { BUY_BOX_WEIGHTS, buyBoxIdOf, type BuyBoxPlace, type BuyBoxView } from "../../models/buybox/buybox.contract";
import { createDirectory, type Directory } from "../kernel/directory";
import type { QueryContext, QueryDeps } from "../kernel/query";
import type { BuyBoxDocument } from "./buyboxes.projection";

/** The weights that hold in a channel: its own, else the mall's, else the default ones. */
export type BuyBoxBook = (channel?: string | null) => BuyBoxView;

export type BuyBoxes = Directory<BuyBoxBook>;

const FIELDS = ["id", "version", "status", "channel", "weights"];

type Kept = ReadonlyMap<string, BuyBoxDocument>;

function setAt(all: Kept, place: BuyBoxPlace): BuyBoxDocument | undefined {
  const found = all.get(buyBoxIdOf(place));
  return found?.status === "set" ? found : undefined;
}

function held(all: Kept, channel: string | null): Omit<BuyBoxView, "channel"> {
  const own = channel === null ? undefined : setAt(all, { channel });
  const found = own ?? setAt(all, {});
  if (found === undefined) return { weights: BUY_BOX_WEIGHTS, id: null, version: null, from: "default" };
  const { weights, id, version } = found;
  return { weights, id, version, from: own === undefined ? "mall" : "channel" };
}

export const buyBoxBookOf =
  (all: Kept): BuyBoxBook =>
  (channel = null) => ({ channel, ...held(all, channel) });

export const NO_BUY_BOXES: BuyBoxBook = buyBoxBookOf(new Map());

export const createBuyBoxes = (deps: QueryDeps): BuyBoxes =>
  createDirectory<BuyBoxDocument, BuyBoxBook>({
    ...{ deps, projection: "buyboxes", fields: FIELDS },
    make: (all) => buyBoxBookOf(new Map(all)),
  });

export const buyBoxQueries = (buyBoxes: BuyBoxes) => ({
  "buybox.get": async ({ channel }: BuyBoxPlace, context: QueryContext): Promise<BuyBoxView> =>
    (await buyBoxes(context))(channel),
});
