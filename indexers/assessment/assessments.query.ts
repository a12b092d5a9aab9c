/** Answers assessment.list from the `assessments` index; assessment.get is answered by the write side. */
import type { AssessmentView, ListAssessments } from "../../models/assessment/assessment.contract";
import { asking } from "../kernel/client";
import { aliasOf } from "../kernel/indices";
import { waited, type QueryContext, type QueryDeps } from "../kernel/query";

const PROJECTION = "assessments";

async function list(deps: QueryDeps, params: ListAssessments, context: QueryContext) {
  await waited(deps, context, { projection: PROJECTION, visibility: "search" });
  const { limit, ...wanted } = params;
  const filter = Object.entries(wanted).map(([field, value]) => ({ term: { [field]: value } }));
  const { hits } = await asking("list assessments", () =>
    deps.client.search<AssessmentView>({
      index: aliasOf(deps.namespace, PROJECTION),
      size: limit,
      query: { bool: { filter } },
      sort: [{ openedAt: "asc" }, { id: "asc" }],
    }),
  );
  return { items: hits.hits.flatMap(({ _source }) => (_source ? [_source] : [])) };
}

export const assessmentQueries = (deps: QueryDeps) => ({
  "assessment.list": (params: ListAssessments, context: QueryContext) => list(deps, params, context),
});
