/** What a principal may see of a history: whether it sees it at all, and whose personal fields in clear. */
import { ANONYMOUS, type Principal } from "./call";
import { refuseKernel } from "../../models/kernel/refusal";
import { holds } from "./permission";

/** Everybody's personal fields in clear: for those who answer a person's questions. */
export const PERSONAL = "history.personal";
export const READ = "history.read";

export interface Sight {
  /** May look at every history of the mall. */
  readonly all: boolean;
  /** May look at what this party owns. */
  owns(party: string | null): boolean;
  /** May see the personal fields of this subject. */
  knows(subject: string | null): boolean;
}

export function sightOf(principal: Principal): Sight {
  const { id } = principal;
  const everybody = holds(principal, PERSONAL);
  const self = (party: string | null): boolean => party !== null && id !== ANONYMOUS.id && party === id;
  return { all: holds(principal, READ), owns: self, knows: (subject) => everybody || self(subject) };
}

/** @throws UNAUTHENTICATED, FORBIDDEN; the same whether there is such a thing or not */
export function refuseUnseen(sight: Sight, party: string | null, { id }: Principal): void {
  if (sight.all || sight.owns(party)) return;
  const detail = `Looking at this history needs the permission ${READ}`;
  if (id === ANONYMOUS.id) refuseKernel("UNAUTHENTICATED", `${detail}: log in first.`, { permission: READ });
  refuseKernel("FORBIDDEN", `${detail}, or that it is yours.`, { permission: READ });
}
