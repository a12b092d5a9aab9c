/** What a node that serves HTTP shows live: the boards of the read side, and its own look at the stream of commits. */
import type { Client } from "@elastic/elasticsearch";
import type { Logger } from "pino";
import { liveAggregates, liveBoards } from "../../indexers/live";
import { kept } from "../../models";
import type { Config } from "../../moleculer.config";
import type { Follow } from "../../services/gateway/live/following";
import type { LiveSource } from "../../services/gateway/live/live";
import { STANDING_AGGREGATES } from "../../services/gateway/live/standing";
import { connectStream } from "../../services/kernel/jetstream";
import { createLiveFeed } from "../../services/kernel/live-feed";
import type { Store } from "./store";

export interface LiveParts {
  readonly config: Pick<Config, "natsUrl" | "namespace" | "nodeId">;
  readonly log: Logger;
  readonly store: Pick<Store, "of">;
  readonly client: Client;
}

export function liveSource({ config, log, store, client }: LiveParts): LiveSource {
  const { natsUrl: url, namespace, nodeId } = config;
  const kinds = liveBoards({ client, namespace });
  const aggregates = new Set([...liveAggregates(kinds), ...STANDING_AGGREGATES]);
  const follow: Follow = async (listener) => {
    const stream = await connectStream({ url, namespace, node: `${nodeId}-live`, log });
    const feed = createLiveFeed({ stream, kept, aggregates, log, ...listener });
    return {
      ...feed,
      async stop() {
        await feed.stop();
        await stream.close();
      },
    };
  };
  return { kinds, histories: (aggregate) => store.of(aggregate), follow };
}
