/** What is asked next: mostly what has been answered well least often, so that no route is left out. */
import type { Random } from "../../../bin/demo/random";
import type { FuzzRoute } from "./routes";
import type { Person, Run } from "./run";

const TOWARDS = 0.85;
/** Asked in vain so often, a route counts as if it was answered well once: one that cannot be must not take all. */
const VAIN = 8;
const NEEDIEST = 8;

/** A little above what is promised, for several are under way at once. */
export const goalOf = (least: number): number => Math.max(1, Math.ceil(least * 1.05));

/** A run is as long as was asked for, and up to three times as long where a route is not answered well often enough. */
const LONGER = 3;

export function goesOn({ asked, counts }: Run, least: number, requests: number): boolean {
  if (asked < requests) return true;
  const short = [...counts.values()].some(({ valid }) => valid < least);
  return short && asked < requests * LONGER;
}

function rankOf({ counts }: Run, { name }: FuzzRoute): number {
  const { asked = 0, valid = 0 } = counts.get(name) ?? {};
  return valid + (asked - valid) / VAIN;
}

/** How likely it is that a request is put out of order, and that who asks is who it concerns. */
export interface Manner {
  readonly spoiled: number;
  readonly concerned: number;
}

const CAREFUL: Manner = { spoiled: 0.15, concerned: 0.93 };
const WILD: Manner = { spoiled: 0.6, concerned: 0.4 };

/** What has been answered well often enough is asked for the odd rather than for the good. */
export const mannerOf = (run: Run, route: FuzzRoute, least: number): Manner =>
  rankOf(run, route) < goalOf(least) ? CAREFUL : WILD;

export function chosenRoute(run: Run, least: number, random: Random): FuzzRoute {
  const { routes } = run;
  const rank = (route: FuzzRoute): number => rankOf(run, route);
  const short = routes.filter((route) => rank(route) < goalOf(least));
  if (short.length === 0 || !random.chance(TOWARDS)) return random.pick(routes);
  return random.pick(short.toSorted((one, other) => rank(one) - rank(other)).slice(0, NEEDIEST));
}

export function chosenPerson({ people }: Run, random: Random): Person {
  const line = people.flatMap((person) => new Array<Person>(person.weight).fill(person));
  return random.pick(line);
}
