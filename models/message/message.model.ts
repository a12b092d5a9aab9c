import type { Model } from "../kernel/model";

/** To whom and what was written belongs to that person; a guest's order is a subject of its own. */
export const messageModel: Model = {
  aggregate: "message",
  personal: {
    subject: ({ accountId, orderId }) => {
      if (typeof accountId === "string") return accountId;
      return typeof orderId === "string" ? `order-${orderId}` : null;
    },
    fields: ["recipient", "subject", "text"],
  },
};
