/** Answers channel.list from the `channels` index; channel.get is answered by the write side. */
import type { ChannelView, ListChannels } from "../../models/channel/channel.contract";
import { asking } from "../kernel/client";
import { aliasOf } from "../kernel/indices";
import { waited, type QueryContext, type QueryDeps } from "../kernel/query";

const PROJECTION = "channels";

async function list(
  deps: QueryDeps,
  { limit }: ListChannels,
  context: QueryContext,
): Promise<{ readonly items: ChannelView[] }> {
  await waited(deps, context, { projection: PROJECTION, visibility: "search" });
  const { hits } = await asking("list channels", () =>
    deps.client.search<ChannelView>({
      index: aliasOf(deps.namespace, PROJECTION),
      size: limit,
      sort: [{ code: "asc" }, { id: "asc" }],
    }),
  );
  return { items: hits.hits.flatMap(({ _source }) => (_source ? [_source] : [])) };
}

export const channelQueries = (deps: QueryDeps) => ({
  "channel.list": (params: ListChannels, context: QueryContext) => list(deps, params, context),
});
