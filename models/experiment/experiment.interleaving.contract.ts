/**
 * Team-draft interleaving: two rankers fill one list in turn, and the clicks say which one is preferred; it takes far
 * fewer searches than two separate lists (Radlinski, Kurup, Joachims: "How Does Clickthrough Data Reflect Retrieval
 * Quality?", CIKM 2008). In each round a coin says who picks first; each picks its best of those left. Pure.
 */

export type Team = "a" | "b";

export interface Picked {
  readonly id: string;
  readonly team: Team;
}

/** @param coin true for `a` to pick first in the round; of the same search always the same */
export function interleaved(
  a: readonly string[],
  b: readonly string[],
  { size, coin }: { readonly size: number; readonly coin: (round: number) => boolean },
): Picked[] {
  const list: Picked[] = [];
  const taken = new Set<string>();
  const pick = (team: Team): boolean => {
    const id = (team === "a" ? a : b).find((one) => !taken.has(one));
    if (id === undefined || list.length >= size) return false;
    taken.add(id);
    list.push({ id, team });
    return true;
  };
  for (let round = 0; list.length < size; round++) {
    const order: readonly Team[] = coin(round) ? ["a", "b"] : ["b", "a"];
    const picked = order.map(pick);
    if (!picked.includes(true)) return list;
  }
  return list;
}

/** Which ranker a search with these clicks speaks for; null for neither. */
export function preferred(list: readonly Picked[], clicked: readonly string[]): Team | null {
  const clicks = (team: Team): number => list.filter((one) => one.team === team && clicked.includes(one.id)).length;
  const [a, b] = [clicks("a"), clicks("b")];
  if (a === b) return null;
  return a > b ? "a" : "b";
}
