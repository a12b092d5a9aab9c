/**
 * Who may call an action. Denied unless the contract says otherwise: an action is open only by the word PUBLIC, and an
 * empty permission opens nothing. Checked at the action, for every caller alike; the gateway is only one of them.
 *
 * A permission may be held for the whole mall, or by a grant for what belongs to one party (and lies in some channels).
 * Who holds it for the whole mall passes at once; for the others it depends on the thing, and the thing is known only
 * later: so the first check gives a guard, which is asked again when params, state or result are at hand.
 */
import { PUBLIC, type ActionContract, type Owner } from "../../models/kernel/contract";
import { kernelRefusals, Refusal, refuseKernel } from "../../models/kernel/refusal";
import { ANONYMOUS, type Grant, type Principal } from "./call";

/** What the roles of the mall permit, as this node knows it now. A role that is not known permits nothing. */
export interface Roles {
  permits(role: string, permission: string): boolean;
}

/** What there is to know of an action before it may be called. */
export interface Guarded {
  /** Wire name. */
  readonly name: string;
  readonly action: Pick<ActionContract, "permission" | "summary" | "owner" | "channel">;
}

/**
 * Refuses unless all `things` (params, state, result: what is known of the one that the call concerns) belong to a
 * party, and lie in channels, for which the caller holds the permission. With `partly` not everything is known yet:
 * a field that no thing has is not held against the caller.
 */
export type Guard = (things: readonly unknown[], partly?: "partly") => Refusal | null;

/** The guard of those who may do it to anything. */
export const OPEN: Guard = () => null;

/** Held by the admin: every permission, except that an action which declares none stays closed. */
const EVERY = "*";

/** Who acts by a key with scopes holds nothing beyond them. */
const inScope = ({ scopes }: Principal, permission: string): boolean =>
  permission !== "" && (scopes === undefined || scopes.includes(permission));

const direct = (principal: Principal, permission: string): boolean =>
  inScope(principal, permission) &&
  (principal.permissions.includes(permission) || principal.permissions.includes(EVERY));

/** The grants by which somebody holds a permission, for whatever. */
const grantsOf = (roles: Roles, principal: Principal, permission: string): Grant[] =>
  inScope(principal, permission) ? (principal.grants ?? []).filter(({ role }) => roles.permits(role, permission)) : [];

const unbounded = ({ party, channels }: Grant): boolean => party === null && channels === undefined;

/** Whether somebody holds a permission for everything in the mall. */
export const holdsMallWide = (roles: Roles, principal: Principal, permission: string): boolean =>
  direct(principal, permission) || grantsOf(roles, principal, permission).some(unbounded);

/** Whether somebody holds a permission for anything at all. */
export const holdsSomewhere = (roles: Roles, principal: Principal, permission: string): boolean =>
  direct(principal, permission) || grantsOf(roles, principal, permission).length > 0;

/**
 * Tells whether somebody holds a permission for what is this party's, in all channels; null: for what is the mall's.
 * For queries: what they may show beyond what everybody sees depends on whose it is, known only when it is found.
 */
export const holding =
  (roles: Roles, principal: Principal = ANONYMOUS) =>
  (permission: string, party: string | null): boolean =>
    holdsMallWide(roles, principal, permission) ||
    (party !== null &&
      grantsOf(roles, principal, permission).some((grant) => grant.party === party && grant.channels === undefined));

/** What the things say under a field's name; a thing without that field says nothing. */
function valuesOf(things: readonly unknown[], field: string): unknown[] {
  return things.flatMap((thing) => {
    if (typeof thing !== "object" || thing === null || !Object.hasOwn(thing, field)) return [];
    const value = (thing as Readonly<Record<string, unknown>>)[field];
    return value === undefined ? [] : [value];
  });
}

/** Every value fits; where there is none, it is fitting only as long as not all is known. */
const all = (values: readonly unknown[], partly: boolean, fits: (value: unknown) => boolean): boolean =>
  values.length === 0 ? partly : values.every(fits);

/** What concerns the caller alone is the party's whose grant is for the caller: see `concerning`. */
const belongs = (owner: Owner, party: string, things: readonly unknown[], partly: boolean): boolean =>
  typeof owner === "string"
    ? owner === "caller"
    : all(valuesOf(things, owner.field), partly, (value) => value === party);

/** Grants that can reach what an action concerns. */
function concerning({ owner }: Guarded["action"], id: string, grants: readonly Grant[]): readonly Grant[] {
  if (owner === "platform") return grants.filter(({ party }) => party === null);
  return owner === "caller" ? grants.filter(({ party }) => party === null || party === id) : grants;
}

function covers(grant: Grant, { owner, channel }: Guarded["action"], things: readonly unknown[], partly: boolean) {
  const { party, channels } = grant;
  const owned = party === null || belongs(owner, party, things, partly);
  if (!owned || channels === undefined) return owned;
  // an action that names no channel concerns them all
  if (channel === undefined) return false;
  const asked = valuesOf(things, channel.field).flat();
  return all(asked, partly, (value) => typeof value === "string" && channels.includes(value));
}

function elsewhere({ name, action }: Guarded, { id }: Principal): Refusal {
  const { permission, summary, owner } = action;
  const whose = owner === "platform" ? "the mall's own" : "another's, or does not exist";
  const detail = `"${summary}" needs the permission ${permission} for what it concerns: that is ${whose}, and ${id} `;
  return new Refusal("FORBIDDEN", kernelRefusals.FORBIDDEN, `${detail}does not have it there.`, {
    permission,
    action: name,
  });
}

function nowhere({ name, action }: Guarded, { id }: Principal): never {
  const { permission, summary } = action;
  const needs = `"${summary}" needs the permission ${permission || "(none is declared, so nobody has it)"}`;
  const data = { permission, action: name };
  if (id === ANONYMOUS.id) {
    refuseKernel("UNAUTHENTICATED", `${needs}: send a token as "Authorization: Bearer …".`, data);
  }
  return refuseKernel("FORBIDDEN", `${needs}, which ${id} does not have.`, data);
}

/**
 * The guard of a call, OPEN for who needs none.
 * @throws UNAUTHENTICATED for somebody who has not logged in, FORBIDDEN for somebody who holds it for nothing
 */
export function permitted(roles: Roles, guarded: Guarded, principal: Principal = ANONYMOUS): Guard {
  const { action } = guarded;
  const { permission } = action;
  if (permission === PUBLIC || direct(principal, permission)) return OPEN;
  const grants = grantsOf(roles, principal, permission);
  if (grants.some(unbounded)) return OPEN;
  const bounded = concerning(action, principal.id, grants);
  if (bounded.length === 0) return nowhere(guarded, principal);
  return (things, partly) =>
    bounded.some((grant) => covers(grant, action, things, partly !== undefined)) ? null : elsewhere(guarded, principal);
}

/** @throws FORBIDDEN when the guard refuses */
export function pass(guard: Guard, things: readonly unknown[], partly?: "partly"): void {
  const refusal = guard(things, partly);
  if (refusal) throw refusal;
}
