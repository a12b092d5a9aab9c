import { createSearchClient } from "../../../indexers/kernel/client";
import { checkDrift } from "../../../indexers/kernel/drift";
import { createIndexer, type Indexer } from "../../../indexers/kernel/indexer";
import { aliasOf, ensureIndex } from "../../../indexers/kernel/indices";
import { createWait } from "../../../indexers/kernel/read-your-writes";
import { projections, targetsOf } from "../../../indexers/index";
import { products } from "../../../indexers/product/products.projection";
import { productQueries } from "../../../indexers/product/products.query";
import type { WriteMark } from "../../../models/kernel/contract";
import { isRefusal } from "../../../models/kernel/refusal";
import type { Commit } from "../../../models/kernel/row";
import { createMall, type Mall } from "../../support/memory-mall";
import { searchUnderTest, START_WITHIN_MS, type SearchUnderTest } from "../../support/elasticsearch";

const markOf = (commit: Commit): WriteMark => ({
  source: `${commit.aggregate}/${commit.aggregateId}`,
  version: commit.version,
  targets: targetsOf(commit),
});

/** Seeded, so that a failing order can be seen again. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function shuffled<T>(all: readonly T[], next: () => number): T[] {
  return all
    .map((value) => ({ value, at: next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value);
}

async function busyMall(mall: Mall, count: number): Promise<Commit[]> {
  const commits: Commit[] = [];
  for (let n = 0; n < count; n++) {
    const id = `p${n}`;
    commits.push(await mall.product(id));
    for (const k of [1, 2]) {
      const offerId = `${id}-o${k}`;
      commits.push(await mall.offer(offerId, id, 1000 + n));
      commits.push(await mall.stock(`${id}-s${k}`, { productId: id, offerId }, k));
      commits.push(await mall.run("offer.reprice", offerId, { price: { amountMinor: 500 + n, currency: "EUR" } }));
    }
    if (n % 3 === 0) commits.push(await mall.run("offer.withdraw", `${id}-o1`, {}));
    if (n % 5 === 0) commits.push(await mall.run("product.withdraw", id, {}));
  }
  return commits;
}

describe("the indexer", () => {
  let search: SearchUnderTest;
  let namespace: string;
  let count = 0;

  beforeAll(async () => {
    search = await searchUnderTest();
  }, START_WITHIN_MS);
  afterAll(() => search.stop(), START_WITHIN_MS);
  beforeEach(async () => {
    namespace = `${search.namespace}-${++count}`;
    await ensureIndex(search.client, namespace, products);
  });

  const indexer = (): Indexer => createIndexer({ client: search.client, namespace, projection: products });
  const drift = (mall: Mall, stillReading = () => Promise.resolve(false)) =>
    checkDrift({
      client: search.client,
      index: aliasOf(namespace, "products"),
      projection: products,
      histories: mall.readers,
      settleMs: 0,
      stillReading,
    });

  it.each([1, 2, 3])(
    "equals the fold after shuffled, doubled delivery to two processes at once (seed %i)",
    async (seed) => {
      const next = random(seed);
      const mall = createMall();
      const commits = await busyMall(mall, 20);
      const both = [indexer(), indexer()];
      const deliver = async (reader: Indexer): Promise<void> => {
        const sequence = shuffled([...commits, ...commits.filter(() => next() < 0.3)], next);
        for (let i = 0; i < sequence.length; i += 17) await reader.read(sequence.slice(i, i + 17));
      };
      await Promise.all(both.map(deliver));
      const found = await drift(mall);
      expect(found.findings).toEqual([]);
      expect(found.sources).toBe(20 * 5);
    },
  );

  it("is not called different while a commit is on its way, and is when none is any more", async () => {
    const mall = createMall();
    const reader = indexer();
    const commit = await mall.product("late");
    expect((await drift(mall)).findings).toMatchObject([{ document: "late" }]);
    let looks = 0;
    const found = await drift(mall, async () => {
      if (++looks === 3) await reader.read([commit]);
      return looks < 3;
    });
    expect(found.findings).toEqual([]);
    expect(looks).toBe(3);
  });

  it("bears reads that are not awaited, one writer per document", async () => {
    const mall = createMall();
    const commits = await busyMall(mall, 5);
    const reader = indexer();
    await Promise.all(commits.map((commit) => reader.read([commit])));
    expect((await drift(mall)).findings).toEqual([]);
  });

  it("names the document that the engine refuses, writes the rest, and is not retryable", async () => {
    const mall = createMall();
    const good = await mall.product("good");
    const bad = await mall.product("bad");
    const state = { ...(bad.state as object), publishedAt: "no date at all" };
    const failure = await indexer()
      .read([good, { ...bad, state }])
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: "IndexingRefused", retryable: false, failures: [{ id: "bad" }] });
    expect(String(failure)).toContain("document_parsing_exception");
    const found = await search.client.exists({ index: aliasOf(namespace, "products"), id: "good" });
    expect(found).toBe(true);
  });

  it("tells an engine that cannot be reached from a document that is refused", async () => {
    const client = createSearchClient("http://127.0.0.1:1");
    const lost = createIndexer({ client, namespace, projection: products });
    const commit = await createMall().product("p1");
    await expect(lost.read([commit])).rejects.toMatchObject({ retryable: true, code: 503, type: "SEARCH_UNAVAILABLE" });
    const queries = productQueries({ client, namespace, wait: () => Promise.resolve() });
    const refusal = await queries["product.get"]({ id: "p1" }, { meta: {} }).catch((error: unknown) => error);
    expect(isRefusal(refusal, "SEARCH_UNAVAILABLE")).toBe(true);
    await client.close();
  });

  it("lets a caller find what it wrote, every time", async () => {
    const mall = createMall();
    const reader = indexer();
    // whether it is found, not how soon: that is a benchmark's question
    const wait = createWait({ client: search.client, namespace, projections, timeoutMs: 30_000 });
    const { "product.search": find } = productQueries({ client: search.client, namespace, wait });
    const pair = async (n: number): Promise<number> => {
      const commit = await mall.product(`w${n}`, { title: { en: `marker${n}` } });
      const applied = reader.read([commit]);
      const ask = { q: `marker${n}`, sort: "relevance", limit: 5 } as const;
      const { total } = await find(ask, { meta: { after: [markOf(commit)] } });
      await applied;
      return total;
    };
    for (let n = 0; n < 300; n += 20) {
      const totals = await Promise.all(Array.from({ length: 20 }, (_, k) => pair(n + k)));
      expect(totals).toEqual(new Array(20).fill(1));
    }
  });

  it("shares refreshes among waiters and bounds them per second", async () => {
    const mall = createMall();
    const commit = await mall.product("r1");
    await indexer().read([commit]);
    let refreshes = 0;
    search.client.diagnostic.on("response", (_error, result) => {
      if (result?.meta.request.params.path.endsWith("/_refresh") === true) refreshes++;
    });
    const wait = createWait({ client: search.client, namespace, projections, refreshesPerSecondMax: 10 });
    const began = performance.now();
    while (performance.now() - began < 1_000) {
      await Promise.all(Array.from({ length: 50 }, () => wait([markOf(commit)], "products")));
    }
    expect(refreshes).toBeGreaterThan(3);
    expect(refreshes).toBeLessThanOrEqual(12);
  });

  it("answers with how far behind it is, and does not wait where there is no target", async () => {
    const commit = await createMall().product("never");
    const wait = createWait({ client: search.client, namespace, projections, timeoutMs: 100 });
    const refusal = await wait([markOf(commit)], "products").catch((error: unknown) => error);
    expect(isRefusal(refusal, "READ_BEHIND")).toBe(true);
    expect(refusal).toMatchObject({ data: { behind: [{ source: "product/never", version: 1, seen: 0 }] } });
    await wait([{ ...markOf(commit), targets: [] }], "products");
    await wait([markOf(commit)], "channels");
  });
});
