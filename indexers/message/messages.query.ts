/** Answers message.mine and message.list from the `messages` index. */
import type { FindAllMessages, FindMessages, FoundMessages, MessageHit } from "../../models/message/message.contract";
import { asking } from "../kernel/client";
import { fingerprint, readCursor, writeCursor, type SortValue } from "../kernel/cursor";
import { aliasOf } from "../kernel/indices";
import { waited, type QueryContext, type QueryDeps } from "../kernel/query";

const PROJECTION = "messages";

async function find(deps: QueryDeps, params: FindAllMessages, context: QueryContext): Promise<FoundMessages> {
  const { cursor, limit, ...question } = params;
  const print = fingerprint(question);
  const after = cursor === undefined ? undefined : readCursor(cursor, print, 2);
  await waited(deps, context, { projection: PROJECTION, visibility: "search" });
  const { hits } = await asking("list messages", () =>
    deps.client.search<MessageHit>({
      index: aliasOf(deps.namespace, PROJECTION),
      query: { bool: { filter: Object.entries(question).map(([field, value]) => ({ term: { [field]: value } })) } },
      // one more than asked tells whether there is a next page
      size: limit + 1,
      sort: [{ queuedAt: "desc" }, { id: "asc" }],
      track_total_hits: false,
      preference: print,
      ...(after && { search_after: after }),
    }),
  );
  const page = hits.hits.slice(0, limit);
  const last = page.at(-1)?.sort as SortValue[] | undefined;
  const more = hits.hits.length > limit && last !== undefined;
  return {
    items: page.flatMap(({ _source }) => (_source ? [_source] : [])),
    cursor: more ? writeCursor(print, last) : null,
  };
}

export const messageQueries = (deps: QueryDeps) => ({
  "message.mine": (params: FindMessages, context: QueryContext) =>
    find(deps, { ...params, accountId: context.meta.principal?.id ?? "anonymous" }, context),
  "message.list": (params: FindAllMessages, context: QueryContext) => find(deps, params, context),
});
