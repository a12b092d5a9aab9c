import type { Model } from "../kernel/model";

/** Who stands behind a business, where it banks and what it pays taxes under belong to the account that applied. */
export const sellerModel: Model = {
  aggregate: "seller",
  personal: {
    subject: ({ accountId }) => (typeof accountId === "string" ? accountId : null),
    fields: ["business", "contact", "tax", "bank", "papers"],
  },
};
