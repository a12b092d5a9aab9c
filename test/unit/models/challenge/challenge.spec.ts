import { challenge, type ChallengeEvent } from "../../../../models/challenge/challenge.aggregate";
import { given, NOW } from "../../../support/given";

const id = "c1";
const expiresAt = "2026-01-31T12:05:00.000Z";
const params = { id, purpose: "reset", accountId: "a1", minutes: 5, expiresAt } as const;
const issued: ChallengeEvent = { type: "challenge.issued", data: params };
const redeemed: ChallengeEvent = { type: "challenge.redeemed", data: {} };
const history = given(challenge);

describe("challenge", () => {
  it("is given out once", () => {
    history()
      .when("challenge.issue", params)
      .then(issued)
      .andState({ status: "open", ...params });
    history(issued).when("challenge.issue", params).refused("ALREADY_EXISTS");
  });

  it("is good once, for its purpose, until it expires", () => {
    history(issued)
      .when("challenge.redeem", { id, purpose: "reset" }, NOW)
      .then(redeemed)
      .andState({ status: "redeemed", ...params });
    history(issued, redeemed).when("challenge.redeem", { id, purpose: "reset" }).refused("CODE_INVALID");
    history(issued).when("challenge.redeem", { id, purpose: "verify" }).refused("CODE_INVALID");
    history(issued).when("challenge.redeem", { id, purpose: "reset" }, expiresAt).refused("CODE_INVALID");
    history().when("challenge.redeem", { id, purpose: "reset" }).refused("CODE_INVALID");
  });
});
