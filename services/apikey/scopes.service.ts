/** What a key of a program may be given: what its maker may do, but for what no program may do in a person's name. */
import { contracts } from "../../models/contracts";
import { PUBLIC } from "../../models/kernel/contract";
import { NEVER_BY_KEY, type KeyScope } from "../../models/apikey/apikey.contract";
import type { Principal } from "../kernel/call";
import { holdsSomewhere, type Roles } from "../kernel/permission";

/** By permission: what of it can be reached from outside, in words. */
function opened(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { permission, summary, http } of contracts.flatMap(({ actions }) => Object.values(actions))) {
    if (http === undefined || permission === PUBLIC || NEVER_BY_KEY.includes(permission)) continue;
    found.set(permission, [...(found.get(permission) ?? []), summary]);
  }
  return found;
}

let known: ReadonlyMap<string, readonly string[]> | null = null;

export function scopesOf(roles: Roles, principal: Principal): KeyScope[] {
  known ??= opened();
  return [...known]
    .filter(([permission]) => holdsSomewhere(roles, principal, permission))
    .map(([scope, opens]) => ({ scope, opens }))
    .sort((a, b) => (a.scope < b.scope ? -1 : 1));
}
