import type { Model } from "../kernel/model";

/** What somebody wrote is theirs, and goes with their key; that a thing was rated, and how, stays. */
export const reviewModel: Model = {
  aggregate: "review",
  personal: {
    subject: ({ customerId }) => (typeof customerId === "string" ? customerId : null),
    fields: ["title", "text", "appealText"],
  },
};
