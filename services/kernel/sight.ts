/** Who looks at a history: what may be seen of it at all, and whose personal fields in clear. */
import type { Principal } from "./call";
import { holdsMallWide, pass, type Guard, type Roles } from "./permission";

/** Everybody's personal fields in clear: for those who answer a person's questions. */
const PERSONAL = "history.personal";

export interface Looker {
  /** Of the action by which the history is looked at. */
  readonly guard: Guard;
  /** May see the personal fields of this subject. */
  readonly knows: (subject: string | null) => boolean;
}

/** Any of its owners may look. @throws FORBIDDEN; the same whether there is such a thing or not */
export function passes(guard: Guard, parties: readonly string[]): void {
  if (!parties.some((party) => guard([{ party }]) === null)) pass(guard, []);
}

/** @param shown told whose fields are seen by the permission to see everybody's */
export function knowerOf(roles: Roles, principal: Principal, shown: (subject: string) => void): Looker["knows"] {
  const everybody = holdsMallWide(roles, principal, PERSONAL);
  return (subject) => {
    if (subject !== null && subject === principal.id) return true;
    if (everybody && subject !== null) shown(subject);
    return everybody;
  };
}
