import type { Model } from "../kernel/model";

export const accountModel: Model = {
  aggregate: "account",
  personal: {
    subject: ({ id }) => (typeof id === "string" ? id : null),
    // the keys too: a MAC over an address lets whoever has the mall's secret try addresses
    fields: ["email", "emailKey", "name", "loginKeys"],
  },
};
