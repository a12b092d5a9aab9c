import type { Model } from "../kernel/model";

export const checkoutModel: Model = {
  aggregate: "checkout",
  secret: ["method"],
  personal: {
    // as of the cart: of an account the account's, of nobody the cart's own
    subject: ({ customerId, cartId }) => {
      if (typeof customerId === "string") return customerId;
      return typeof cartId === "string" ? cartId : null;
    },
    fields: ["contact", "shippingAddress", "billingAddress"],
  },
};
