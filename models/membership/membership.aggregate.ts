import type { Aggregate, Due } from "../kernel/aggregate";
import type { Iso } from "../kernel/row";
import { refuse } from "../refusals";
import type { AcceptMembership, FoundMembership, MembershipId, OfferMembership } from "./membership.contract";
import type { StaffRole } from "./membership.contract";

interface Place extends MembershipId {
  readonly sellerId: string;
  readonly role: StaffRole;
}

export interface Offered extends OfferMembership {
  /** Added by the service, which has a clock. */
  readonly expiresAt: Iso;
}

export interface InvitedMember extends Omit<Offered, "email"> {
  readonly status: "invited";
  readonly email: string | null;
}

/** `since` is when it came to stand there. */
export interface SettlingMember extends Place {
  readonly status: "accepted" | "leaving";
  readonly accountId: string;
  readonly since: Iso;
}

export interface SettledMember extends Place {
  readonly status: "member";
  readonly accountId: string;
}

export interface EndedMember extends Place {
  readonly status: "ended";
  readonly accountId: string | null;
}

export type KnownMembership = InvitedMember | SettlingMember | SettledMember | EndedMember;
export type MembershipState = { readonly status: "absent" } | KnownMembership;

export type MembershipEvent =
  | { readonly type: "membership.offered"; readonly data: Offered }
  | { readonly type: "membership.founded"; readonly data: FoundMembership & { readonly at: Iso } }
  | { readonly type: "membership.accepted"; readonly data: { readonly accountId: string; readonly at: Iso } }
  | { readonly type: "membership.confirmed"; readonly data: object }
  | { readonly type: "membership.removed"; readonly data: { readonly at: Iso } }
  | { readonly type: "membership.released"; readonly data: object }
  | { readonly type: "membership.expired"; readonly data: object };

export interface MembershipCommands {
  "membership.offer": Offered;
  "membership.found": FoundMembership;
  "membership.accept": AcceptMembership;
  "membership.confirm": MembershipId;
  /** The service says who removes. */
  "membership.remove": MembershipId & { readonly byAccount: string };
  "membership.release": MembershipId;
  "membership.expire": MembershipId;
}

function existing(state: MembershipState): KnownMembership {
  if (state.status === "absent") return refuse("NOT_FOUND", "There is no such membership.");
  return state;
}

function unstarted(state: MembershipState): void {
  if (state.status !== "absent") refuse("ALREADY_EXISTS", "This membership exists already.");
}

function accepting(state: MembershipState, { accountId }: AcceptMembership, at: Iso): readonly MembershipEvent[] {
  const membership = existing(state);
  // accepting once more finishes what was begun
  const again = "accountId" in membership && membership.accountId === accountId && membership.status !== "ended";
  if (again && membership.status !== "leaving") return [];
  if (membership.status !== "invited" || at > membership.expiresAt) {
    refuse("CODE_INVALID", "This invitation was used already, was taken back, or has expired.");
  }
  return [{ type: "membership.accepted", data: { accountId, at } }];
}

function removing(state: MembershipState, byAccount: string, at: Iso): readonly MembershipEvent[] {
  const membership = existing(state);
  if (membership.status === "leaving" || membership.status === "ended") return [];
  if ("accountId" in membership && membership.accountId === byAccount) {
    refuse("MEMBERSHIP_OWN", "Nobody ends their own membership, so that a seller always has somebody: ask another.");
  }
  return [{ type: "membership.removed", data: { at } }];
}

const known = (state: MembershipState): KnownMembership => state as KnownMembership;
const placeOf = (state: MembershipState): Place => {
  const { id, sellerId, role } = known(state);
  return { id, sellerId, role };
};
const accountOf = (state: MembershipState): string => (state as SettledMember).accountId;

const settle = (at: Iso): readonly Due[] => [{ at, command: "membership.settle", params: {} }];

function dueOf(state: MembershipState): readonly Due[] {
  if (state.status === "invited") return [{ at: state.expiresAt, command: "membership.expire", params: {} }];
  return state.status === "accepted" || state.status === "leaving" ? settle(state.since) : [];
}

export const membership: Aggregate<MembershipState, MembershipCommands, MembershipEvent> = {
  name: "membership",
  schema: 1,
  initial: { status: "absent" },
  decide: {
    "membership.offer": (state, params) => {
      unstarted(state);
      return [{ type: "membership.offered", data: params }];
    },
    "membership.found": (state, params, at) => {
      unstarted(state);
      return [{ type: "membership.founded", data: { ...params, at } }];
    },
    "membership.accept": accepting,
    "membership.confirm": (state) =>
      existing(state).status === "accepted" ? [{ type: "membership.confirmed", data: {} }] : [],
    "membership.remove": (state, { byAccount }, at) => removing(state, byAccount, at),
    "membership.release": (state) =>
      existing(state).status === "leaving" ? [{ type: "membership.released", data: {} }] : [],
    "membership.expire": (state) =>
      existing(state).status === "invited" ? [{ type: "membership.expired", data: {} }] : [],
  },
  evolve: {
    "membership.offered": (_state, data) => ({ status: "invited", ...data }),
    "membership.founded": (_state, { at, ...place }) => ({ status: "accepted", ...place, since: at }),
    "membership.accepted": (state, { accountId, at }) => ({
      status: "accepted",
      ...placeOf(state),
      accountId,
      since: at,
    }),
    "membership.confirmed": (state) => ({ status: "member", ...placeOf(state), accountId: accountOf(state) }),
    "membership.removed": (state, { at }) =>
      state.status === "invited"
        ? { status: "ended", ...placeOf(state), accountId: null }
        : { status: "leaving", ...placeOf(state), accountId: accountOf(state), since: at },
    "membership.released": (state) => ({ status: "ended", ...placeOf(state), accountId: accountOf(state) }),
    "membership.expired": (state) => ({ status: "ended", ...placeOf(state), accountId: null }),
  },
  claims: (state) => (state.status === "invited" ? [`membership.email/${state.sellerId}/${state.emailKey}`] : []),
  due: dueOf,
};
