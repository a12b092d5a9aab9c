/** Answers channel.get and channel.list from the `channels` index. */
import type { ChannelId, ChannelView, ListChannels } from "../../models/channel/channel.contract";
import { refuseKernel } from "../../models/kernel/refusal";
import { asking, soleDocument } from "../kernel/client";
import { aliasOf } from "../kernel/indices";
import { waited, type QueryContext, type QueryDeps } from "../kernel/query";

const PROJECTION = "channels";

async function get(deps: QueryDeps, { id }: ChannelId, context: QueryContext): Promise<ChannelView> {
  await waited(deps, context, { projection: PROJECTION, visibility: "get" });
  const { docs } = await asking("read channels", () =>
    deps.client.mget<ChannelView>({ index: aliasOf(deps.namespace, PROJECTION), ids: [id] }),
  );
  const view = soleDocument(docs);
  if (view) return view;
  return refuseKernel("NOT_FOUND", "There is no such channel.", { id });
}

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
  "channel.get": (params: ChannelId, context: QueryContext) => get(deps, params, context),
  "channel.list": (params: ListChannels, context: QueryContext) => list(deps, params, context),
});
