/** The HTTP server: its limits, what protects it, and what it serves. Listens when told to, not before. */
import helmet from "@fastify/helmet";
import rateLimit from "@fastify/rate-limit";
import Fastify, { type FastifyInstance, type FastifyRequest } from "fastify";
import type { Redis } from "ioredis";
import type { Logger } from "pino";
import type { Registry } from "prom-client";
import { randomId } from "../../models/kernel/ids";
import { Refusal } from "../../models/kernel/refusal";
import type { SubjectKeys } from "../../models/kernel/subject-keys";
import { addAssets } from "./assets";
import { addBatch } from "./batch";
import { consoleLost } from "./console";
import { addDocuments } from "./documents";
import { addDownloads } from "./downloads";
import { addFailures, clientError, failing } from "./failures";
import { addHealth, type HealthReport } from "./health";
import { networkOf } from "../kernel/attempts";
import type { AccessTokens } from "../kernel/access-token";
import { createIdentify } from "./identify";
import { BODY_BYTES_MAX, readBody } from "./json-body";
import { addMetrics } from "./metrics";
import { tellMethods } from "./methods";
import { addJobFiles } from "./job-files";
import { addOwnData } from "./own-data";
import { addPages, consoleFolder } from "./pages";
import { addPictures } from "./pictures";
import { gatewayRefusals, refuseHere } from "./problem";
import { addTestPayments } from "./test-payments";
import { addWebhooks } from "./webhooks";
import { addRoutes, type RouteDeps } from "./routes";
import type { Searched } from "./searched";
import type { Blobs } from "../kernel/blobs";
import { arrive, isAdmin } from "./session";
import { principalReader } from "./tokens";

export interface ServerDeps extends RouteDeps {
  readonly log: Logger;
  readonly health: () => Promise<HealthReport>;
  readonly metrics: Registry;
  /** Where uploaded files lie. */
  readonly blobs: Blobs;
  /** Asked of every upload before it is kept. */
  readonly searched: Searched;
  /** Where the files of jobs lie; absolute. */
  readonly jobsFolder: string;
  /** Open what people asked for of their own data; without them nobody is given any. */
  readonly subjects?: Pick<SubjectKeys, "get"> | undefined;
  /** Requests that one address may make in a second. */
  readonly requestsPerSecondMax: number;
  /** Shares the counts of all gateways; without it each counts for itself. */
  readonly redis: Redis | null;
  readonly accessTokens: AccessTokens;
  /** Proxies that tell the caller's address, joined by commas; null: the caller is who connects. */
  readonly trustProxy: string | null;
}

/** Longer than the broker waits for an action, so that a slow action is told as such. */
const CONNECTION_TIMEOUT_MS = 60_000;
/** For a whole request to arrive: a megabyte at the pace of an old phone. */
const REQUEST_TIMEOUT_MS = 20_000;
const HEADERS_TIMEOUT_MS = 10_000;
const SWEEP_MS = 5_000;
const HEADER_BYTES_MAX = 16_384;
const CONNECTIONS_MAX = 10_000;

const CSP = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", "data:"],
  connectSrc: ["'self'"],
  manifestSrc: ["'self'"],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
};

const POLICY = Object.entries(CSP)
  .map(([name, values]) => [name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`), ...values].join(" "))
  .join(";");

const requestId = ({ headers }: { headers: Readonly<Record<string, unknown>> }): string => {
  const given = headers["x-request-id"];
  return typeof given === "string" && /^[\w.-]{8,64}$/.test(given) ? given : randomId();
};

function fastify({ log, trustProxy }: ServerDeps): FastifyInstance {
  const app = Fastify({
    logger: false,
    genReqId: requestId,
    trustProxy: trustProxy ?? false,
    bodyLimit: BODY_BYTES_MAX,
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    http: {
      headersTimeout: HEADERS_TIMEOUT_MS,
      connectionsCheckingInterval: SWEEP_MS,
      maxHeaderSize: HEADER_BYTES_MAX,
    },
    clientErrorHandler: clientError,
    // fails with a problem like everything else, not in the framework's own words
    frameworkErrors: (error, request, reply) => {
      void failing(log)(error, request, reply);
    },
    routerOptions: {
      maxParamLength: HEADER_BYTES_MAX,
      // read in params.ts, where a fault can be told
      querystringParser: () => ({}),
    },
    forceCloseConnections: "idle",
  });
  app.server.maxConnections = CONNECTIONS_MAX;
  return app;
}

function bodyOf({ is404, headers }: FastifyRequest, bytes: Uint8Array): object {
  // where nothing is, it does not matter what was sent
  if (is404) return {};
  const { "content-encoding": encoding = "identity", "content-type": type = "" } = headers;
  const [, charset = "utf-8"] = /charset="?([\w-]+)/i.exec(type) ?? [];
  if (encoding === "identity" && charset.toLowerCase() === "utf-8") return readBody(bytes);
  return refuseHere("MEDIA_TYPE_UNSUPPORTED", "A body must be UTF-8 and not compressed.");
}

function addBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<Buffer>("application/json", { parseAs: "buffer" }, (request, bytes, done) => {
    try {
      done(null, bodyOf(request, bytes));
    } catch (error) {
      done(error as Error);
    }
  });
}

async function addProtection(app: FastifyInstance, deps: ServerDeps): Promise<void> {
  await app.register(helmet, {
    // set below: helmet would put it together anew for each request
    contentSecurityPolicy: false,
    // TLS ends before this process, and who ends it knows whether all of the host is served by it
    strictTransportSecurity: false,
  });
  const { accessTokens, call } = deps;
  const identify = createIdentify({ reader: principalReader(deps.secret), accessTokens, call });
  app.addHook("onRequest", async (request, reply) => {
    reply.header("x-request-id", request.id);
    reply.header("content-security-policy", POLICY);
    // what is for everybody, such as a picture, says otherwise itself
    if (request.url.startsWith("/v1/")) reply.header("cache-control", "no-store");
    await arrive(identify, request);
  });
  await app.register(rateLimit, {
    max: deps.requestsPerSecondMax,
    timeWindow: 1_000,
    cache: 10_000,
    // an IPv6 line has more addresses than anybody could count
    keyGenerator: ({ ip }) => networkOf(ip),
    allowList: isAdmin,
    skipOnError: true,
    ...(deps.redis ? { redis: deps.redis, nameSpace: "stoa-rate-" } : {}),
    errorResponseBuilder: (_request, { max }) =>
      new Refusal("RATE_LIMITED", gatewayRefusals.RATE_LIMITED, `More than ${max} requests in a second: slow down.`),
  });
}

export async function buildServer(deps: ServerDeps): Promise<FastifyInstance> {
  const app = fastify(deps);
  await addProtection(app, deps);
  addFailures(app, failing(deps.log), consoleLost(consoleFolder()));
  tellMethods(app);
  addBodies(app);
  addMetrics(app, deps.metrics);
  addHealth(app, deps.health);
  addRoutes(app, deps);
  addBatch(app, deps);
  const { subjects } = deps;
  if (subjects) addOwnData(app, { ...deps, subjects });
  addJobFiles(app, { contracts: deps.contracts, roles: deps.roles, folder: deps.jobsFolder });
  await addWebhooks(app, deps);
  await addTestPayments(app, deps);
  addDocuments(app, deps);
  addPictures(app);
  await addAssets(app, deps, deps);
  await addDownloads(app, deps, deps);
  await addPages(app, deps.contracts);
  return app;
}
