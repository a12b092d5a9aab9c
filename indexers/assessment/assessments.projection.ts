/** Payments held for a look, as assessment.list shows them. */
import type { AssessmentState } from "../../models/assessment/assessment.aggregate";
import type { AssessmentView } from "../../models/assessment/assessment.contract";
import { documentOf } from "../kernel/document";
import { date, integer, kept, keyword, shown } from "../kernel/fields";

const amount = { type: "long" } as const;

export const assessments = documentOf<AssessmentState>({
  name: "assessments",
  revision: 2,
  source: "assessment",
  fields: {
    ...{ id: keyword, version: integer, status: keyword, decisionId: keyword, customerId: keyword },
    ...{ amountMinor: amount, releaseAloneMaxMinor: amount, currency: keyword, probability: { type: "double" } },
    ...{ reasons: kept, note: shown, openedAt: date, decidedAt: date },
  },
  document(state, { id, version }): AssessmentView {
    const { status, decisionId, customerId, amountMinor, currency, probability, reasons, ...rest } = state;
    const { releaseAloneMaxMinor, openedAt, decidedAt, note } = rest;
    const what = { decisionId, customerId, amountMinor, currency, probability, reasons, releaseAloneMaxMinor };
    return { id, version, status, ...what, openedAt, decidedAt, note };
  },
});
