import type { Model } from "../kernel/model";

/** Who bought, and where it goes, is the customer's; a guest's order is a subject of its own. */
export const orderModel: Model = {
  aggregate: "order",
  personal: {
    subject: ({ customerId, id }) => {
      if (typeof customerId === "string") return customerId;
      return typeof id === "string" ? `order-${id}` : null;
    },
    fields: ["contact", "shippingAddress", "billingAddress"],
  },
};
