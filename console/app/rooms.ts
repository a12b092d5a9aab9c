/** Which parts of the mall are somebody's. The mall itself decides about each act; this only says what is offered. */
import type { Person } from "../client/session";

/** Ids of the sellers for whom somebody works. */
export const sellersOf = (person: Person): readonly string[] => [
  ...new Set(person.grants.flatMap(({ role, party }) => (role.startsWith("seller-") && party !== null ? [party] : []))),
];

export const isAdmin = (person: Person): boolean =>
  person.all || person.grants.some(({ role, party }) => role.startsWith("admin-") && party === null);

/** The mall's people may look at any seller's desk. */
export const isSeller = (person: Person): boolean => isAdmin(person) || sellersOf(person).length > 0;

/** Where somebody begins after signing in. */
export function homeOf(person: Person): string {
  if (isAdmin(person)) return "/admin";
  return isSeller(person) ? "/seller" : "/";
}
