/** Every change of everything: what it was done to, by which command, and that its state was kept. Not who did it. */
import type { Commit } from "../../models/kernel/row";
import { date, integer, keyword } from "../kernel/fields";
import type { Json } from "../kernel/projection";
import type { Recording } from "../kernel/records";

function changed({ aggregate, aggregateId, version, command, events, state, ...row }: Commit): readonly Json[] {
  return [
    {
      "@timestamp": row.committedAt,
      "event.action": command.name,
      "event.dataset": `stoa.${aggregate}`,
      "stoa.aggregate": aggregate,
      "stoa.id": aggregateId,
      "stoa.version": version,
      "stoa.events": events.length,
      // a version that carries its whole state is one to which everything can be taken back
      "stoa.snapshot": state === null || state === undefined ? 0 : 1,
    },
  ];
}

export const commitRecords: Recording = {
  name: "commits",
  revision: 1,
  properties: {
    "@timestamp": date,
    ...{ "event.action": keyword, "event.dataset": keyword, "stoa.aggregate": keyword, "stoa.id": keyword },
    ...{ "stoa.version": integer, "stoa.events": integer, "stoa.snapshot": integer },
  },
  sources: { "*": changed },
};
