import type { Model } from "../kernel/model";

export const cartModel: Model = {
  aggregate: "cart",
  personal: {
    // of an account the account's; a cart of nobody is a subject of its own
    subject: ({ customerId, id }) => {
      if (typeof customerId === "string") return customerId;
      return typeof id === "string" ? id : null;
    },
    fields: ["contact", "shippingAddress", "billingAddress"],
  },
};
