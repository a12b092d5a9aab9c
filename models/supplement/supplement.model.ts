import type { Model } from "../kernel/model";

/** The token by which the provider knows the card is shown to nobody. */
export const supplementModel: Model = {
  aggregate: "supplement",
  secret: ["method"],
  personal: {
    subject: ({ customerId }) => (typeof customerId === "string" ? customerId : null),
    fields: ["contact", "shippingAddress"],
  },
};
