/** What a mall asks of its backing services, counted by themselves; all that it does meanwhile is in it. */
import mongoose from "mongoose";
import type { RunningMall } from "../support/mall";

export type Counts = Readonly<Record<string, number>>;

export interface Counter {
  /** Commands of the store (`store find`) and work of the engine (`engine searches`), since they began. */
  read(): Promise<Counts>;
  close(): Promise<void>;
}

/** What of the store's commands are no heartbeats of the driver. */
const isOperation = (name: string): boolean =>
  !["hello", "isMaster", "ismaster", "ping", "serverStatus"].includes(name);

interface EngineStats {
  readonly _all: {
    readonly total: {
      readonly search: { readonly query_total: number };
      readonly indexing: { readonly index_total: number };
      readonly refresh: { readonly total: number };
      readonly get: { readonly total: number };
    };
  };
}

async function engineCounts(url: string): Promise<Counts> {
  const answer = await fetch(`${url}/_stats/search,indexing,refresh,get`);
  const { search, indexing, refresh, get } = ((await answer.json()) as EngineStats)._all.total;
  return {
    ...{ "engine searches": search.query_total, "engine documents written": indexing.index_total },
    ...{ "engine refreshes": refresh.total, "engine documents got by id": get.total },
  };
}

export async function countersOf(mall: RunningMall): Promise<Counter> {
  const { mongodbUrl, elasticsearchUrl, namespace } = await mall.run();
  const connection = await mongoose.createConnection(mongodbUrl, { dbName: namespace, autoIndex: false }).asPromise();
  const storeCounts = async (): Promise<Counts> => {
    const status = await connection.getClient().db("admin").command({ serverStatus: 1 });
    const { commands } = status["metrics"] as { commands: Readonly<Record<string, { readonly total: number }>> };
    const counted = Object.entries(commands).filter(([name]) => isOperation(name));
    return Object.fromEntries(counted.map(([name, { total }]) => [`store ${name}`, total]));
  };
  return {
    read: async () => ({ ...(await storeCounts()), ...(await engineCounts(elasticsearchUrl)) }),
    close: () => connection.close(),
  };
}

/** What was counted in between, of each piece of work; what was not asked is left out. */
export function countedBetween(before: Counts, after: Counts, pieces: number): Counts {
  const found = Object.entries(after).map(([name, count]): [string, number] => [
    name,
    Number(((count - (before[name] ?? 0)) / Math.max(1, pieces)).toFixed(2)),
  ]);
  return Object.fromEntries(found.filter(([, count]) => count > 0));
}

/** Of the store alone, all its commands together. */
export const storeOperations = (counts: Counts): number =>
  Object.entries(counts).reduce((sum, [name, count]) => sum + (name.startsWith("store ") ? count : 0), 0);
