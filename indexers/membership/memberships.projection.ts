/** Who works for a seller, without the addresses of those who are invited. */
import type { MembershipState } from "../../models/membership/membership.aggregate";
import type { MembershipHit } from "../../models/membership/membership.contract";
import type { DocumentProjection } from "../kernel/projection";

export const memberships: DocumentProjection = {
  kind: "document",
  name: "memberships",
  revision: 1,
  source: "membership",
  settings: {},
  mappings: {
    dynamic: "strict",
    properties: {
      id: { type: "keyword" },
      version: { type: "integer" },
      sellerId: { type: "keyword" },
      role: { type: "keyword" },
      status: { type: "keyword" },
      accountId: { type: "keyword" },
    },
  },
  document({ aggregateId: id, version, state }) {
    const membership = state as MembershipState;
    if (membership.status === "absent") return null;
    const { sellerId, role, status } = membership;
    const accountId = "accountId" in membership ? membership.accountId : null;
    const hit: MembershipHit = { id, version, sellerId, role, status, accountId };
    return hit;
  },
};
