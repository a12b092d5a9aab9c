/** The environment of each node, from which `readConfig` makes its configuration. Pure. */
import type { ServiceUrls } from "../folder/run-file";
import type { Env } from "./backing";

export interface NodePlan {
  /** From 1. */
  readonly number: number;
  readonly nodes: number;
  readonly port: number;
  readonly dataDir: string;
  readonly secret: string;
  readonly urls: ServiceUrls;
}

/**
 * The first node serves HTTP. The others do so only where Redis is set, on any free port: limits and caches of
 * several gateways must be shared.
 */
export function nodeEnv(env: Env, { number, nodes, port, dataDir, secret, urls }: NodePlan): Env {
  const gateway = number === 1 || urls.redisUrl !== null;
  return {
    ...env,
    MONGODB_URL: urls.mongodbUrl,
    ELASTICSEARCH_URL: urls.elasticsearchUrl,
    NATS_URL: urls.natsUrl,
    STOA_DATA: dataDir,
    STOA_SECRET: env["STOA_SECRET"] || secret,
    STOA_NODE: `node-${number}`,
    STOA_NODES: String(nodes),
    STOA_GATEWAY: gateway ? "yes" : "no",
    STOA_PORT: String(number === 1 ? port : 0),
  };
}
