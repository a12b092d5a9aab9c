/** Who calls, as the columns of docs/permissions.md name them. */
import { builtinRoles, type BuiltinRole } from "../../../models/role/role.builtin.contract";
import type { Principal } from "../../../services/kernel/call";
import { PARTY } from "./example-params";

/** Holds every permission, but only for one party: learnt by the test's mall. */
export const HOLDER = "holder";

const holding = (id: string, role: string, party: string | null): Principal => ({
  id,
  permissions: [],
  grants: [{ role, party }],
});

/** Roles that are held for a party; the others are held for the whole mall. */
const OF_A_PARTY: readonly string[] = ["shopper", "seller-owner", "seller-staff"];

export const callers: ReadonlyMap<string, Principal | undefined> = new Map<string, Principal | undefined>([
  ["anonymous", undefined],
  ["owner", holding(PARTY, HOLDER, PARTY)],
  ["another owner", holding("party-2", HOLDER, "party-2")],
  ...(Object.keys(builtinRoles) as BuiltinRole[]).map((role): [string, Principal] => [
    role,
    OF_A_PARTY.includes(role) ? holding(PARTY, role, PARTY) : holding(`an-${role}`, role, null),
  ]),
]);
