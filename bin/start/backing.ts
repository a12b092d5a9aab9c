/** Brings up what the mall rests on: each service embedded, or wherever its URL in the environment says it is. */
import path from "node:path";
import { folderPaths } from "../folder/folder";
import type { ServiceUrls } from "../folder/run-file";
import type { Backing, Log, Parts } from "../parts";
import type { Closers } from "./closers";
import { logFile } from "./log-file";

export type Env = Readonly<Record<string, string | undefined>>;

export interface Embedded extends Backing {
  /** As a person calls it. */
  readonly name: string;
  readonly logPath: string;
}

export interface BackingServices {
  readonly urls: ServiceUrls;
  /** Those that run here. */
  readonly embedded: readonly Embedded[];
}

export interface BackingOptions {
  readonly dataDir: string;
  readonly env: Env;
  readonly parts: Parts;
  /** Whether programs that are missing may be installed. */
  readonly yes: boolean;
  readonly closers: Closers;
  readonly say: (line: string) => void;
}

interface Kind {
  readonly name: string;
  readonly variable: "MONGODB_URL" | "ELASTICSEARCH_URL" | "NATS_URL";
  readonly log: string;
  readonly start: (log: Log) => Promise<Backing>;
}

interface Provided {
  readonly url: string;
  readonly embedded: Embedded | null;
}

const STOP_WITHIN_MS = 20_000;

const secondsSince = (started: number): string => `${((Date.now() - started) / 1_000).toFixed(1)} s`;

/** Lines go to the log, and to the screen as well until the service is ready: the first start fetches and builds. */
async function startEmbedded(kind: Kind, { dataDir, closers, say }: BackingOptions): Promise<Provided> {
  const logPath = path.join(folderPaths(dataDir).logs, `${kind.log}.log`);
  const write = logFile(logPath);
  const started = Date.now();
  let ready = false;
  const starting = kind.start((line) => {
    write(line);
    if (!ready) say(`${kind.name}: ${line}`);
  });
  // also one that is still starting is stopped
  closers.add(kind.name, async () => (await starting.catch(() => null))?.stop(), STOP_WITHIN_MS);
  try {
    const backing = await starting;
    ready = true;
    say(`${kind.name} is ready (${secondsSince(started)})`);
    return { url: backing.url, embedded: { ...backing, name: kind.name, logPath } };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`${kind.name} could not be started: ${why}\nIts log: ${logPath}`, { cause: error });
  }
}

function provide(kind: Kind, options: BackingOptions): Promise<Provided> {
  const given = options.env[kind.variable];
  if (!given) return startEmbedded(kind, options);
  options.say(`${kind.name} runs elsewhere (${kind.variable} is set)`);
  return Promise.resolve({ url: given, embedded: null });
}

/** All at once. @throws Error that names the service, why it did not start and where its log is */
export async function startBacking(options: BackingOptions): Promise<BackingServices> {
  const { dataDir, env, parts, yes, say } = options;
  const { cacheDir, natsServer } = await (await parts.system()).prepare({ yes, log: say });
  const at = folderPaths(dataDir);
  const mongo: Kind = {
    name: "the store (MongoDB protocol)",
    variable: "MONGODB_URL",
    log: "mongo",
    start: async (log) => (await parts.mongo()).startMongo({ dataDir: at.mongo, log }),
  };
  const elasticsearch: Kind = {
    name: "the search server (Elasticsearch)",
    variable: "ELASTICSEARCH_URL",
    log: "elasticsearch",
    start: async (log) =>
      (await parts.elasticsearch()).startElasticsearch({ dataDir: at.elasticsearch, cacheDir, log }),
  };
  const nats: Kind = {
    name: "the message broker (NATS)",
    variable: "NATS_URL",
    log: "nats",
    start: async (log) =>
      (await parts.nats()).startNats({ dataDir: at.nats, binary: natsServer ?? "nats-server", log }),
  };
  const [store, search, broker] = await Promise.all([
    provide(mongo, options),
    provide(elasticsearch, options),
    provide(nats, options),
  ]);
  return {
    urls: {
      mongodbUrl: store.url,
      elasticsearchUrl: search.url,
      natsUrl: broker.url,
      redisUrl: env["REDIS_URL"] ?? null,
    },
    embedded: [store, search, broker].flatMap(({ embedded }) => (embedded ? [embedded] : [])),
  };
}
