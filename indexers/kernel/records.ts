/**
 * Records are what happened, one document for each thing that did, to be added up when somebody asks. Nothing is ever
 * changed in them: `_id` follows from what is recorded (`<aggregate>/<id>@<version>#<n>`, `<collection>/<id>#<n>`), so
 * that a commit or a fact that is read twice says the same again. One reader reads every version for all of them, not
 * only the newest; where the revision of one goes up it is another reader, which begins with the histories.
 */
import type { Client, estypes } from "@elastic/elasticsearch";
import { errors } from "@elastic/elasticsearch";
import type { Fact } from "../../models/kernel/facts";
import type { Commit } from "../../models/kernel/row";
import { commitRef } from "../../models/kernel/row";
import { failuresOf, IndexingRefused, sendBulk, type Operation } from "./bulk";
import { reaching } from "./client";
import { fingerprint } from "./cursor";
import type { Indexer } from "./indexer";
import type { Json } from "./projection";

export interface Recording {
  /** In lower case: the alias is `<namespace>-analytics-<name>`. */
  readonly name: string;
  readonly revision: number;
  readonly properties: Readonly<Record<string, estypes.MappingProperty>>;
  /** By aggregate, or `*` for every one: what happened in a commit, in the order in which it did. */
  readonly sources?: Readonly<Record<string, (commit: Commit) => readonly Json[]>>;
  /** By collection: what a fact says. */
  readonly facts?: Readonly<Record<string, (fact: Fact) => readonly Json[]>>;
}

export interface RecorderOptions {
  readonly client: Client;
  readonly namespace: string;
  readonly recordings: readonly Recording[];
  /** Of the mall: whoever records everything reads them all. */
  readonly aggregates: readonly string[];
}

/** Every version counts. */
export interface Recorder extends Indexer {
  readonly heads: false;
  /** Makes every index that is missing, so that whoever asks finds nothing rather than an error. */
  ensure(): Promise<void>;
  /** Facts of one collection. @throws SearchUnavailable (retryable), IndexingRefused */
  readFacts(collection: string, facts: readonly Fact[]): Promise<void>;
  /** What is neither committed nor kept, under an id of its own. */
  note(recording: string, id: string, record: Json): Promise<void>;
}

const EVERY = "*";

export const recordsOf = (namespace: string, name: string): string => `${namespace}-analytics-${name}`;

const indexOf = (namespace: string, { name, revision }: Recording): string =>
  `${recordsOf(namespace, name)}-r${revision}`;

interface Said {
  readonly recording: Recording;
  readonly id: string;
  readonly record: Json;
}

function operationOf(namespace: string, { recording, id, record }: Said): Operation {
  const action = JSON.stringify({ index: { _index: indexOf(namespace, recording), _id: id } });
  return { id, action, document: JSON.stringify(record) };
}

const numbered = (recording: Recording, ref: string, records: readonly Json[]): Said[] =>
  records.map((record, n) => ({ recording, id: `${ref}#${n}`, record }));

function saidIn(recordings: readonly Recording[], commit: Commit): Said[] {
  const ref = commitRef(commit.aggregate, commit.aggregateId, commit.version);
  return recordings.flatMap((recording) => {
    const say = recording.sources?.[commit.aggregate] ?? recording.sources?.[EVERY];
    return numbered(recording, ref, say?.(commit) ?? []);
  });
}

/** Several nodes may do so at once: one of them wins. */
async function ensure({ client, namespace }: RecorderOptions, recording: Recording): Promise<void> {
  const index = indexOf(namespace, recording);
  try {
    await reaching(`create ${index}`, () =>
      client.indices.create({
        index,
        aliases: { [recordsOf(namespace, recording.name)]: {} },
        mappings: { dynamic: "strict", properties: { ...recording.properties } },
        settings: { number_of_shards: 1, auto_expand_replicas: "0-1" },
      }),
    );
  } catch (error) {
    const exists = error instanceof errors.ResponseError && error.message.includes("resource_already_exists");
    if (!exists) throw error;
  }
}

function aggregatesOf({ recordings, aggregates }: RecorderOptions): readonly string[] {
  const named = new Set(recordings.flatMap(({ sources = {} }) => Object.keys(sources)));
  return named.has(EVERY) ? aggregates : [...named];
}

/** Another one as soon as one of them says something else. */
const revisionOf = (recordings: readonly Recording[]): string =>
  fingerprint(Object.fromEntries(recordings.map(({ name, revision }) => [name, revision])));

export function createRecorder(options: RecorderOptions): Recorder {
  const { client, namespace, recordings } = options;
  const made = new Map<Recording, Promise<void>>();
  /** Made when it is first written to: what nobody does has no index. */
  async function there(recording: Recording): Promise<void> {
    const making = made.get(recording) ?? ensure(options, recording);
    made.set(recording, making);
    await making.catch((error: unknown) => {
      made.delete(recording);
      throw error;
    });
  }
  async function write(said: readonly Said[]): Promise<void> {
    if (said.length === 0) return;
    await Promise.all([...new Set(said.map(({ recording }) => recording))].map(there));
    const operations = said.map((one) => operationOf(namespace, one));
    // each says by itself where it belongs
    const written = await sendBulk(client, `${namespace}-analytics`, operations).catch((error: unknown) => {
      // an index may have been dropped meanwhile
      made.clear();
      throw error;
    });
    const failures = failuresOf(written);
    if (failures.length > 0) throw new IndexingRefused(`${namespace}-analytics`, failures);
  }
  return {
    name: `analytics-${revisionOf(recordings)}`,
    aggregates: aggregatesOf(options),
    heads: false,
    async ensure() {
      for (const recording of recordings) await there(recording);
    },
    read: (commits) => write(commits.flatMap((commit) => saidIn(recordings, commit))),
    readFacts: (collection, facts) =>
      write(
        facts.flatMap((fact) =>
          recordings.flatMap((recording) =>
            numbered(recording, `${collection}/${fact._id}`, recording.facts?.[collection]?.(fact) ?? []),
          ),
        ),
      ),
    note(name, id, record) {
      const recording = recordings.find((one) => one.name === name);
      if (!recording) return Promise.reject(new Error(`Nothing is recorded as "${name}": see indexers/analytics.ts`));
      return write([{ recording, id, record }]);
    },
  };
}
