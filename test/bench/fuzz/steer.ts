/** What is asked next: mostly what has been answered well least often, so that no route is left out. */
import type { Random } from "../../../bin/demo/random";
import type { FuzzRoute } from "./routes";
import type { Person, Run } from "./run";

const TOWARDS = 0.85;
/** Asked in vain so often, a route counts as if it was answered well once: one that cannot be must not take all. */
const VAIN = 8;
const NEEDIEST = 8;

/** A little above what is promised, for several are under way at once. */
export const goalOf = (least: number): number => Math.ceil(least * 1.1);

/** A run is as long as was asked for, and up to three times as long where a route is not answered well often enough. */
const LONGER = 3;

export function goesOn({ asked, counts }: Run, least: number, requests: number): boolean {
  if (asked < requests) return true;
  const short = [...counts.values()].some(({ valid }) => valid < least);
  return short && asked < requests * LONGER;
}

export function chosenRoute({ routes, counts }: Run, least: number, random: Random): FuzzRoute {
  const rank = ({ name }: FuzzRoute): number => {
    const { asked = 0, valid = 0 } = counts.get(name) ?? {};
    return valid + (asked - valid) / VAIN;
  };
  const short = routes.filter((route) => rank(route) < goalOf(least));
  if (short.length === 0 || !random.chance(TOWARDS)) return random.pick(routes);
  return random.pick(short.toSorted((one, other) => rank(one) - rank(other)).slice(0, NEEDIEST));
}

export function chosenPerson({ people }: Run, random: Random): Person {
  const line = people.flatMap((person) => new Array<Person>(person.weight).fill(person));
  return random.pick(line);
}
