/** The saved objects as they lie in the file, and the searches of their panels as Kibana would send them. */
import { readFileSync } from "node:fs";
import path from "node:path";
import type { estypes } from "@elastic/elasticsearch";
import type { SavedObject } from "../../../kibana/saved-objects";

export const FILE = path.join(__dirname, "../../../kibana/stoa.ndjson");

export const objects: readonly SavedObject[] = readFileSync(FILE, "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as SavedObject);

interface Spec {
  readonly data: { readonly url: { readonly index: string; readonly body: object } };
}

export function searchIn(id: string): Spec["data"]["url"] {
  const found = objects.find((object) => object.type === "visualization" && object.id === `stoa-${id}`);
  const state = JSON.parse(String(found?.attributes["visState"])) as { params: { spec: string } };
  return (JSON.parse(state.params.spec) as Spec).data.url;
}

/** What Kibana does with a panel before it sends it: the time, and the dashboard's filters, of which there are none. */
export function filled(body: object): estypes.SearchRequest {
  const text = JSON.stringify(body)
    .replaceAll('"%timefilter%":true', '"gte":"now-1d","lte":"now+1d"')
    .replaceAll(/"%dashboard_context-\w+%"/g, '{"match_none":{}}');
  const request = JSON.parse(text) as { query: { bool: Record<"must" | "must_not" | "filter", unknown[]> } };
  const { bool } = request.query;
  const own = (clauses: readonly unknown[]) => clauses.filter((one) => JSON.stringify(one) !== '{"match_none":{}}');
  const query = { bool: { must: own(bool.must), must_not: own(bool.must_not), filter: own(bool.filter) } };
  return { ...request, query } as estypes.SearchRequest;
}
