/** What an event says of the experiment that its search took part in: read from the id of the search. Pure. */
import type { Trial } from "../../models/experiment/experiment.facts.contract";
import type { Team } from "../../models/experiment/experiment.interleaving.contract";
import type { VisitorEvent } from "../../models/visitor/visitor.events.contract";
import type { Pepper } from "../kernel/pepper";
import { exposureIn } from "./query-id.service";

export const isExposed = (pepper: Pepper, { query_id: id }: VisitorEvent): boolean =>
  id !== undefined && exposureIn(pepper, id) !== null;

/** The visitor's name within the experiment: it says nothing outside of it, and not who they are. */
const unitOf = ({ mac }: Pepper, experiment: string, who: string): string => mac("experiment unit", experiment, who);

export function trialOf(pepper: Pepper, who: string, event: VisitorEvent): Trial | undefined {
  const exposure = exposureIn(pepper, event.query_id ?? "");
  if (exposure === null) return undefined;
  const { experiment, arm, results, tookMs, teams } = exposure;
  const team = teams[event.event_attributes?.position?.ordinal ?? -1] as Team | undefined;
  return {
    ...{ experiment, arm, unit: unitOf(pepper, experiment, who) },
    ...(event.action_name === "search" && { results, tookMs }),
    ...(event.action_name === "click" && team !== undefined && { team }),
  };
}
