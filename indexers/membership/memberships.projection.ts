/** Who works for a seller, without the addresses of those who are invited. */
import type { MembershipState } from "../../models/membership/membership.aggregate";
import type { MembershipHit } from "../../models/membership/membership.contract";
import { integer, keyword } from "../kernel/fields";
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
      id: keyword,
      version: integer,
      sellerId: keyword,
      role: keyword,
      status: keyword,
      accountId: keyword,
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
