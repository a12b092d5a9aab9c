/**
 * A small projection kept in memory, for what is looked up with every query (names, who is hidden) and must not be
 * copied into every document. The sum of all versions tells whether anything was changed: versions only rise and
 * documents are never deleted, so an equal sum means an equal index. It is asked for at most once per `freshMs`, by a
 * query that needs it, and at once for a query that brings a mark; what was changed lately comes with the same answer.
 */
import type { Client } from "@elastic/elasticsearch";
import type { WriteMark } from "../../models/kernel/contract";
import { refuseKernel } from "../../models/kernel/refusal";
import { asking } from "./client";
import { aliasOf } from "./indices";
import type { Wait } from "./query";

/** What a document must hold to be kept in a directory, beside what is read of it. */
export interface Listed {
  readonly id: string;
  readonly version: number;
  /** ISO 8601, mapped as `date`. */
  readonly changedAt: string;
}

export interface DirectoryOptions<E extends Listed, D> {
  readonly client: Client;
  readonly namespace: string;
  readonly wait: Wait;
  readonly projection: string;
  /** Read of each document, beside what every directory needs. */
  readonly fields: readonly (keyof E & string)[];
  /** What queries are given; made anew when something was changed. */
  readonly derive: (entries: ReadonlyMap<string, E>) => D;
  readonly freshMs?: number;
  readonly entriesMax?: number;
}

/** What is known now; with marks, at least what they name. @throws READ_BEHIND, SEARCH_UNAVAILABLE */
export type Directory<D> = (after: readonly WriteMark[]) => Promise<D>;

const FRESH_MS = 1_000;
const ENTRIES_MAX = 200_000;
const PAGE_SIZE = 5_000;
/** Commits reach the index in any order, but hardly ever so late; what is later still is found by the sum. */
const LATE_MS = 10_000;
const CHANGED_MAX = 1_000;

interface Known<E, D> {
  readonly entries: ReadonlyMap<string, E>;
  /** Of all versions. */
  readonly sum: number;
  readonly newest: string;
  readonly derived: D;
}

interface Run<E extends Listed, D> extends Required<DirectoryOptions<E, D>> {
  readonly index: string;
}

const EPOCH = new Date(0).toISOString();

function knownOf<E extends Listed, D>({ derive }: Run<E, D>, entries: ReadonlyMap<string, E>): Known<E, D> {
  let [sum, newest] = [0, EPOCH];
  for (const { version, changedAt } of entries.values()) {
    sum += version;
    if (changedAt > newest) newest = changedAt;
  }
  return { entries, sum, newest, derived: derive(entries) };
}

const sourceOf = <E extends Listed, D>({ fields }: Run<E, D>): string[] => ["id", "version", "changedAt", ...fields];

/** The entries after an id, in the order of ids. */
async function readPage<E extends Listed, D>(run: Run<E, D>, after: string | null): Promise<readonly E[]> {
  const { hits } = await run.client.search<E>({
    index: run.index,
    size: PAGE_SIZE,
    sort: [{ id: "asc" }],
    _source: sourceOf(run),
    ...(after !== null && { search_after: [after] }),
  });
  return hits.hits.flatMap(({ _source }) => (_source ? [_source] : []));
}

async function readAll<E extends Listed, D>(run: Run<E, D>): Promise<Known<E, D>> {
  const entries = new Map<string, E>();
  let page: readonly E[];
  let after: string | null = null;
  do {
    page = await readPage(run, after);
    for (const entry of page) entries.set(entry.id, entry);
    after = page.at(-1)?.id ?? null;
    if (entries.size > run.entriesMax) {
      const detail = `There are more than ${run.entriesMax} ${run.projection}, more than are kept in memory.`;
      refuseKernel("SEARCH_UNAVAILABLE", detail, { projection: run.projection });
    }
  } while (page.length === PAGE_SIZE);
  return knownOf(run, entries);
}

/** The sum of versions, and what was changed since shortly before the newest change that is known. */
async function readChanges<E extends Listed, D>(run: Run<E, D>, newest: string) {
  const since = new Date(Date.parse(newest) - LATE_MS).toISOString();
  const found = await run.client.search<E, { readonly sum: { readonly value: number } }>({
    index: run.index,
    size: CHANGED_MAX,
    aggs: { sum: { sum: { field: "version" } } },
    post_filter: { range: { changedAt: { gte: since } } },
    sort: [{ changedAt: "desc" }],
    _source: sourceOf(run),
  });
  const changed = found.hits.hits.flatMap(({ _source }) => (_source ? [_source] : []));
  return { sum: found.aggregations?.sum.value ?? 0, changed };
}

/** What is known now; the same object when nothing was changed. */
async function renewed<E extends Listed, D>(run: Run<E, D>, known: Known<E, D> | null): Promise<Known<E, D>> {
  if (known === null) return readAll(run);
  const { sum, changed } = await readChanges(run, known.newest);
  if (sum === known.sum) return known;
  const entries = new Map(known.entries);
  for (const entry of changed) {
    if ((entries.get(entry.id)?.version ?? 0) < entry.version) entries.set(entry.id, entry);
  }
  const next = knownOf(run, entries);
  return next.sum === sum ? next : readAll(run);
}

export function createDirectory<E extends Listed, D>(options: DirectoryOptions<E, D>): Directory<D> {
  const { namespace, projection, wait } = options;
  const run: Run<E, D> = {
    freshMs: FRESH_MS,
    entriesMax: ENTRIES_MAX,
    ...options,
    index: aliasOf(namespace, projection),
  };
  let known: Known<E, D> | null = null;
  let readAt = -Infinity;
  let next: Promise<Known<E, D>> | null = null;
  let running: Promise<unknown> = Promise.resolve();

  const read = async (previous: Promise<unknown>): Promise<Known<E, D>> => {
    await previous.catch(() => undefined);
    // from here on a caller with a mark needs the following one: this reading begins now
    next = null;
    const began = performance.now();
    known = await asking(`list ${projection}`, () => renewed(run, known));
    readAt = began;
    return known;
  };
  const reading = (): Promise<Known<E, D>> => {
    if (next === null) running = next = read(running);
    return next;
  };

  return async (after) => {
    const marked = after.some(({ targets }) => targets.some((target) => target.projection === projection));
    if (marked) await wait(after, projection, "search");
    if (!marked && known !== null && performance.now() - readAt < run.freshMs) return known.derived;
    return (await reading()).derived;
  };
}
