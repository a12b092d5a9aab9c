import type { Model } from "../kernel/model";

/** Its id is the account's. */
export const customerModel: Model = { aggregate: "customer", about: (_state, id) => id };
