import { namedBy } from "../kernel/about";
import type { Model } from "../kernel/model";

/** The token by which the provider knows the card is shown to nobody. */
export const paymentModel: Model = { aggregate: "payment", secret: ["method"], about: namedBy("customerId") };
