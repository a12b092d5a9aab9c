import { namedBy } from "../kernel/about";
import type { Model } from "../kernel/model";

/** An invited address belongs to somebody who has no account here yet: its key is the membership's own. */
export const membershipModel: Model = {
  aggregate: "membership",
  about: namedBy("accountId"),
  personal: {
    subject: ({ id }) => (typeof id === "string" ? `membership-${id}` : null),
    fields: ["email"],
  },
};
