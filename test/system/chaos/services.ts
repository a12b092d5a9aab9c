/** The backing services of a mall under chaos: each can be killed as a power cut would, and started again. */
import path from "node:path";
import { cacheDirOf } from "../../../bin/system/cache";
import { startElasticsearch } from "../../../embedded/elasticsearch/elasticsearch";
import { startMongo } from "../../../embedded/mongo/mongo";
import { findNatsServer } from "../../../embedded/nats/binary";
import { startNats } from "../../../embedded/nats/nats";
import type { Service } from "../../../embedded/service";
import { openDoor, type Door } from "../../support/door";

export interface KillableService {
  readonly name: string;
  /** The same for its whole life. */
  readonly url: string;
  /** Of its present life; null between two. */
  pid(): number | null;
  /** SIGKILL; resolves when the process is gone. */
  kill(): Promise<void>;
  /** On the same folder. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export interface KillableServices {
  readonly store: KillableService;
  readonly broker: KillableService;
  readonly engine: KillableService;
  stop(): Promise<void>;
}

const silent = (): void => undefined;

async function killable(name: string, start: () => Promise<Service>): Promise<KillableService> {
  const door: Door = await openDoor();
  let service = await start();
  let alive = true;
  const lead = (): string => {
    const address = new URL(service.url);
    door.leadTo(Number(address.port));
    return `${address.protocol}//127.0.0.1:${door.port}`;
  };
  return {
    name,
    url: lead(),
    pid: () => (alive ? service.pid : null),
    async kill() {
      alive = false;
      process.kill(service.pid, "SIGKILL");
      await service.exited;
    },
    async restart() {
      service = await start();
      alive = true;
      lead();
    },
    async stop() {
      await service.stop();
      await door.close();
    },
  };
}

export async function startKillable(folder: string): Promise<KillableServices> {
  const cacheDir = cacheDirOf(process.env);
  const binary = await findNatsServer(process.env, cacheDir);
  if (binary === undefined) throw new Error("There is no nats-server: `npm test` installs it, or set NATS_URL.");
  const under = (name: string): string => path.join(folder, name);
  const [store, broker, engine] = await Promise.all([
    killable("the store", () => startMongo({ dataDir: under("mongo"), log: silent })),
    killable("the message broker", () => startNats({ dataDir: under("nats"), binary, log: silent })),
    killable("the search engine", () => startElasticsearch({ dataDir: under("search"), cacheDir, log: silent })),
  ]);
  return {
    store,
    broker,
    engine,
    async stop() {
      await Promise.all([store, broker, engine].map((service) => service.stop()));
    },
  };
}
