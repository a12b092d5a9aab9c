/** Writes commits into one index. Both kinds of projection are indifferent to doubles and disorder. */
import type { Client } from "@elastic/elasticsearch";
import type { Commit } from "../../models/kernel/row";
import { failuresOf, IndexingRefused, sendBulk, type Operation } from "./bulk";
import type { DocumentProjection } from "./projection";

export interface Writer {
  /**
   * Resolves when everything is durable in the index.
   * @throws IndexingRefused naming what can never be written (the rest is), SearchUnavailable to try again later
   */
  write(commits: readonly Commit[]): Promise<void>;
}

/** The newest commit of each aggregate in a batch: what counts, for a document is written whole. */
export function newestOf(commits: readonly Commit[]): Commit[] {
  const newest = new Map<string, Commit>();
  for (const commit of commits) {
    const key = `${commit.aggregate}/${commit.aggregateId}`;
    if ((newest.get(key)?.version ?? 0) < commit.version) newest.set(key, commit);
  }
  return [...newest.values()];
}

function operationOf(projection: DocumentProjection, commit: Commit): Operation[] {
  const document = projection.source === commit.aggregate ? projection.document(commit) : null;
  if (document === null) return [];
  const { aggregateId: id, version } = commit;
  const action = JSON.stringify({ index: { _id: id, version, version_type: "external" } });
  return [{ id, action, document: JSON.stringify(document) }];
}

/** The engine compares versions itself: a conflict says that the index is further than the commit. */
export const documentWriter = (client: Client, index: string, projection: DocumentProjection): Writer => ({
  async write(commits) {
    const operations = newestOf(commits).flatMap((commit) => operationOf(projection, commit));
    const failures = failuresOf(await sendBulk(client, index, operations));
    if (failures.length > 0) throw new IndexingRefused(index, failures);
  },
});
