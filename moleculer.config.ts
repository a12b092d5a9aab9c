/**
 * The configuration of a node. Nothing else reads the environment; every fault is told at once, and what is read is
 * frozen. Found by Moleculer's runner only with `--config dist/moleculer.config.js`.
 */
import { isIP } from "node:net";
import type { BrokerOptions } from "moleculer";
import { contracts } from "./models/contracts";
import { builtinRoles } from "./models/role/role.builtin.contract";
import { CLAMD_URL, clamdPlaceOf, type ClamdPlace } from "./services/kernel/clamd";
import type { Denied } from "./services/kernel/denials";
import type { Roles } from "./services/kernel/permission";
import { createRoleBook } from "./services/kernel/role-book";
import type { OpenIdConfig } from "./services/kernel/openid";
import { RendezvousStrategy } from "./services/kernel/rendezvous";
import { HEARTBEAT, replacedNodes } from "./services/kernel/replaced-nodes";
import { lostAnswers } from "./services/kernel/lost-answers";
import { outsideAccountOf, type OutsideAccount } from "./services/kernel/outside";
import { routing } from "./services/kernel/routing";
import { readerOf, type Env, type Reader } from "./services/kernel/settings";
import { s3PlaceOf, type S3Place } from "./services/kernel/s3-blobs";
import { JoiValidator } from "./services/kernel/validator";

export interface Config {
  /** 0 takes any free port. */
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  /** Prefix of databases, streams and indices: one per mall. */
  readonly namespace: string;
  readonly mongodbUrl: string;
  readonly elasticsearchUrl: string;
  readonly natsUrl: string;
  readonly redisUrl: string | null;
  /** The bucket that keeps the files of assets; null: the folder `assets` of the data folder. */
  readonly s3: S3Place | null;
  /** How much one party may upload, unless it is given another room: see models/quota. */
  readonly room: { readonly filesMax: number; readonly bytesMax: number };
  /** Searches uploads for malware; null: nobody does. */
  readonly clamd: ClamdPlace | null;
  /** Null: mails are written into the folder `mail` of the data folder. */
  readonly smtpUrl: string | null;
  readonly mailFrom: string;
  /** The provider by which people can log in; null: none. */
  readonly openId: OpenIdConfig | null;
  /** True where whoever works for the mall has to log in with a second factor. */
  readonly adminSecondFactor: boolean;
  /** The account that takes payments; null: only the embedded provider `test` does. */
  readonly stripe: OutsideAccount | null;
  /** Where people reach the mall: links in mails lead there. */
  readonly publicUrl: string;
  /** Addresses and networks of the proxies whose `X-Forwarded-For` is believed, joined by commas; null: of none. */
  readonly trustProxy: string | null;
  /** Networks that webhooks may reach although they are not public, also without TLS. */
  readonly webhookNetworks: readonly string[];
  /** Signs tokens; at least 32 characters. */
  readonly secret: string;
  readonly logLevel: string;
  /** `file` is `logs/<node>.jsonl` in the data folder. */
  readonly logTo: "file" | "stderr";
  /** Unique among the nodes of a mall. */
  readonly nodeId: string;
  /** How many nodes the starting process runs; with more than one they talk over NATS. */
  readonly nodes: number;
  /** True for a node that serves HTTP. */
  readonly gateway: boolean;
  /** True where what happens is recorded for dashboards, of Kibana and of the console. */
  readonly analytics: boolean;
}

const STRIPE = { prefix: "STRIPE", secretKey: /^(sk|rk)_\w{3,250}$/, webhookSecret: /^whsec_\S{8,250}$/ };
const LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"];

/** `10.0.0.1`, `10.0.0.0/8`, `fd00::/8` */
function isNetwork(text: string): boolean {
  const [address = "", bits = "0", ...rest] = text.split("/");
  const family = isIP(address);
  return rest.length === 0 && family !== 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128);
}

/** Never "all of them": whoever reaches the port could then claim any address, and no limit would hold. */
function proxiesOf({ text, check }: Reader): string | null {
  const given = text("STOA_TRUST_PROXY", "off");
  if (given === "off") return null;
  const networks = given.split(",").map((one) => one.trim());
  const wanted = "off, or the addresses or networks of your proxies, joined by commas (10.0.0.0/8)";
  return check("STOA_TRUST_PROXY", networks.join(","), networks.every(isNetwork), wanted);
}

/** Without any, webhooks go to public addresses alone: who adds one could else look around where the mall stands. */
function webhookNetworksOf({ text, check }: Reader): readonly string[] {
  const given = text("STOA_WEBHOOK_NETWORKS", "off");
  if (given === "off") return [];
  const networks = given.split(",").map((one) => one.trim());
  const wanted = "off, or the addresses or networks that webhooks may reach besides public ones, joined by commas";
  check("STOA_WEBHOOK_NETWORKS", given, networks.every(isNetwork), wanted);
  return networks;
}

/** How people reach the mall, and the mall them. */
function peopleOf(reader: Reader, here: string) {
  const { text, optional, yes } = reader;
  const publicUrl = optional("STOA_PUBLIC_URL", /^https?:\/\//)?.replace(/\/+$/, "") ?? here;
  const openId = (issuer: string): OpenIdConfig => ({
    issuer,
    clientId: text("STOA_OPENID_CLIENT"),
    clientSecret: text("STOA_OPENID_SECRET"),
    redirectUri: text("STOA_OPENID_REDIRECT", `${publicUrl}/openid/callback`),
  });
  const issuer = optional("STOA_OPENID_ISSUER", /^https?:\/\//);
  return {
    publicUrl,
    trustProxy: proxiesOf(reader),
    webhookNetworks: webhookNetworksOf(reader),
    smtpUrl: optional("SMTP_URL", /^smtps?:\/\//),
    mailFrom: text("STOA_MAIL_FROM", "Stoa <no-reply@localhost>"),
    openId: issuer === null ? null : openId(issuer),
    adminSecondFactor: yes("STOA_ADMIN_SECOND_FACTOR", "no"),
  };
}

/** The address holds a secret: a fault of it is told without it. */
function filesOf(env: Env, faults: string[]): S3Place | null {
  const text = env["S3_URL"];
  if (!text) return null;
  try {
    return s3PlaceOf(text);
  } catch {
    faults.push("S3_URL must be https://KEY:SECRET@host/bucket?region=…, with key and secret percent-encoded");
    return null;
  }
}

function clamdOf({ optional }: Reader): ClamdPlace | null {
  const url = optional("CLAMD_URL", CLAMD_URL);
  return url !== null && CLAMD_URL.test(url) ? clamdPlaceOf(url) : null;
}

const MIB = 1 << 20;
const FILES_MAX = 100_000_000;
const MIB_MAX = 1_000_000_000;

const roomIn = ({ whole }: Reader): Config["room"] => ({
  filesMax: whole("STOA_FILES_MAX", 20_000, FILES_MAX),
  bytesMax: whole("STOA_FILES_MIB_MAX", 10_240, MIB_MAX) * MIB,
});

/** @throws Error that lists every fault of the environment */
export function readConfig(env: Env): Config {
  const faults: string[] = [];
  const reader = readerOf(env, faults);
  const { text, check, url, whole } = reader;
  const secret = text("STOA_SECRET");
  if (secret !== "" && secret.length < 32) faults.push("STOA_SECRET must have at least 32 characters");
  const namespace = text("STOA_NAMESPACE", "stoa");
  const logLevel = text("STOA_LOG", "warn");
  const port = whole("STOA_PORT", 3000, 65_535);
  const host = text("STOA_HOST", "127.0.0.1");
  const config: Config = {
    port,
    host,
    dataDir: text("STOA_DATA", "data"),
    namespace: check("STOA_NAMESPACE", namespace, /^[a-z][a-z0-9]{0,23}$/.test(namespace), "1–24 letters or digits"),
    mongodbUrl: url("MONGODB_URL", /^mongodb(\+srv)?:\/\//),
    elasticsearchUrl: url("ELASTICSEARCH_URL", /^https?:\/\//),
    natsUrl: url("NATS_URL", /^(nats|tls):\/\//),
    redisUrl: env["REDIS_URL"] ?? null,
    s3: filesOf(env, faults),
    room: roomIn(reader),
    clamd: clamdOf(reader),
    stripe: outsideAccountOf(env, STRIPE, faults),
    ...peopleOf(reader, `http://${host}:${port}`),
    secret,
    logLevel: check("STOA_LOG", logLevel, LEVELS.includes(logLevel), `one of ${LEVELS.join(", ")}`),
    logTo: text("STOA_LOG_TO", "file") === "stderr" ? "stderr" : "file",
    nodeId: text("STOA_NODE", "node-1"),
    nodes: whole("STOA_NODES", 1, 64),
    gateway: text("STOA_GATEWAY", "yes") === "yes",
    analytics: text("STOA_ANALYTICS", "yes") !== "no",
  };
  if (faults.length > 0)
    throw new Error(`The configuration cannot be used:\n${faults.map((f) => `  - ${f}`).join("\n")}`);
  return Object.freeze(config);
}

/** All nodes look for a broker that was killed so often that one finds another there when it is back itself. */
const transporterTo = (url: string) => ({
  type: "NATS",
  options: { url, reconnectTimeWait: 250, reconnectJitter: 100 },
});

/** How the broker of a node is made. One node needs no transporter: its calls stay in the process. */
export function brokerOptions(config: Config, roles: Roles, denied?: Denied): BrokerOptions {
  return {
    namespace: config.namespace,
    nodeID: config.nodeId,
    transporter: config.nodes > 1 ? transporterTo(config.natsUrl) : null,
    serializer: "JSON",
    logger: false,
    registry: { strategy: RendezvousStrategy, preferLocal: false },
    validator: new JoiValidator(roles, denied),
    middlewares: [routing(contracts), replacedNodes(), lostAnswers()],
    ...HEARTBEAT,
    requestTimeout: 30_000,
    // an action says itself whether it may be repeated: see services/kernel/service.ts
    retryPolicy: { enabled: false, retries: 3, delay: 50, maxDelay: 1_000, factor: 2 },
    skipProcessEventRegistration: true,
    metrics: false,
    tracing: false,
  };
}

export default (): BrokerOptions => brokerOptions(readConfig(process.env), createRoleBook(builtinRoles));
