/** The read side of one process: the search client, an indexer per projection, the queries that shoppers ask. */
import type { Client } from "@elastic/elasticsearch";
import type { Logger } from "pino";
import { createReadSide } from "../../indexers";
import { createSearchClient } from "../../indexers/kernel/client";
import type { Config } from "../../moleculer.config";

type Made = ReturnType<typeof createReadSide>;

export interface ReadSide extends Made {
  readonly client: Client;
  /** Whether the engine answers, within a second. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface ReadSideOptions {
  readonly config: Pick<Config, "elasticsearchUrl" | "namespace">;
  readonly log: Logger;
  /** Told which reader somebody waits for, time and again while they do. */
  readonly hurry?: (reader: string) => void;
}

const PING_TIMEOUT_MS = 1_000;

/** Creates the indices that are missing; one of another revision serves until it is rebuilt. */
export async function openReadSide({ config, log, hurry }: ReadSideOptions): Promise<ReadSide> {
  const client = createSearchClient(config.elasticsearchUrl);
  const warn = (message: string): void => log.warn(message);
  const made = createReadSide({ client, namespace: config.namespace, warn, ...(hurry && { hurry }) });
  for (const name of await made.ensure()) {
    log.warn(`The index of ${name} is of another revision: run \`npm run stoa -- rebuild ${name}\``);
  }
  return {
    ...made,
    client,
    async ping() {
      await client.ping({}, { requestTimeout: PING_TIMEOUT_MS, maxRetries: 0 });
    },
    close: () => client.close(),
  };
}
