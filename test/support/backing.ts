/**
 * The real backing services for tests and benchmarks, embedded unless a URL in the environment names others. Started
 * together, in a folder of their own that goes with them.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { cacheDirOf } from "../../bin/system/cache";
import { startMongo } from "../../embedded/mongo/mongo";
import { findNatsServer } from "../../embedded/nats/binary";
import { startNats } from "../../embedded/nats/nats";
import { readConfig, type Config } from "../../moleculer.config";
import { engine } from "./elasticsearch";

interface Running {
  readonly url: string;
  stop(): Promise<void>;
}

export interface Backing {
  readonly mongodbUrl: string;
  readonly elasticsearchUrl: string;
  readonly natsUrl: string;
  /** A configuration on these services; each namespace is a mall of its own. */
  config(more?: Readonly<Record<string, string>>): Config;
  stop(): Promise<void>;
}

const silent = (): void => undefined;
const given = (url: string): Running => ({ url, stop: () => Promise.resolve() });

async function nats(dataDir: string): Promise<Running> {
  const binary = await findNatsServer(process.env, cacheDirOf(process.env));
  if (binary === undefined) throw new Error("There is no nats-server: `npm test` installs it, or set NATS_URL.");
  return startNats({ dataDir, binary, log: silent });
}

interface Together {
  readonly started: readonly Running[];
  /** Stops them all and removes the folder. */
  readonly stop: () => Promise<void>;
}

/** All of them or none: when one does not start, the others are stopped before that is told. */
async function together(folder: string, starting: readonly Promise<Running>[]): Promise<Together> {
  const settled = await Promise.allSettled(starting);
  const started = settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  const stop = async (): Promise<void> => {
    await Promise.all(started.map((service) => service.stop()));
    await rm(folder, { recursive: true, force: true });
  };
  const failed = settled.find((one) => one.status === "rejected");
  if (failed === undefined) return { started, stop };
  await stop();
  throw failed.reason;
}

/** What is opened on them; where that fails they are stopped before it is told, for nobody else would. */
export async function openedOn<T>(backing: Backing, open: () => Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (error) {
    await backing.stop();
    throw error;
  }
}

export async function startBacking(): Promise<Backing> {
  const folder = await mkdtemp(path.join(tmpdir(), "stoa-backing-"));
  const { MONGODB_URL, NATS_URL } = process.env;
  const { started, stop } = await together(folder, [
    MONGODB_URL
      ? Promise.resolve(given(MONGODB_URL))
      : startMongo({ dataDir: path.join(folder, "mongo"), log: silent }),
    engine(),
    NATS_URL ? Promise.resolve(given(NATS_URL)) : nats(path.join(folder, "nats")),
  ]);
  const [mongodbUrl, elasticsearchUrl, natsUrl] = started.map(({ url }) => url) as [string, string, string];
  return {
    mongodbUrl,
    elasticsearchUrl,
    natsUrl,
    config: (more = {}) =>
      readConfig({
        MONGODB_URL: mongodbUrl,
        ELASTICSEARCH_URL: elasticsearchUrl,
        NATS_URL: natsUrl,
        STOA_SECRET: "a secret for tests that is long enough",
        STOA_PORT: "0",
        STOA_DATA: folder,
        // whoever looks at figures records them there: a specification does not pay for it in every mall
        STOA_ANALYTICS: "no",
        ...more,
      }),
    stop,
  };
}
