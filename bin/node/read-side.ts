/** The read side of one process: the search client, an indexer per projection, the queries that shoppers ask. */
import type { Client } from "@elastic/elasticsearch";
import type { Logger } from "pino";
import { projections } from "../../indexers";
import { channelQueries } from "../../indexers/channel/channels.query";
import { productQueries } from "../../indexers/product/products.query";
import { createSearchClient } from "../../indexers/kernel/client";
import { createIndexer, type Indexer } from "../../indexers/kernel/indexer";
import { ensureIndex } from "../../indexers/kernel/indices";
import { createWait } from "../../indexers/kernel/read-your-writes";
import type { Config } from "../../moleculer.config";
import type { Query } from "../../services/kernel/service";
import type { Store } from "./store";

export interface ReadSide {
  readonly client: Client;
  readonly readers: readonly Indexer[];
  readonly queries: Readonly<Record<string, Query>>;
  /** Whether the engine answers, within a second. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface ReadSideOptions {
  readonly config: Pick<Config, "elasticsearchUrl" | "namespace">;
  readonly store: Pick<Store, "of">;
  readonly log: Logger;
}

const REFRESH_MS = 1_000;
const PING_TIMEOUT_MS = 1_000;

/** Creates the indices that are missing; one of another revision serves until it is rebuilt. */
export async function openReadSide({ config, log }: ReadSideOptions): Promise<ReadSide> {
  const { elasticsearchUrl, namespace } = config;
  const client = createSearchClient(elasticsearchUrl);
  for (const projection of projections) {
    const { rebuildNeeded } = await ensureIndex(client, namespace, projection, REFRESH_MS);
    if (rebuildNeeded) {
      log.warn(
        `The index of ${projection.name} is of an older revision: run \`npm run stoa -- rebuild ${projection.name}\``,
      );
    }
  }
  const deps = { client, namespace, wait: createWait({ client, namespace, projections }) };
  const channels = channelQueries(deps);
  const warn = (message: string): void => log.warn(message);
  return {
    client,
    readers: projections.map((projection) => createIndexer({ client, namespace, projection, warn })),
    queries: { "channel.list": channels["channel.list"], ...productQueries(deps) },
    async ping() {
      await client.ping({}, { requestTimeout: PING_TIMEOUT_MS, maxRetries: 0 });
    },
    close: () => client.close(),
  };
}
