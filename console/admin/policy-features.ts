import type { FraudVerdict } from "../../models/fraudpolicy/fraudpolicy.contract";

export { CHECKOUT_FEATURES as FEATURES } from "../../models/fraud/fraud.features.contract";

/** The contract's, which brings more than a page needs; a test holds them equal. */
export const OUTCOMES = ["allow", "challenge", "review", "block"] as const satisfies readonly FraudVerdict[];
