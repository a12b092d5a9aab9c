/** Which events an endpoint is told, as they are chosen. Pure. */
import type { EventType } from "../../models/webhook/webhook.words.contract";

export const EVERYTHING = "*";
export const allOf = (aggregate: string): string => `${aggregate}.*`;

/** By aggregate, those whose names hold what was typed. @param ofSeller only those that sellers are told */
export function groupsOf(types: readonly EventType[], typed: string, ofSeller: boolean): [string, EventType[]][] {
  const wanted = typed.trim().toLowerCase();
  const groups = new Map<string, EventType[]>();
  for (const one of types) {
    if ((ofSeller && !one.sellers) || !one.type.toLowerCase().includes(wanted)) continue;
    groups.set(one.aggregate, [...(groups.get(one.aggregate) ?? []), one]);
  }
  return [...groups];
}

const within = (wider: string, one: string): boolean =>
  wider === EVERYTHING || (wider.endsWith(".*") && one.startsWith(wider.slice(0, -1)));

/** Who chooses more has chosen what is in it; who chooses a part again means the part alone. */
export function chosenWith(chosen: ReadonlySet<string>, one: string, yes: boolean): ReadonlySet<string> {
  const others = [...chosen].filter((other) => other !== one);
  if (!yes) return new Set(others);
  return new Set([...others.filter((other) => !within(one, other) && !within(other, one)), one]);
}

/** What was typed into a field of day and hour, as the mall takes it; null: it is no moment. */
export function momentIn(typed: string): string | null {
  const time = Date.parse(typed);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}
