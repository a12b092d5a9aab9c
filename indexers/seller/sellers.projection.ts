/** Sellers as everybody may know them, for lists and for the directory that names and hides them. */
import type { SellerState } from "../../models/seller/seller.aggregate";
import type { SellerProfile } from "../../models/seller/seller.contract";
import { documentOf } from "../kernel/document";
import { date, flag, integer, kept, keyword } from "../kernel/fields";

/** What a document holds beside the profile. */
export interface StoredSeller extends SellerProfile {
  /** Its offers are not shown. */
  readonly hidden: boolean;
  /** When it was changed last. */
  readonly changedAt: string;
  /** Who applied: told to nobody else. */
  readonly accountId: string;
}

export const sellers = documentOf<SellerState>({
  name: "sellers",
  revision: 2,
  source: "seller",
  settings: {
    analysis: {
      analyzer: {
        neutral: { type: "custom", tokenizer: "standard", filter: ["lowercase", "asciifolding"] },
      },
    },
  },
  fields: {
    id: keyword,
    version: integer,
    status: keyword,
    name: { type: "text", analyzer: "neutral" },
    about: kept,
    country: keyword,
    activeSince: date,
    hidden: flag,
    changedAt: date,
    accountId: keyword,
  },
  document(seller, { id, version, committedAt: changedAt }): StoredSeller {
    const { status, name, about = {}, country, accountId } = seller;
    const activeSince = "activeSince" in seller ? seller.activeSince : null;
    const hidden = status === "suspended" || status === "closed";
    return { id, version, status, name, about, country, activeSince, hidden, changedAt, accountId };
  },
});
