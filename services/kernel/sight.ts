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

/** @throws FORBIDDEN; the same whether there is such a thing or not */
export const passes = (guard: Guard, party: string | null): void => pass(guard, party === null ? [] : [{ party }]);

export function knowerOf(roles: Roles, principal: Principal): Looker["knows"] {
  const everybody = holdsMallWide(roles, principal, PERSONAL);
  return (subject) => everybody || (subject !== null && subject === principal.id);
}
