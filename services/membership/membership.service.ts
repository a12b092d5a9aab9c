import type { ServiceSchema } from "moleculer";
import { erased } from "../../models/kernel/aggregate";
import { anyContract } from "../../models/kernel/contract";
import {
  membership,
  type KnownMembership,
  type MembershipCommands,
  type MembershipState,
  type Offered,
} from "../../models/membership/membership.aggregate";
import {
  membershipContract,
  type MembershipHit,
  type MembershipId,
  type MembershipView,
  type OfferMembership,
} from "../../models/membership/membership.contract";
import { historyReader, newestOrRefuse } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { aggregateService, type CallSite } from "../kernel/service";

/** An invitation is good for a week. */
const INVITED_MS = 7 * 24 * 60 * 60_000;

const byCaller = (params: MembershipId, { meta }: CallSite): Promise<MembershipCommands["membership.remove"]> =>
  Promise.resolve({ ...params, byAccount: meta.principal.id });

function hitOf(version: number, state: KnownMembership): MembershipHit {
  const { id, sellerId, role, status } = state;
  return { id, version, sellerId, role, status, accountId: "accountId" in state ? state.accountId : null };
}

export const membershipService = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "membership");
  const expiring = (params: OfferMembership): Promise<Offered> =>
    Promise.resolve({ ...params, expiresAt: new Date(Date.parse(node.clock.now()) + INVITED_MS).toISOString() });
  return aggregateService(node, {
    contract: anyContract(membershipContract),
    aggregate: erased(membership),
    prepare: { "membership.offer": expiring, "membership.remove": byCaller },
    queries: {
      "membership.peek": async ({ id }: MembershipId): Promise<MembershipHit> => {
        const { version, state } = await newestOrRefuse<MembershipState>(reader, id, "membership");
        return hitOf(version, state);
      },
      "membership.get": async ({ id }: MembershipId): Promise<MembershipView> => {
        const { version, state } = await newestOrRefuse<MembershipState>(reader, id, "membership");
        return { ...hitOf(version, state), email: "email" in state ? state.email : null };
      },
    },
  });
};
