/** The weights that were set, as their histories have them. */
import type { BuyBoxState } from "../../models/buybox/buybox.aggregate";
import type { BuyBoxWeights } from "../../models/buybox/buybox.contract";
import { documentOf } from "../kernel/document";
import { integer, kept, keyword } from "../kernel/fields";

export interface BuyBoxDocument {
  readonly id: string;
  readonly version: number;
  readonly status: "set" | "dropped";
  readonly channel: string | null;
  readonly weights: BuyBoxWeights;
}

export const buyboxes = documentOf<BuyBoxState>({
  name: "buyboxes",
  revision: 1,
  source: "buybox",
  fields: { id: keyword, version: integer, status: keyword, channel: keyword, weights: kept },
  document: ({ status, channel = null, weights }, { id, version }): BuyBoxDocument => {
    return { id, version, status, channel, weights };
  },
});
