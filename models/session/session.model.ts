import type { Model } from "../kernel/model";

export const sessionModel: Model = {
  aggregate: "session",
  personal: {
    subject: ({ accountId }) => (typeof accountId === "string" ? accountId : null),
    fields: ["label"],
  },
};
