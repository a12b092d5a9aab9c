/** How a finder asks the read side: which documents concern a board, and how new they are; never what they say. */
import type { Client, estypes } from "@elastic/elasticsearch";
import { asking } from "./client";
import { aliasOf } from "./indices";
import type { Source } from "./live";

export interface FindDeps {
  readonly client: Client;
  readonly namespace: string;
}

export interface Look {
  /** A projection of kind `document`: its documents carry the version of what they show. */
  readonly projection: string;
  readonly aggregate: string;
  readonly filter: readonly estypes.QueryDslQueryContainer[];
  readonly sort: estypes.Sort;
  readonly size: number;
}

/** A source, and by what it was sorted. */
export interface Sorted extends Source {
  readonly sort: readonly unknown[];
}

export async function look(deps: FindDeps, ask: Look): Promise<readonly Sorted[]> {
  const { projection, aggregate, filter, sort, size } = ask;
  const { hits } = await asking(`find ${projection}`, () =>
    deps.client.search({
      index: aliasOf(deps.namespace, projection),
      query: { bool: { filter: [...filter] } },
      sort,
      size,
      version: true,
      _source: false,
      track_total_hits: false,
    }),
  );
  return hits.hits.map(({ _id = "", _version = 0, sort: by = [] }) => ({
    aggregate,
    id: _id,
    version: _version,
    sort: by,
  }));
}
