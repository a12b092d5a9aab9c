/**
 * Records are what happened, one document for each thing that did, to be added up when somebody asks. Nothing is ever
 * changed in them: `_id` is `<aggregate>/<id>@<version>#<n>`, so that a commit that is read twice says the same again.
 * A reader of its own reads every version, not only the newest; a higher revision is another index, and another reader
 * that begins with the histories.
 */
import type { Client, estypes } from "@elastic/elasticsearch";
import { errors } from "@elastic/elasticsearch";
import type { Commit } from "../../models/kernel/row";
import { commitRef } from "../../models/kernel/row";
import { failuresOf, IndexingRefused, sendBulk, type Operation } from "./bulk";
import { reaching } from "./client";
import type { Indexer } from "./indexer";
import type { Json } from "./projection";

export interface Recording {
  /** In lower case: the alias is `<namespace>-analytics-<name>`. */
  readonly name: string;
  readonly revision: number;
  readonly properties: Readonly<Record<string, estypes.MappingProperty>>;
  /** By aggregate, or `*` for every one: what happened in a commit, in the order in which it did. */
  readonly sources: Readonly<Record<string, (commit: Commit) => readonly Json[]>>;
}

export interface RecorderOptions {
  readonly client: Client;
  readonly namespace: string;
  readonly recording: Recording;
  /** Of the mall: whoever records everything reads them all. */
  readonly aggregates: readonly string[];
}

/** Every version counts. */
export interface Recorder extends Indexer {
  readonly heads: false;
}

const EVERY = "*";

export const recordsOf = (namespace: string, name: string): string => `${namespace}-analytics-${name}`;

function operationsOf({ sources }: Recording, commit: Commit): Operation[] {
  const say = sources[commit.aggregate] ?? sources[EVERY];
  const { aggregate, aggregateId, version } = commit;
  return (say?.(commit) ?? []).map((record, n) => {
    const id = `${commitRef(aggregate, aggregateId, version)}#${n}`;
    return { id, action: JSON.stringify({ index: { _id: id } }), document: JSON.stringify(record) };
  });
}

/** Several nodes may do so at once: one of them wins. */
async function ensure({ client, namespace, recording }: RecorderOptions): Promise<string> {
  const alias = recordsOf(namespace, recording.name);
  const index = `${alias}-r${recording.revision}`;
  try {
    await reaching(`create ${index}`, () =>
      client.indices.create({
        index,
        aliases: { [alias]: {} },
        mappings: { dynamic: "strict", properties: { ...recording.properties } },
        settings: { number_of_shards: 1, auto_expand_replicas: "0-1", refresh_interval: "5s" },
      }),
    );
  } catch (error) {
    const exists = error instanceof errors.ResponseError && error.message.includes("resource_already_exists");
    if (!exists) throw error;
  }
  return index;
}

export function createRecorder(options: RecorderOptions): Recorder {
  const { client, recording } = options;
  const named = Object.keys(recording.sources);
  let index: string | null = null;
  return {
    name: `analytics-${recording.name}-r${recording.revision}`,
    aggregates: named.includes(EVERY) ? options.aggregates : named,
    heads: false,
    async read(commits) {
      index ??= await ensure(options);
      const operations = commits.flatMap((commit) => operationsOf(recording, commit));
      if (operations.length === 0) return;
      const failures = failuresOf(await sendBulk(client, index, operations));
      if (failures.length > 0) throw new IndexingRefused(index, failures);
    },
  };
}
