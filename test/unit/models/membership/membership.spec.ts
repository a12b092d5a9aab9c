import { membership, type MembershipEvent } from "../../../../models/membership/membership.aggregate";
import { given, NOW } from "../../../support/given";

const place = { id: "m-1", sellerId: "s-1", role: "seller-staff" } as const;
const expiresAt = "2026-02-07T12:00:00.000Z";
const invited = { ...place, email: "new@example.org", emailKey: "k1", expiresAt };
const offered: MembershipEvent = { type: "membership.offered", data: invited };
const accepted: MembershipEvent = { type: "membership.accepted", data: { accountId: "a-2", at: NOW } };
const confirmed: MembershipEvent = { type: "membership.confirmed", data: {} };
const removed: MembershipEvent = { type: "membership.removed", data: { at: NOW } };
const founding = { ...place, role: "seller-owner", accountId: "a-1" } as const;

const aMembership = given(membership);
const settle = [{ at: NOW, command: "membership.settle", params: {} }];

describe("an invitation", () => {
  it("is offered once, and expires by itself", () => {
    const { state } = aMembership(offered);
    aMembership()
      .when("membership.offer", invited)
      .then(offered)
      .andState({ status: "invited", ...invited });
    aMembership(offered).when("membership.offer", invited).refused("ALREADY_EXISTS");
    expect(membership.due?.(state)).toEqual([{ at: expiresAt, command: "membership.expire", params: {} }]);
    expect(membership.claims?.(state)).toEqual(["membership.email/s-1/k1"]);
  });

  it("is accepted by one account, and then forgets the address", () => {
    aMembership(offered)
      .when("membership.accept", { id: "m-1", accountId: "a-2" })
      .then(accepted)
      .andState({ status: "accepted", ...place, accountId: "a-2", since: NOW });
    const again = aMembership(offered, accepted);
    again.when("membership.accept", { id: "m-1", accountId: "a-2" }).then();
    again.when("membership.accept", { id: "m-1", accountId: "a-3" }).refused("CODE_INVALID");
    expect(membership.claims?.(again.state)).toEqual([]);
  });

  it("is good for nothing once it has expired or was taken back", () => {
    const late = "2026-02-07T12:00:00.001Z";
    aMembership(offered).when("membership.accept", { id: "m-1", accountId: "a-2" }, late).refused("CODE_INVALID");
    aMembership(offered, { type: "membership.expired", data: {} })
      .when("membership.accept", { id: "m-1", accountId: "a-2" })
      .refused("CODE_INVALID");
    aMembership(offered)
      .when("membership.remove", { id: "m-1", byAccount: "a-1" })
      .then(removed)
      .andState({ status: "ended", ...place, accountId: null });
    aMembership(offered, removed).when("membership.accept", { id: "m-1", accountId: "a-2" }).refused("CODE_INVALID");
    aMembership(offered, accepted).when("membership.expire", { id: "m-1" }).then();
  });
});

describe("a membership", () => {
  it("wants its grant settled until the account has it", () => {
    const waiting = aMembership(offered, accepted);
    expect(membership.due?.(waiting.state)).toEqual(settle);
    waiting
      .when("membership.confirm", { id: "m-1" })
      .then(confirmed)
      .andState({ status: "member", ...place, accountId: "a-2" });
    const settled = aMembership(offered, accepted, confirmed);
    expect(membership.due?.(settled.state)).toEqual([]);
    settled.when("membership.confirm", { id: "m-1" }).then();
  });

  it("may begin without an invitation, for who applied", () => {
    aMembership()
      .when("membership.found", founding)
      .then({ type: "membership.founded", data: { ...founding, at: NOW } })
      .andState({ status: "accepted", ...founding, since: NOW });
    aMembership(offered).when("membership.found", founding).refused("ALREADY_EXISTS");
  });

  it("ends when its grant was taken back, and not by its own account", () => {
    const member = aMembership(offered, accepted, confirmed);
    member.when("membership.remove", { id: "m-1", byAccount: "a-2" }).refused("MEMBERSHIP_OWN");
    member
      .when("membership.remove", { id: "m-1", byAccount: "a-1" })
      .then(removed)
      .andState({ status: "leaving", ...place, accountId: "a-2", since: NOW });
    const leaving = aMembership(offered, accepted, confirmed, removed);
    expect(membership.due?.(leaving.state)).toEqual(settle);
    leaving.when("membership.remove", { id: "m-1", byAccount: "a-1" }).then();
    leaving
      .when("membership.release", { id: "m-1" })
      .then({ type: "membership.released", data: {} })
      .andState({ status: "ended", ...place, accountId: "a-2" });
    member.when("membership.release", { id: "m-1" }).then();
    aMembership().when("membership.remove", { id: "m-1", byAccount: "a-1" }).refused("NOT_FOUND");
  });
});
