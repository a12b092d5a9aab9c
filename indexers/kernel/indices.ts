/**
 * Which indices a projection has. Queries read the alias `<ns>-<projection>`, which stands on exactly one index; a
 * rebuild marks the index that it fills with the alias `…-building`. Writers write to every index that carries one of
 * both, and never rely on marks read more than LEASE_MS ago: whoever sets or removes a mark and waits that
 * long knows that all writers of all processes have seen it.
 */
import { errors, type Client } from "@elastic/elasticsearch";
import { reaching } from "./client";
import type { Described } from "./projection";

export const LEASE_MS = 1_000;

export interface IndexName {
  readonly index: string;
  readonly revision: number;
  /** Counts the rebuilds of a revision. */
  readonly number: number;
}

export interface Marks {
  /** What queries read; null before the first start. */
  readonly live: IndexName | null;
  readonly building: IndexName | null;
}

export const aliasOf = (namespace: string, projection: string): string => `${namespace}-${projection}`;
export const buildingOf = (namespace: string, projection: string): string => `${namespace}-${projection}-building`;

export const indexName = (alias: string, revision: number, number: number): IndexName => ({
  index: `${alias}-r${revision}-${number}`,
  revision,
  number,
});

/** Reads a name back; null for an index that is none of this alias. */
export function parseIndex(alias: string, index: string): IndexName | null {
  if (!index.startsWith(`${alias}-r`)) return null;
  const [, revision, number] = /^r(\d+)-(\d+)$/.exec(index.slice(alias.length + 1)) ?? [];
  return revision === undefined ? null : { index, revision: Number(revision), number: Number(number) };
}

/** Every index of the projection, whatever it is marked as. */
export async function indicesOf(client: Client, alias: string): Promise<IndexName[]> {
  const found = await reaching("list its indices", () => client.indices.getAlias({ index: `${alias}-r*` }));
  return Object.keys(found).flatMap((index) => parseIndex(alias, index) ?? []);
}

export async function marksOf(client: Client, namespace: string, projection: string): Promise<Marks> {
  const alias = aliasOf(namespace, projection);
  const building = buildingOf(namespace, projection);
  const found = await reaching("name its indices", () =>
    // both at once: a switch of the aliases is seen wholly or not at all
    client.indices.getAlias({ index: `${alias}-r*` }),
  );
  const marks: { live: IndexName | null; building: IndexName | null } = { live: null, building: null };
  for (const [index, entry] of Object.entries(found)) {
    const parsed = parseIndex(alias, index);
    const aliases = parsed === null ? {} : entry.aliases;
    if (alias in aliases) marks.live = parsed;
    if (building in aliases) marks.building = parsed;
  }
  return marks;
}

export interface Showing {
  /** Shows nothing before it is told to. */
  readonly hidden?: true;
}

export interface NewIndex extends Showing {
  readonly name: IndexName;
  /** The mark that it carries from its first moment. */
  readonly mark: string;
  /** What the index says of itself from its first moment. */
  readonly meta?: Readonly<Record<string, unknown>>;
}

/** @returns false when another process has made it already */
export async function createIndex(client: Client, projection: Described, made: NewIndex): Promise<boolean> {
  const body = {
    index: made.name.index,
    aliases: { [made.mark]: {} },
    mappings: { ...projection.mappings, ...(made.meta && { _meta: { ...made.meta } }) },
    settings: {
      ...{ number_of_shards: 1, auto_expand_replicas: "0-1", ...projection.settings },
      // no other interval is named: the engine's own shows within a second what somebody asks for, and costs nothing
      // where nobody asks (the first to ask again sees all of it)
      ...(made.hidden && { refresh_interval: "-1" }),
    },
  };
  try {
    await reaching(`create ${made.name.index}`, () => client.indices.create(body));
    return true;
  } catch (error) {
    if (error instanceof errors.ResponseError && error.message.includes("resource_already_exists")) return false;
    throw error;
  }
}

export interface Ensured {
  /** True when queries read an index of another revision: it serves until `rebuild` has made the new one. */
  readonly rebuildNeeded: boolean;
}

/** Makes the first index where there is none. Every process does so at start; one of them wins. */
export async function ensureIndex(
  client: Client,
  namespace: string,
  projection: Described,
  showing: Showing = {},
): Promise<Ensured> {
  const alias = aliasOf(namespace, projection.name);
  // listed before the marks are read: whoever makes the first index in between has taken the number computed here
  const numbers = (await indicesOf(client, alias)).map(({ number }) => number);
  const { live } = await marksOf(client, namespace, projection.name);
  if (live) return { rebuildNeeded: live.revision !== projection.revision };
  const name = indexName(alias, projection.revision, Math.max(0, ...numbers) + 1);
  await createIndex(client, projection, { name, mark: alias, ...showing });
  return { rebuildNeeded: false };
}

/** The marks, looked up again when they are older than the lease. */
export function leasedMarks(client: Client, namespace: string, projection: string): () => Promise<Marks> {
  let held: { marks: Marks; until: number } | null = null;
  return async () => {
    if (held && performance.now() < held.until) return held.marks;
    const asked = performance.now();
    const marks = await marksOf(client, namespace, projection);
    held = { marks, until: asked + LEASE_MS };
    return marks;
  };
}
