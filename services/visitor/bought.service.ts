/** Visits that ended in a purchase are told to who judged them; where that fails, the events are taken in. */
import type { Logger } from "pino";
import type { Calls } from "../../models/contracts";
import { boughtIn } from "../../models/intent/intent.visit.contract";
import type { Recent, RecordEvents } from "../../models/visitor/visitor.contract";
import { asMall, typed } from "../kernel/call";
import type { CallSite } from "../kernel/service";
import { reasonOf } from "../kernel/wait";

interface Told {
  readonly site: CallSite;
  /** With what was just taken in. */
  readonly recent: () => Promise<Recent>;
}

export async function tellBought(
  log: Pick<Logger, "warn">,
  { events }: Pick<RecordEvents, "events">,
  { site, recent }: Told,
): Promise<void> {
  const purchases = new Set(events.flatMap((one) => (one.action_name === "purchase" ? [one.event_id] : [])));
  if (purchases.size === 0) return;
  try {
    const visits = boughtIn((await recent()).events, purchases);
    const call = typed<Calls>(site.caller, asMall(site.meta, "bought"));
    if (visits.length > 0) await call("intent.bought", { visits });
  } catch (error) {
    log.warn({ reason: reasonOf(error) }, "How a visit ended could not be told");
  }
}
