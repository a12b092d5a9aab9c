/**
 * The door of the mall: HTTP in front of the actions that the contracts declare. Knows the contracts and nothing of
 * who answers them; validation and permission are checked again at the action.
 */
import path from "node:path";
import type { FastifyInstance } from "fastify";
import { Redis } from "ioredis";
import type { ServiceBroker, ServiceSchema } from "moleculer";
import type { Logger } from "pino";
import type { Registry } from "prom-client";
import type { AnyContract } from "../../models/kernel/contract";
import type { SubjectKeys } from "../../models/kernel/subject-keys";
import type { AccessTokens } from "../kernel/access-token";
import { diskBlobs } from "../kernel/blobs";
import { clamdScan, type ClamdPlace } from "../kernel/clamd";
import { s3Blobs, type S3Place } from "../kernel/s3-blobs";
import type { Denied } from "../kernel/denials";
import type { Disclosures } from "../kernel/disclosures";
import type { Roles } from "../kernel/permission";
import type { HealthReport } from "./health";
import { createIdentify } from "./identify";
import { openLive, type Live, type LiveLimits, type LiveSource } from "./live/live";
import { createSearched } from "./searched";
import { buildServer } from "./server";
import { principalReader } from "./tokens";
import { witnessed } from "./witnessed";

export interface GatewayConfig {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly secret: string;
  readonly redisUrl: string | null;
  readonly dataDir: string;
  /** The bucket for the files of assets; the data folder when not said. */
  readonly s3?: S3Place | null;
  /** Who searches files for malware; nobody when not said. */
  readonly clamd?: ClamdPlace | null;
  /** Proxies that tell the caller's address, joined by commas; none when not said. */
  readonly trustProxy?: string | null;
}

export interface GatewayDeps {
  readonly contracts: readonly AnyContract[];
  readonly config: GatewayConfig;
  readonly log: Logger;
  readonly health: () => Promise<HealthReport>;
  readonly metrics: Registry;
  readonly roles: Roles;
  readonly denied?: Denied;
  /** Keeps what people of the mall are shown of others. */
  readonly disclosures?: Disclosures;
  /** Keys of people, for what they ask for of their own data. */
  readonly subjects?: Pick<SubjectKeys, "get">;
  readonly accessTokens: AccessTokens;
  /** Told where it can be reached, once it can: `http://127.0.0.1:3000`. */
  readonly listening?: (url: string) => void;
  /** What is pushed to those who look at it; nothing when not said. */
  readonly live?: LiveSource;
  readonly liveLimits?: Partial<LiveLimits>;
  /** Per address; 1,000 when not said. */
  readonly requestsPerSecondMax?: number;
}

const REQUESTS_PER_SECOND_MAX = 1_000;
/** For requests under way when the process stops; then they are cut. */
const DRAIN_MS = 10_000;

/** What is wrong and what to do, for the faults that a person can mend. */
function listenFault(error: unknown, { host, port }: GatewayConfig): Error {
  const { code } = error as { code?: string };
  const choose = "choose another port (STOA_PORT or --port; 0 takes any free one)";
  const sentences: Readonly<Record<string, string>> = {
    EADDRINUSE: `Port ${port} on ${host} is in use by another program: stop that one, or ${choose}.`,
    EACCES: `Port ${port} on ${host} needs rights that this process does not have: ${choose}.`,
    EADDRNOTAVAIL: `${host} is no address of this machine: set STOA_HOST to one that is, such as 127.0.0.1.`,
  };
  const sentence = sentences[code ?? ""];
  return sentence === undefined ? (error as Error) : new Error(sentence, { cause: error });
}

async function listen(app: FastifyInstance, config: GatewayConfig): Promise<string> {
  try {
    return await app.listen({ host: config.host, port: config.port });
  } catch (error) {
    await app.close();
    throw listenFault(error, config);
  }
}

interface Opened {
  readonly app: FastifyInstance;
  readonly live: Live | null;
}

/** Takes no new requests, lets those under way end, and cuts what does not end in time. */
async function drain({ app, live }: Opened): Promise<void> {
  await live?.close();
  const timer = setTimeout(() => app.server.closeAllConnections(), DRAIN_MS);
  try {
    await app.close();
  } finally {
    clearTimeout(timer);
  }
}

function connect(redisUrl: string | null, log: Logger): Redis | null {
  if (redisUrl === null) return null;
  // a rate limit must not hold up requests: what Redis does not answer at once is let through
  const redis = new Redis(redisUrl, { connectTimeout: 1_000, maxRetriesPerRequest: 1, enableOfflineQueue: false });
  redis.on("error", (error: Error) => log.warn({ err: error }, "Redis does not answer: requests are not limited now"));
  return redis;
}

type LiveCall = Parameters<typeof createIdentify>[0]["call"];

const callOf = ({ contracts, disclosures }: GatewayDeps, broker: ServiceBroker) =>
  witnessed((action, params, options) => broker.call(action, params, options), contracts, disclosures);

const buildOf = (deps: GatewayDeps, broker: ServiceBroker, redis: Redis | null): Promise<FastifyInstance> => {
  const { config, requestsPerSecondMax = REQUESTS_PER_SECOND_MAX, contracts, roles, accessTokens } = deps;
  const { log, health, metrics } = deps;
  return buildServer({
    contracts,
    secret: config.secret,
    roles,
    denied: deps.denied,
    subjects: deps.subjects,
    accessTokens,
    log,
    health,
    metrics,
    blobs: config.s3 ? s3Blobs(config.s3) : diskBlobs(path.resolve(config.dataDir, "assets")),
    searched: createSearched(config.clamd ? clamdScan(config.clamd) : null, log),
    jobsFolder: path.resolve(config.dataDir, "jobs"),
    requestsPerSecondMax,
    redis,
    trustProxy: config.trustProxy ?? null,
    call: callOf(deps, broker),
  });
};

/** Beside HTTP on the same port. */
function liveOf(deps: GatewayDeps, broker: ServiceBroker, { server }: FastifyInstance): Live | null {
  const { live: source, liveLimits, roles, accessTokens, metrics, log } = deps;
  if (!source) return null;
  const call: LiveCall = callOf(deps, broker);
  // whoever is asked about anew was cut off for a reason: nothing is remembered of him
  const identify = createIdentify({ reader: principalReader(deps.config.secret), accessTokens, call, standingMs: 0 });
  return openLive({ server, source, identify, roles, call, metrics, log, ...(liveLimits && { limits: liveLimits }) });
}

interface Building {
  readonly app: Promise<FastifyInstance>;
  readonly redis: Redis | null;
}

/** Begun before anybody may come in: hundreds of routes take a while, and the start waits for others meanwhile. */
function begin(deps: GatewayDeps, broker: ServiceBroker): Building {
  const redis = connect(deps.config.redisUrl, deps.log);
  const app = buildOf(deps, broker, redis);
  // a fault is told to who waits for it, which is nobody yet
  app.catch(() => undefined);
  return { app, redis };
}

export function gatewayService(deps: GatewayDeps): ServiceSchema {
  let building: Building | null = null;
  let live: Live | null = null;
  return {
    name: "gateway",
    created(this: { broker: ServiceBroker }) {
      building = begin(deps, this.broker);
    },
    async started(this: { broker: ServiceBroker }) {
      building ??= begin(deps, this.broker);
      try {
        const app = await building.app;
        live = liveOf(deps, this.broker, app);
        deps.listening?.(await listen(app, deps.config));
      } catch (error) {
        building.redis?.disconnect();
        throw error;
      }
    },
    async stopped() {
      const app = await building?.app.catch(() => null);
      if (app) await drain({ app, live });
      building?.redis?.disconnect();
      building = null;
    },
  };
}
