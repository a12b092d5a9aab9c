/** How a finder asks the read side: which documents concern a board, and how new they are; never what they say. */
import type { estypes } from "@elastic/elasticsearch";
import { aliasOf } from "./indices";
import type { Source } from "./live";
import type { Searching } from "./searches";

export interface FindDeps {
  readonly search: Searching;
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

/** @throws SEARCH_UNAVAILABLE */
export async function look({ search, namespace }: FindDeps, ask: Look): Promise<readonly Sorted[]> {
  const { projection, aggregate, filter, sort, size } = ask;
  const hits = await search({
    index: aliasOf(namespace, projection),
    ...{ query: { bool: { filter: [...filter] } }, sort, size, version: true, _source: false },
  });
  return hits.map(({ _id = "", _version = 0, sort: by = [] }) => ({ aggregate, id: _id, version: _version, sort: by }));
}
