/** What was counted of those who take part in experiments: a document per fact, summed when it is asked for. */
import type { TrialFact } from "../../models/experiment/experiment.facts.contract";
import { date, integer, keyword } from "../kernel/fields";
import type { Json } from "../kernel/projection";
import type { Tally } from "../kernel/tally";

export const experimentFacts: Tally<TrialFact> = {
  name: "experimentfacts",
  revision: 1,
  settings: {},
  mappings: {
    dynamic: "strict",
    properties: {
      ...{ id: keyword, at: date, kind: keyword, searchId: keyword },
      ...{ experiment: keyword, arm: integer, unit: keyword, results: integer, tookMs: integer, team: keyword },
      revenue: { properties: { amountMinor: { type: "long" }, currency: keyword } },
    },
  },
  idOf: ({ id }) => id,
  merge: (before, [fact]) => before ?? (fact as unknown as Json),
};
