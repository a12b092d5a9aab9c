/** What a key of a program is given, as it is chosen. Pure. */
import type { KeyScope } from "../../models/apikey/apikey.contract";

/** As many as the mall takes; a test holds it against the contract. */
export const SCOPES_MAX = 50;

const groupOf = ({ scope }: KeyScope): string => scope.slice(0, scope.indexOf("."));

/** What belongs to one kind of thing together: `offer.read` beside `offer.write`. */
export function groupsOf(scopes: readonly KeyScope[]): [string, KeyScope[]][] {
  const groups = new Map<string, KeyScope[]>();
  for (const one of scopes) groups.set(groupOf(one), [...(groups.get(groupOf(one)) ?? []), one]);
  return [...groups];
}

const TOLD = 3;

/** The first of what a permission opens; that there is more, where there is. */
export const openedBy = (opens: readonly string[]): string =>
  [...opens.slice(0, TOLD), ...(opens.length > TOLD ? ["…"] : [])].join("; ");

export function chosenOf(chosen: ReadonlySet<string>, scope: string, yes: boolean): ReadonlySet<string> {
  const others = [...chosen].filter((one) => one !== scope);
  return new Set(yes ? [...others, scope] : others);
}
