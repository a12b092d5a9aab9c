/**
 * Reads commits for one projection and writes them to every index that is marked: the live one, and the one being
 * built. One batch at a time, so that a document has one writer in this process. The live index may be of another
 * revision until its successor is built: then it is written as well as it can take it, and never holds up the rest.
 */
import type { Client } from "@elastic/elasticsearch";
import type { Commit } from "../../models/kernel/row";
import { createAudience } from "./audience";
import { SearchUnavailable } from "./client";
import { leasedMarks, type IndexName } from "./indices";
import { joinedWriter } from "./joined-writer";
import { aggregatesOf, type Projection } from "./projection";
import { createShow, type Show } from "./refresher";
import { documentWriter, type Writer } from "./writer";

export const CACHE_BYTES_MAX = 8 * 1024 * 1024;
/** What was written is shown at once to those who search it, where the last time is so long ago. */
const SHOW_EVERY_MS = 500;

export interface IndexerOptions {
  readonly client: Client;
  readonly namespace: string;
  readonly projection: Projection;
  readonly cacheBytesMax?: number;
  /** Shows what it wrote at once; without it, when the engine's own interval is over. */
  readonly show?: Show;
  /** Told when the live index is of another revision and refuses something. */
  readonly warn?: (message: string) => void;
}

/** What the durable consumer drives. */
export interface Indexer {
  /** Names the durable consumer: `products-r1`. */
  readonly name: string;
  readonly aggregates: readonly string[];
  /** Applies a batch; a rejection means that none of it counts as read and it comes again. */
  read(commits: readonly Commit[]): Promise<void>;
}

/** Another revision is another reader, which begins anew. */
export const readerNameOf = ({ name, revision }: Pick<Projection, "name" | "revision">): string =>
  `${name}-r${revision}`;

export function writerOf(options: Omit<IndexerOptions, "namespace" | "warn" | "show">, index: string): Writer {
  const { client, projection, cacheBytesMax = CACHE_BYTES_MAX } = options;
  return projection.kind === "document"
    ? documentWriter(client, index, projection)
    : joinedWriter({ client, index, projection, cacheBytesMax });
}

export function createIndexer(options: IndexerOptions): Indexer {
  const { client, namespace, projection, show } = options;
  const marks = leasedMarks(client, namespace, projection.name);
  const writers = new Map<string, Writer>();
  let tail: Promise<void> = Promise.resolve();

  const writerFor = ({ index }: IndexName): Writer => {
    const writer = writers.get(index) ?? writerOf(options, index);
    writers.set(index, writer);
    return writer;
  };

  const writeTo = async (name: IndexName, commits: readonly Commit[]): Promise<void> => {
    try {
      await writerFor(name).write(commits);
    } catch (error) {
      const older = name.revision !== projection.revision;
      if (!older || error instanceof SearchUnavailable) throw error;
      options.warn?.(`${name.index} is of another revision and will be replaced: ${String(error)}`);
    }
  };

  /** Gives the index that queries read. */
  const apply = async (commits: readonly Commit[]): Promise<IndexName | null> => {
    const { live, building } = await marks();
    const targets = [live, building].filter((name) => name !== null);
    if (targets.length === 0) throw new SearchUnavailable(`${projection.name} has no index yet; ensure it at start`);
    for (const index of writers.keys()) if (!targets.some((name) => name.index === index)) writers.delete(index);
    const done = await Promise.allSettled(targets.map((name) => writeTo(name, commits)));
    const errors = done.flatMap((one) => (one.status === "rejected" ? [one.reason as unknown] : []));
    // a refusal is final and parks commits: not before every index could be asked
    const first = errors.find((error) => error instanceof SearchUnavailable) ?? errors[0];
    if (first !== undefined) throw first instanceof Error ? first : new Error("a write failed", { cause: first });
    return live;
  };

  return {
    name: readerNameOf(projection),
    aggregates: aggregatesOf(projection),
    read(commits) {
      const run = tail
        .then(() => apply(commits))
        .then((live) => {
          if (live) show?.(live.index);
        });
      tail = run.catch(() => undefined);
      return run;
    },
  };
}

/** One for each projection; what they write is shown to those who search it. */
export function createIndexers(
  options: Pick<IndexerOptions, "client" | "namespace" | "warn">,
  projections: readonly Projection[],
): Indexer[] {
  const audience = createAudience(options);
  return projections.map((projection) =>
    createIndexer({ ...options, projection, show: createShow(options.client, SHOW_EVERY_MS, audience) }),
  );
}
