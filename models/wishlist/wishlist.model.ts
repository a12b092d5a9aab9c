import type { Model } from "../kernel/model";

/** What somebody would like to have is theirs, as are the names and notes that they gave it. */
export const wishlistModel: Model = {
  aggregate: "wishlist",
  personal: {
    // of an account the account's; wish lists of nobody are a subject of their own
    subject: ({ accountId, id }) => {
      if (typeof accountId === "string") return accountId;
      return typeof id === "string" ? id : null;
    },
    fields: ["items", "item", "names", "name", "note"],
  },
};
