import { apikey, type ApiKeyEvent } from "../../../../models/apikey/apikey.aggregate";
import { given, NOW } from "../../../support/given";

const id = "k1";
const terms = { id, accountId: "a1", name: "script", scopes: ["offer.write"], prefix: "stoa_k1", keyHash: "h" };
const issued: ApiKeyEvent = { type: "apikey.issued", data: { ...terms, at: NOW } };
const revoked: ApiKeyEvent = { type: "apikey.revoked", data: {} };
const touched = (day: string): ApiKeyEvent => ({ type: "apikey.touched", data: { day } });
const history = given(apikey);

describe("a key of a program", () => {
  it("is issued where there is room", () => {
    history()
      .when("apikey.issue", terms)
      .then(issued)
      .andState({ status: "live", ...terms, madeAt: NOW, usedOn: null });
    history(issued).when("apikey.issue", terms).refused("ALREADY_EXISTS");
    history(issued, revoked).when("apikey.issue", terms).then(issued);
  });

  it("notes each day on which it was used, once", () => {
    history(issued).when("apikey.touch", { id, day: "2026-01-31" }).then(touched("2026-01-31"));
    history(issued, touched("2026-01-31")).when("apikey.touch", { id, day: "2026-01-31" }).then();
    history(issued, touched("2026-01-31")).when("apikey.touch", { id, day: "2026-02-01" }).then(touched("2026-02-01"));
    history(issued, revoked).when("apikey.touch", { id, day: "2026-01-31" }).then();
  });

  it("is revoked, and keeps no hash", () => {
    history(issued)
      .when("apikey.revoke", { id })
      .then(revoked)
      .andState({ status: "revoked", id, accountId: "a1", prefix: "stoa_k1" });
    history(issued, revoked).when("apikey.revoke", { id }).then();
    history().when("apikey.revoke", { id }).refused("NOT_FOUND");
  });
});
