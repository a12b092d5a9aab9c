/**
 * What the command line needs of the rest, loaded when a command needs it: `stoa import` has no use for the mall's
 * services, and `stoa --help` for nothing at all. Tests hand in their own.
 */
import path from "node:path";
import type { Config } from "../moleculer.config";
import type { Principal } from "../services/kernel/call";
import type { Mall } from "./client/mall";
import type * as Stores from "./stores/stores";

/** A running process that the mall rests on. */
export interface Backing {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
  readonly exited: Promise<{ readonly code: number | null; readonly signal: string | null }>;
}

export type Log = (line: string) => void;

export interface RunningNode {
  /** Of its gateway; null for a node without one. */
  readonly url: string | null;
  /** The mall as somebody in this process sees it. @param trace names the work in the histories */
  mall(principal: Principal, trace: string): Mall;
  stop(): Promise<void>;
}

export interface Parts {
  readonly mongo: () => Promise<{ startMongo(options: { dataDir: string; log: Log }): Promise<Backing> }>;
  readonly elasticsearch: () => Promise<{
    startElasticsearch(options: { dataDir: string; cacheDir: string; log: Log }): Promise<Backing>;
  }>;
  readonly nats: () => Promise<{ startNats(options: { dataDir: string; binary: string; log: Log }): Promise<Backing> }>;
  /** Sees to what the embedded services need from the system; what is missing it says in a sentence. */
  readonly system: () => Promise<{
    prepare(options: { yes: boolean; log: Log }): Promise<{ readonly cacheDir: string; readonly natsServer?: string }>;
  }>;
  readonly node: () => Promise<{ runNode(config: Config): Promise<RunningNode> }>;
  readonly tokens: () => Promise<{ issueToken(secret: string, principal: Principal): string }>;
  /** Histories, checkpoints and indices themselves, past the running mall. */
  readonly stores: () => Promise<typeof Stores>;
}

const load =
  <T>(file: string) =>
  async (): Promise<T> =>
    (await import(path.join(__dirname, file))) as T;

export const parts: Parts = {
  mongo: load("../embedded/mongo/mongo"),
  elasticsearch: load("../embedded/elasticsearch/elasticsearch"),
  nats: load("../embedded/nats/nats"),
  system: load("./system/prepare"),
  node: load("./node"),
  tokens: load("../services/gateway/tokens"),
  stores: load("./stores/stores"),
};
