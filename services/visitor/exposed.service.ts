/** What an event says of the experiment that its search took part in: read from the id of the search. Pure. */
import type { Trial } from "../../models/experiment/experiment.facts.contract";
import type { Team } from "../../models/experiment/experiment.interleaving.contract";
import type { VisitorEvent } from "../../models/visitor/visitor.events.contract";
import type { Pepper } from "../kernel/pepper";
import { exposureIn, type Exposure } from "./query-id.service";

export const isExposed = (pepper: Pepper, { query_id: id }: VisitorEvent): boolean =>
  id !== undefined && exposureIn(pepper, id) !== null;

/** The visitor's name within the experiment: it says nothing outside of it, and not who they are. */
const unitOf = (pepper: Pepper, experiment: string, who: string): string =>
  pepper.mac("experiment unit", experiment, who);

/** What the event tells beside who took part: how the search was answered, or whose product was clicked. */
function toldBy({ action_name, event_attributes }: VisitorEvent, { results, tookMs, teams }: Exposure): Partial<Trial> {
  if (action_name === "search") return { results, tookMs };
  const team = teams[event_attributes?.position?.ordinal ?? -1] as Team | undefined;
  return action_name === "click" && team !== undefined ? { team } : {};
}

export function trialOf(pepper: Pepper, who: string, event: VisitorEvent): Trial | undefined {
  const exposure = exposureIn(pepper, event.query_id ?? "");
  if (exposure === null) return undefined;
  const { experiment, arm } = exposure;
  return { experiment, arm, unit: unitOf(pepper, experiment, who), ...toldBy(event, exposure) };
}
