/** Finds what an index has and the histories do not know: documents, or sources of documents, from nowhere. */
import type { Client, estypes } from "@elastic/elasticsearch";
import { reaching } from "./client";
import type { Finding } from "./drift";
import { asCommit, type HistoryReader } from "./histories";
import { SOURCES, targetOf, type Parts, type Projection } from "./projection";

const PAGE = 500;
const KEEP_ALIVE = "1m";

export interface StrangersOptions {
  readonly client: Client;
  readonly index: string;
  readonly projection: Projection;
  readonly histories: readonly HistoryReader[];
  /** Sources that the histories have for this projection: an index that has as many has no strangers. */
  readonly sources: number;
}

type Hit = estypes.SearchHit<{ readonly [SOURCES]?: Parts }>;

/** Every document, page by page, as of now. */
async function* documents({ client, index }: StrangersOptions): AsyncGenerator<Hit[]> {
  await reaching(`refresh ${index}`, () => client.indices.refresh({ index }));
  const opened = await reaching(`read ${index}`, () => client.openPointInTime({ index, keep_alive: KEEP_ALIVE }));
  const pit = { id: opened.id, keep_alive: KEEP_ALIVE };
  try {
    let after: estypes.SortResults | undefined;
    for (;;) {
      const page = { ...(after && { search_after: after }), sort: ["_shard_doc"], size: PAGE };
      const { hits } = await reaching(`read ${index}`, () =>
        client.search<{ [SOURCES]?: Parts }>({ pit, ...page, _source: [`${SOURCES}.*.version`] }),
      );
      if (hits.hits.length === 0) return;
      yield hits.hits;
      after = hits.hits.at(-1)?.sort;
    }
  } finally {
    await client.closePointInTime({ id: opened.id }).catch(() => undefined);
  }
}

const keysOf = (projection: Projection, hit: Hit): string[] =>
  projection.kind === "joined" ? Object.keys(hit._source?.[SOURCES] ?? {}) : [`${projection.source}/${hit._id ?? ""}`];

/** Of a page's sources, those that have no history, or belong to another document. */
async function unknown(options: StrangersOptions, hits: readonly Hit[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const history of options.histories) {
    const prefix = `${history.aggregate}/`;
    const held = hits.flatMap((hit) =>
      keysOf(options.projection, hit)
        .filter((key) => key.startsWith(prefix))
        .map((key) => ({ document: hit._id ?? "", key, id: key.slice(prefix.length) })),
    );
    const newest = await history.newest([...new Set(held.map(({ id }) => id))]);
    for (const { document, key, id } of held) {
      const row = newest.get(id);
      const belongs = row ? targetOf(options.projection, asCommit(history, row)) : undefined;
      if (belongs !== document)
        findings.push({ document, field: `${SOURCES}.${key}`, expected: belongs, found: document });
    }
  }
  return findings;
}

export async function strangers(options: StrangersOptions): Promise<Finding[]> {
  let count = 0;
  for await (const hits of documents(options)) {
    count += hits.reduce((sum, hit) => sum + keysOf(options.projection, hit).length, 0);
  }
  if (count <= options.sources) return [];
  const findings: Finding[] = [];
  for await (const hits of documents(options)) findings.push(...(await unknown(options, hits)));
  return findings;
}
