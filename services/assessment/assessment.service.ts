import type { ServiceSchema } from "moleculer";
import { assessment, type AssessmentState } from "../../models/assessment/assessment.aggregate";
import type { AssessmentId, AssessmentView } from "../../models/assessment/assessment.contract";
import { assessmentContract } from "../../models/assessment/assessment.contract";
import { erased } from "../../models/kernel/aggregate";
import { historyReader, newestOrRefuse } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { aggregateService } from "../kernel/service";

export const assessmentService = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "assessment");
  return aggregateService(node, {
    contract: assessmentContract,
    aggregate: erased(assessment),
    queries: {
      "assessment.get": async ({ id }: AssessmentId): Promise<AssessmentView> => {
        const { version, state } = await newestOrRefuse<AssessmentState>(
          reader,
          id,
          "payment that was held for a look",
        );
        return { ...state, id, version };
      },
    },
  });
};
