import type { Model } from "../kernel/model";

/** The token by which the provider knows the card is shown to nobody. A guest's order is a subject of its own. */
export const supplementModel: Model = {
  aggregate: "supplement",
  secret: ["method"],
  personal: {
    subject: ({ customerId, orderId }) => {
      if (typeof customerId === "string") return customerId;
      return typeof orderId === "string" ? `order-${orderId}` : null;
    },
    fields: ["contact", "shippingAddress"],
  },
};
