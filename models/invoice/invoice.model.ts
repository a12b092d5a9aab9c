import type { Model } from "../kernel/model";

/** Whom a paper is for belongs to the customer; a guest's order is a subject of its own. */
export const invoiceModel: Model = {
  aggregate: "invoice",
  personal: {
    subject: ({ customerId, orderId }) => {
      if (typeof customerId === "string") return customerId;
      return typeof orderId === "string" ? `order-${orderId}` : null;
    },
    fields: ["buyer"],
  },
};
