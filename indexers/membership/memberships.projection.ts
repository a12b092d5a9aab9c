/** Who works for a seller, without the addresses of those who are invited. */
import type { MembershipState } from "../../models/membership/membership.aggregate";
import type { MembershipHit } from "../../models/membership/membership.contract";
import { documentOf } from "../kernel/document";
import { integer, keyword } from "../kernel/fields";

export const memberships = documentOf<MembershipState>({
  name: "memberships",
  revision: 1,
  source: "membership",
  fields: {
    id: keyword,
    version: integer,
    sellerId: keyword,
    role: keyword,
    status: keyword,
    accountId: keyword,
  },
  document(membership, { id, version }): MembershipHit {
    const { sellerId, role, status } = membership;
    const accountId = "accountId" in membership ? membership.accountId : null;
    return { id, version, sellerId, role, status, accountId };
  },
});
