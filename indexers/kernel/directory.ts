/**
 * A versioned cache of a whole projection, for names and states that change for many documents at once: they are
 * resolved when a query is answered, never copied into what they name. Every process keeps its own; it asks the index
 * for what is new at most once in `ageMsMax`, and at once for a query that brings a token for something it does not
 * have yet: with the token a change is seen for sure, without it soon. A query without one does not wait for a look
 * that is due, unless the last one is long ago: then it would show a mall of another day.
 */
import type { estypes } from "@elastic/elasticsearch";
import type { WriteMark } from "../../models/kernel/contract";
import { asking } from "./client";
import { aliasOf } from "./indices";
import { waited, type QueryContext, type QueryDeps } from "./query";

export interface DirectoryOptions<D, V> {
  readonly deps: QueryDeps;
  /** A projection of kind `document`: its documents carry the version of what they show. */
  readonly projection: string;
  /** What is kept of each document. */
  readonly fields: readonly string[];
  /** What queries are given. Called again only when something has changed. */
  readonly make: (documents: ReadonlyMap<string, D>) => V;
  readonly documentsMax?: number;
  readonly ageMsMax?: number;
}

/** The newest value. @throws READ_BEHIND for a token whose writes are not there in time, SEARCH_UNAVAILABLE */
export type Directory<V> = (context: QueryContext) => Promise<V>;

const AGE_MS_MAX = 1_000;
/** So many times the age at which a look is due, and queries wait for it. */
const LONG_AGO = 5;
const DOCUMENTS_MAX = 50_000;
const PAGE = 1_000;
/** Writes of one moment may become visible in another order: so many of the last ones are read again. */
const OVERLAP = 200;

interface Kept<D> {
  /** The index behind the alias: a rebuild makes another one, which counts from the beginning. */
  readonly index: string;
  readonly documents: Map<string, D>;
  readonly versions: Map<string, number>;
  seqNo: number;
  /** Something was taken that the value does not show yet. */
  changed: boolean;
}

type Hit<D> = estypes.SearchHit<D>;

const nothing = <D>(index: string): Kept<D> => ({
  index,
  documents: new Map(),
  versions: new Map(),
  seqNo: -1,
  changed: true,
});

function take<D>(kept: Kept<D>, { _id, _version = 0, _seq_no = -1, _source }: Hit<D>): void {
  kept.seqNo = Math.max(kept.seqNo, _seq_no);
  if (_id === undefined || _source === undefined || (kept.versions.get(_id) ?? 0) >= _version) return;
  kept.versions.set(_id, _version);
  kept.documents.set(_id, _source);
  kept.changed = true;
}

const lacks = (versions: ReadonlyMap<string, number>, after: readonly WriteMark[], projection: string): boolean =>
  after.some(({ version, targets }) =>
    targets.some((target) => target.projection === projection && (versions.get(target.id) ?? 0) < version),
  );

/** One read for all who wait for one; a caller never gets what was read before it asked. */
function shared(read: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  let next: Promise<void> | null = null;
  return () => {
    if (next) return next;
    const before = running;
    next = running = (async () => {
      await before.catch(() => undefined);
      next = null;
      await read();
    })();
    return next;
  };
}

/** What nobody waits for, one at a time; that it failed is seen by who waits for the next. */
function unwaited(run: () => Promise<void>): () => void {
  let running = false;
  return () => {
    if (running) return;
    running = true;
    void run()
      .catch(() => undefined)
      .finally(() => (running = false));
  };
}

async function indexBehind({ client, namespace }: QueryDeps, projection: string): Promise<string> {
  const name = aliasOf(namespace, projection);
  const found = await asking(`find ${projection}`, () => client.indices.getAlias({ name }));
  return Object.keys(found)[0] ?? name;
}

export function createDirectory<D, V>(options: DirectoryOptions<D, V>): Directory<V> {
  const { deps, projection, fields, make, documentsMax = DOCUMENTS_MAX, ageMsMax = AGE_MS_MAX } = options;
  let kept: Kept<D> | null = null;
  let value: V | undefined;
  let readAt = -Infinity;

  const page = (index: string, after: number): Promise<estypes.SearchResponse<D>> =>
    asking(`read ${projection}`, () =>
      deps.client.search<D>({
        index,
        size: PAGE,
        query: { range: { _seq_no: { gt: after } } },
        sort: [{ _seq_no: "asc" }],
        version: true,
        seq_no_primary_term: true,
        track_total_hits: false,
        _source_includes: [...fields],
      }),
    );

  const read = async (): Promise<void> => {
    const began = performance.now();
    const index = await indexBehind(deps, projection);
    const into = kept?.index === index ? kept : nothing<D>(index);
    for (let after = into.seqNo - OVERLAP, size = PAGE; size === PAGE; after = into.seqNo) {
      const { hits } = await page(index, after);
      for (const hit of hits.hits) take(into, hit);
      size = hits.hits.length;
      if (into.documents.size > documentsMax) {
        throw new Error(`${projection} has more than the ${documentsMax} documents that its directory may hold`);
      }
    }
    if (into.changed) value = make(into.documents);
    into.changed = false;
    kept = into;
    readAt = began;
  };
  const refresh = shared(read);
  const lookAgain = unwaited(refresh);

  return async (context) => {
    const after = context.meta.after ?? [];
    await waited(deps, context, { projection, visibility: "search" });
    const age = performance.now() - readAt;
    if (kept === null || age > ageMsMax * LONG_AGO || lacks(kept.versions, after, projection)) await refresh();
    // what fails here fails again, aloud, when it has been due for long
    else if (age > ageMsMax) lookAgain();
    return value as V;
  };
}
