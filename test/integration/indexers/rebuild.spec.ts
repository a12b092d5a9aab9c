import { claimBuilding, keepCursor } from "../../../indexers/kernel/building";
import { checkDrift } from "../../../indexers/kernel/drift";
import { SearchUnavailable } from "../../../indexers/kernel/client";
import { createIndexer, type Indexer } from "../../../indexers/kernel/indexer";
import { aliasOf, ensureIndex, indicesOf, marksOf } from "../../../indexers/kernel/indices";
import type { JoinedProjection } from "../../../indexers/kernel/projection";
import { rebuild, type Progress } from "../../../indexers/kernel/rebuild";
import { products } from "../../../indexers/product/products.projection";
import type { Commit } from "../../../models/kernel/row";
import { eventually } from "../../support/eventually";
import { createMall, type Mall } from "../../support/memory-mall";
import { searchUnderTest, START_WITHIN_MS, type SearchUnderTest } from "../../support/elasticsearch";

const PRODUCTS = 60;
const next: JoinedProjection = { ...products, revision: products.revision + 1 };

/** A failure that would pass is thrown, to be asked again; one that stays is told. */
async function readUnlessRefused(reader: Indexer, commit: Commit): Promise<true | Error> {
  try {
    await reader.read([commit]);
    return true;
  } catch (error) {
    if (error instanceof SearchUnavailable) throw error;
    return error instanceof Error ? error : new Error(String(error));
  }
}

describe("an index made anew", () => {
  let search: SearchUnderTest;
  let namespace: string;
  let mall: Mall;
  let count = 0;

  beforeAll(async () => {
    search = await searchUnderTest();
  }, START_WITHIN_MS);
  afterAll(() => search.stop(), START_WITHIN_MS);

  const alias = () => aliasOf(namespace, "products");
  const indexer = () => createIndexer({ client: search.client, namespace, projection: products });
  const options = () => ({
    client: search.client,
    namespace,
    projection: next,
    histories: mall.readers,
  });
  const drift = (sample?: number) =>
    checkDrift({
      client: search.client,
      index: alias(),
      projection: products,
      histories: mall.readers,
      settleMs: 0,
      ...(sample !== undefined && { sample }),
    });

  beforeEach(async () => {
    namespace = `${search.namespace}-${++count}`;
    mall = createMall();
    await ensureIndex(search.client, namespace, products);
    const commits = [];
    for (let n = 0; n < PRODUCTS; n++) {
      const id = `p${n}`;
      commits.push(await mall.product(id), await mall.offer(`${id}-o`, id, 100 + n));
      commits.push(await mall.stock(`${id}-s`, { productId: id, offerId: `${id}-o` }, 1));
    }
    await indexer().read(commits);
    await search.client.indices.refresh({ index: alias() });
  });

  it("is whole at every moment for those who read the alias, while writes go on", async () => {
    const reader = indexer();
    const seen = new Set<number>();
    const rebuilding = { done: false };
    const watch = async (): Promise<void> => {
      while (!rebuilding.done) seen.add((await search.client.count({ index: alias() })).count);
    };
    const write = async (): Promise<number> => {
      let writes = 0;
      for (; !rebuilding.done; writes++) {
        const id = `p${writes % PRODUCTS}-o`;
        const commit = await mall.run("offer.reprice", id, { price: { amountMinor: 7 + writes, currency: "EUR" } });
        // as the durable consumer does: a write that was slower than the lease finds its index gone, and comes again
        expect(await eventually("the commit is written", () => readUnlessRefused(reader, commit))).toBe(true);
      }
      return writes;
    };
    const phases: Progress[] = [];
    const work = rebuild({ ...options(), onProgress: (progress) => phases.push(progress) }).finally(() => {
      rebuilding.done = true;
    });
    const [built, writes] = await Promise.all([work, write(), watch()]);
    expect(built.index).toBe(`${alias()}-r${next.revision}-2`);
    expect(writes).toBeGreaterThan(10);
    expect([...seen]).toEqual([PRODUCTS]);
    expect(phases.map(({ phase }) => phase)).toEqual(expect.arrayContaining(["fill", "verify"]));
    expect((await drift()).findings).toEqual([]);
    expect((await indicesOf(search.client, alias())).map(({ index }) => index)).toEqual([built.index]);
    expect(await ensureIndex(search.client, namespace, next)).toEqual({ rebuildNeeded: false });
  });

  it("goes on where a killed rebuild stopped, and stays away from one that is alive", async () => {
    const claimed = await claimBuilding(options());
    await expect(rebuild(options())).rejects.toThrow("is being filled by another process");
    // what the killed one had done: every offer, which come last; its cursor says so
    const half = createIndexer({ client: search.client, namespace, projection: products });
    await half.read([...mall.histories.product.rows.values()].map((row) => ({ ...row, aggregate: "product" })));
    await keepCursor(options(), claimed.name, { aggregate: "offer", after: "", rows: PRODUCTS });
    const built = await rebuild({ ...options(), abandonedMs: 0 });
    expect(built).toMatchObject({ index: claimed.name.index, resumed: true, rows: 3 * PRODUCTS });
    expect((await drift()).findings).toEqual([]);
  });

  it("is whole when an aggregate has more rows than a page", async () => {
    const products = 400;
    mall = createMall();
    for (let n = 0; n < products; n++) {
      await mall.product(`m${n}`);
      await mall.offer(`m${n}-o`, `m${n}`, 100);
      for (const amountMinor of [90, 80 + n]) {
        await mall.run("offer.reprice", `m${n}-o`, { price: { amountMinor, currency: "EUR" } });
      }
    }
    namespace = `${namespace}-pages`;
    await ensureIndex(search.client, namespace, next);
    const filled: number[] = [];
    const onProgress = ({ phase, done }: Progress): unknown => phase === "fill" && filled.push(done);
    const built = await rebuild({ ...options(), onProgress });
    expect(built.rows).toBe(4 * products);
    // products in one page, offers in two, stock and reviews in none
    expect(filled).toEqual([products, products + 1_000, ...[1, 2, 3].map(() => 4 * products)]);
    expect(await drift()).toEqual({ sources: 2 * products, findings: [] });
    const dearest = await search.client.get<{ offers: object[] }>({ index: alias(), id: `m${products - 1}` });
    expect(dearest._source?.offers).toMatchObject([{ amountMinor: 80 + products - 1, currency: "EUR" }]);
  });

  it("is not switched to when it differs from the histories", async () => {
    let turn = 0;
    const impure: JoinedProjection = {
      ...next,
      compose: (id, parts) => ({ ...products.compose(id, parts), brand: `turn ${++turn}` }),
    };
    await expect(rebuild({ ...options(), projection: impure })).rejects.toThrow('field "brand"');
    const { live, building } = await marksOf(search.client, namespace, "products");
    expect(live?.revision).toBe(products.revision);
    expect(building).toBeNull();
  });

  describe("drift", () => {
    const plant = async (id: string, change: object): Promise<void> => {
      await search.client.update({ index: alias(), id, doc: change, refresh: true });
    };

    it("is found in a visible field, and named", async () => {
      await plant("p7", { brand: "planted" });
      expect((await drift()).findings).toContainEqual({
        document: "p7",
        field: "brand",
        expected: null,
        found: "planted",
      });
    });

    it("is found in a source that is behind", async () => {
      await mall.run("offer.reprice", "p3-o", { price: { amountMinor: 1, currency: "EUR" } });
      expect((await drift()).findings).toEqual([
        { document: "p3", field: "sources.offer/p3-o.version", expected: 2, found: 1 },
      ]);
    });

    it("is found where a document is missing, and where one comes from nowhere", async () => {
      await search.client.delete({ index: alias(), id: "p9", refresh: true });
      const { findings } = await drift();
      expect(new Set(findings.map(({ document, expected }) => `${document} ${String(expected)}`))).toEqual(
        new Set(["p9 a document"]),
      );
      const stranger = { "product/nobody": { version: 1, part: null } };
      const document = { ...products.compose("nobody", stranger), sources: stranger };
      for (const n of [1, 2, 3, 4]) {
        await search.client.index({ index: alias(), id: `nobody${n}`, document, refresh: true });
      }
      expect((await drift()).findings).toContainEqual({
        document: "nobody1",
        field: "sources.product/nobody",
        expected: undefined,
        found: "nobody1",
      });
    });

    it("is found by samples, too, sooner or later", async () => {
      for (let n = 0; n < PRODUCTS; n++) await plant(`p${n}`, { brand: "planted" });
      const { sources, findings } = await drift(5);
      expect(sources).toBe(15);
      expect(findings.length).toBeGreaterThanOrEqual(5);
      expect(findings[0]).toMatchObject({ field: "brand", found: "planted" });
    });
  });
});
