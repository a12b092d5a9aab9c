/** Experiments one by one, as their histories have them. */
import type { ExperimentState } from "../../models/experiment/experiment.aggregate";
import type { ExperimentView } from "../../models/experiment/experiment.contract";
import { documentOf } from "../kernel/document";
import { date, integer, kept, keyword } from "../kernel/fields";

export const experiments = documentOf<ExperimentState>({
  name: "experiments",
  revision: 1,
  source: "experiment",
  fields: {
    ...{ id: keyword, version: integer, status: keyword, content: kept, winner: keyword },
    ...{ from: date, until: date, startedAt: date, stoppedAt: date },
  },
  document(state, { id, version }): ExperimentView {
    const { status, content, from, until } = state;
    return {
      ...{ id, version, status, content, from, until },
      startedAt: state.status === "draft" ? null : state.startedAt,
      stoppedAt: state.status === "stopped" ? state.stoppedAt : null,
      winner: state.status === "stopped" ? state.winner : null,
    };
  },
});
