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

export async function startBacking(): Promise<Backing> {
  const folder = await mkdtemp(path.join(tmpdir(), "stoa-backing-"));
  const { MONGODB_URL, NATS_URL } = process.env;
  const started = await Promise.all([
    MONGODB_URL ? given(MONGODB_URL) : startMongo({ dataDir: path.join(folder, "mongo"), log: silent }),
    engine(),
    NATS_URL ? given(NATS_URL) : nats(path.join(folder, "nats")),
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
        ...more,
      }),
    async stop() {
      await Promise.all(started.map((service) => service.stop()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
