import type { Model } from "../kernel/model";

export const apiKeyModel: Model = {
  aggregate: "apikey",
  personal: { subject: ({ accountId }) => (typeof accountId === "string" ? accountId : null), fields: ["name"] },
  secret: ["keyHash"],
};
