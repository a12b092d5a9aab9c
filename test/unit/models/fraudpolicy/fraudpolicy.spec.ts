import { fraudpolicy, type FraudPolicyEvent } from "../../../../models/fraudpolicy/fraudpolicy.aggregate";
import { FIRST_TERMS, type FraudPolicyTerms } from "../../../../models/fraudpolicy/fraudpolicy.contract";
import { given } from "../../../support/given";

const id = "mall";
const strict: FraudPolicyTerms = {
  thresholds: { challenge: 0.1, review: 0.2, block: 0.3 },
  rules: [{ name: "many-cards", feature: "cards1d", atLeast: 3, outcome: "review" }],
  releaseAloneMaxMinor: 10_000,
};
const set = (data: FraudPolicyTerms): FraudPolicyEvent => ({ type: "fraudpolicy.set", data });
const history = given(fraudpolicy);

describe("the policy for risk", () => {
  it("is set as often as one likes", () => {
    history(set(FIRST_TERMS))
      .when("fraudpolicy.set", strict)
      .then(set(strict))
      .andState({ ...strict, status: "set" });
  });

  it("goes back to earlier thresholds and rules; what one person may release alone stays as it is today", () => {
    const { thresholds, rules } = FIRST_TERMS;
    const old = { id, version: 1, content: { thresholds, rules }, gone: [] };
    history(set(FIRST_TERMS), set(strict))
      .when("fraudpolicy.revert", old)
      .then({ type: "fraudpolicy.reverted", data: { toVersion: 1, content: { thresholds, rules }, gone: [] } })
      .andState({ thresholds, rules, releaseAloneMaxMinor: 10_000, status: "set" });
    history(set(FIRST_TERMS)).when("fraudpolicy.revert", old).then();
    history().when("fraudpolicy.revert", old).refused("NOT_FOUND");
  });
});
