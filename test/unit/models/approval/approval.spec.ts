import { approval, type ApprovalEvent, type ApprovalState } from "../../../../models/approval/approval.aggregate";
import { given, NOW } from "../../../support/given";

const id = "a-1";
const expiresAt = "2026-02-03T12:00:00.000Z";
const carryOutAt = "2026-01-31T12:00:45.000Z";
const asked = {
  action: "role.retire",
  params: { id: "packer" },
  requester: { id: "ann", permissions: ["role.write"], grants: [] },
  expiresAt,
};
const decision = { by: "ben", at: NOW, reason: null };
const requested: ApprovalEvent = { type: "approval.requested", data: { ...asked, at: NOW } };
const approved: ApprovalEvent = { type: "approval.approved", data: { ...decision, carryOutAt } };
const rejected: ApprovalEvent = { type: "approval.rejected", data: { ...decision, reason: "no" } };
const withdrawn: ApprovalEvent = { type: "approval.withdrawn", data: { at: NOW } };
const expired: ApprovalEvent = { type: "approval.expired", data: {} };
const outcome = { id: "packer", version: 2 };
const done: ApprovalEvent = { type: "approval.carried-out", data: { outcome } };
const history = given(approval);
const granted = { id, by: "ben", carryOutAt };

const open = {
  ...asked,
  status: "requested",
  requestedBy: "ann",
  requestedAt: NOW,
  decidedBy: null,
  decidedAt: null,
  reason: null,
  outcome: null,
  carryOutAt: null,
} as const;
const dueOf = (state: ApprovalState) => approval.due?.(state) ?? [];

describe("a request for approval", () => {
  it("is kept, once, and expires by itself", () => {
    const first = history().when("approval.request", asked);
    first.then(requested).andState(open);
    history(requested).when("approval.request", asked).refused("ALREADY_EXISTS");
    expect(dueOf(open)).toEqual([{ at: expiresAt, command: "approval.expire", params: {} }]);
  });

  it("is approved by another person, and then carried out whatever happens", () => {
    const state = { ...open, status: "approved", decidedBy: "ben", decidedAt: NOW, carryOutAt } as const;
    history(requested).when("approval.grant", granted).then(approved).andState(state);
    expect(dueOf(state)).toEqual([{ at: carryOutAt, command: "approval.carryOut", params: {} }]);
  });

  it("is not approved by who asked", () => {
    history(requested)
      .when("approval.grant", { ...granted, by: "ann" })
      .refused("APPROVAL_OWN");
  });

  it("is not approved after its time, even before the timer has ended it", () => {
    history(requested).when("approval.grant", granted, expiresAt).refused("APPROVAL_DECIDED", { status: "expired" });
  });

  it("is rejected with a reason, withdrawn, or ends by its timer", () => {
    history(requested).when("approval.reject", { id, by: "ben", reason: "no" }).then(rejected);
    history(requested).when("approval.withdraw", {}).then(withdrawn);
    history(requested, withdrawn).when("approval.withdraw", {}).then();
    history(requested).when("approval.expire", {}).then(expired);
  });

  it.each([
    ["approved", [approved]],
    ["rejected", [rejected]],
    ["withdrawn", [withdrawn]],
    ["expired", [expired]],
    ["done", [approved, done]],
  ])("that is %s is not decided again, and its timer is silent", (status, events) => {
    const decided = history(requested, ...events);
    decided.when("approval.grant", granted).refused("APPROVAL_DECIDED", { status });
    decided.when("approval.reject", { id, by: "ben", reason: "no" }).refused("APPROVAL_DECIDED", { status });
    decided.when("approval.expire", {}).then();
    if (status !== "approved") expect(dueOf(decided.state)).toEqual([]);
  });

  it("keeps what came of it, once", () => {
    history(requested, approved).when("approval.record", { outcome }).then(done);
    history(requested, approved, done).when("approval.record", { outcome }).then();
    history(requested, rejected).when("approval.record", { outcome }).refused("APPROVAL_DECIDED");
    const refused = { refused: "NOT_FOUND", detail: "There is no such role." };
    history(requested, approved)
      .when("approval.record", { outcome: refused })
      .then({ type: "approval.carried-out", data: { outcome: refused } });
  });

  it("that does not exist is not found", () => {
    history().when("approval.grant", granted).refused("NOT_FOUND");
    history().when("approval.withdraw", {}).refused("NOT_FOUND");
    expect(dueOf({ status: "absent" })).toEqual([]);
  });
});
