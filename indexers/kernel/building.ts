/** The index that a rebuild fills: who fills it, how far it is, and how it becomes the one that is read. */
import type { Client } from "@elastic/elasticsearch";
import { reaching } from "./client";
import type { HistoryReader } from "./histories";
import { aliasOf, buildingOf, createIndex, indexName, indicesOf, marksOf, type IndexName } from "./indices";
import type { Projection } from "./projection";

/** Without a sign of life for so long, whoever filled it is gone. */
const ABANDONED_MS = 20_000;

export interface Progress {
  readonly phase: "fill" | "verify";
  readonly done: number;
  readonly total: number;
  readonly etaMs: number;
}

export interface RebuildOptions {
  readonly client: Client;
  readonly namespace: string;
  readonly projection: Projection;
  readonly histories: readonly HistoryReader[];
  /** Sources per aggregate to compare before the switch; all of them when left out. */
  readonly sample?: number;
  readonly cacheBytesMax?: number;
  readonly onProgress?: (progress: Progress) => void;
  /** After how long without a sign of life a half-filled index is taken over. */
  readonly abandonedMs?: number;
}

/** Everything up to here is in the index. */
export interface Cursor {
  readonly aggregate: string;
  readonly after: string;
  readonly rows: number;
}

const BEGINNING: Cursor = { aggregate: "", after: "", rows: 0 };

interface Sign extends Cursor {
  /** Wall time of whoever fills it, in ms. */
  readonly aliveAt: number;
}

const signed = (cursor: Cursor): Sign => ({ ...cursor, aliveAt: Date.now() });

/** Says that somebody is at it, and how far. */
export async function keepCursor({ client }: RebuildOptions, name: IndexName, cursor: Cursor): Promise<void> {
  await reaching(`note how far ${name.index} is`, () =>
    client.indices.putMapping({ index: name.index, _meta: { ...signed(cursor) } }),
  );
}

async function signOf(client: Client, { index }: IndexName): Promise<Sign | null> {
  const found = await reaching(`read how far ${index} is`, () => client.indices.getMapping({ index }));
  const meta = found[index]?.mappings._meta as Sign | undefined;
  return meta && typeof meta.aliveAt === "number" ? meta : null;
}

export interface Claimed {
  readonly name: IndexName;
  readonly from: Cursor;
  readonly resumed: boolean;
}

const busy = (index: string): Error =>
  new Error(`${index} is being filled by another process; wait for it, or try again when that one is gone`);

/** Takes over what a killed rebuild left, or begins a new index. @throws Error when another process is at it */
export async function claimBuilding(options: RebuildOptions): Promise<Claimed> {
  const { client, namespace, projection, abandonedMs = ABANDONED_MS } = options;
  const { building } = await marksOf(client, namespace, projection.name);
  if (building) {
    const sign = await signOf(client, building);
    if (sign && Date.now() - sign.aliveAt < abandonedMs) throw busy(building.index);
    if (sign && building.revision === projection.revision) {
      await keepCursor(options, building, sign);
      return { name: building, from: sign, resumed: true };
    }
    await dropIndex(client, building);
  }
  const alias = aliasOf(namespace, projection.name);
  const numbers = (await indicesOf(client, alias)).map(({ number }) => number);
  const name = indexName(alias, projection.revision, Math.max(0, ...numbers) + 1);
  const mark = buildingOf(namespace, projection.name);
  const meta = { ...signed(BEGINNING) };
  if (!(await createIndex(client, projection, { name, mark, hidden: true, meta }))) throw busy(name.index);
  return { name, from: BEGINNING, resumed: false };
}

export async function dropIndex(client: Client, { index }: IndexName): Promise<void> {
  await reaching(`drop ${index}`, () => client.indices.delete({ index }));
}

/** From one moment to the next, queries read the new index. */
export async function switchAlias(options: RebuildOptions, name: IndexName, live: IndexName | null): Promise<void> {
  const { client, namespace, projection } = options;
  const alias = aliasOf(namespace, projection.name);
  const actions = [
    { add: { index: name.index, alias } },
    { remove: { index: name.index, alias: buildingOf(namespace, projection.name) } },
    ...(live ? [{ remove: { index: live.index, alias } }] : []),
  ];
  await reaching(`switch ${alias}`, () => client.indices.updateAliases({ actions }));
}

/** Drops the projection's unmarked indices: nobody reads or writes them any more. */
export async function dropOthers({ client, namespace, projection }: RebuildOptions, kept: IndexName): Promise<void> {
  const { building } = await marksOf(client, namespace, projection.name);
  const all = await indicesOf(client, aliasOf(namespace, projection.name));
  const old = all.filter(({ index }) => index !== kept.index && index !== building?.index);
  for (const name of old) await dropIndex(client, name);
}
