import { createIndexer } from "../../../indexers/kernel/indexer";
import { aliasOf, ensureIndex } from "../../../indexers/kernel/indices";
import type { Wait } from "../../../indexers/kernel/query";
import { createWait } from "../../../indexers/kernel/read-your-writes";
import { createSellers, type Sellers } from "../../../indexers/seller/sellers.directory.query";
import { sellers as projection } from "../../../indexers/seller/sellers.projection";
import { sellerQueries } from "../../../indexers/seller/sellers.query";
import { sellerContract, type ListedSellers, type ListSellers } from "../../../models/seller/seller.contract";
import type { WriteMark } from "../../../models/kernel/contract";
import type { Commit } from "../../../models/kernel/row";
import { searchUnderTest, START_WITHIN_MS, type SearchUnderTest } from "../../support/elasticsearch";
import { rowAfter } from "../../support/rows";

const shop = (name: string, status = "active", more: object = {}) => ({
  ...{ status, accountId: "a-1", name, country: "DE", form: "company" },
  ...(status === "submitted" ? {} : { activeSince: "2026-01-01T00:00:00.000Z" }),
  ...more,
});

const commitsOf = (id: string, ...states: object[]): Commit[] => {
  const commits: Commit[] = [];
  for (const state of states) {
    commits.push({ ...rowAfter(commits.at(-1) ?? null, { id, state }), aggregate: "seller" });
  }
  return commits;
};

const markOf = ({ aggregateId: id, version }: Commit): WriteMark => ({
  source: `seller/${id}`,
  version,
  targets: [{ projection: "sellers", id }],
});

describe("sellers on the read side", () => {
  let search: SearchUnderTest;
  let directory: () => Sellers;
  let queries: ReturnType<typeof sellerQueries>;
  let list: (params: Partial<ListSellers>) => Promise<ListedSellers>;
  let index: (commits: readonly Commit[]) => Promise<void>;
  let searches = 0;

  beforeAll(async () => {
    search = await searchUnderTest();
    const { client, namespace } = search;
    client.diagnostic.on("response", (_error, event) => {
      if (String(event?.meta.request.params.path).includes("_search")) searches += 1;
    });
    await ensureIndex(client, namespace, projection, { hidden: true });
    const wait: Wait = createWait({ client, namespace, projections: [projection] });
    const indexer = createIndexer({ client, namespace, projection });
    index = (commits) => indexer.read(commits);
    directory = () => createSellers({ client, namespace, wait });
    queries = sellerQueries({ client, namespace, wait });
    list = (params) => queries["seller.list"]({ limit: 10, ...params }, { meta: {} });
    await index([
      ...commitsOf("s-1", shop("Brandt Leuchten")),
      ...commitsOf("s-2", shop("Café Central"), shop("Café Central", "suspended")),
      ...commitsOf("s-3", shop("Nordlicht", "closed")),
      ...commitsOf("s-4", shop("Anwärter", "submitted")),
    ]);
    await client.indices.refresh({ index: aliasOf(namespace, "sellers") });
  }, START_WITHIN_MS);
  afterAll(() => search.stop(), START_WITHIN_MS);

  it("are named, and hidden when they are suspended or closed", async () => {
    const found = await directory()({ meta: {} });
    expect(found.hidden()).toEqual(["s-2", "s-3"]);
    expect(["s-1", "s-2", "nobody"].map((id) => found.name(id))).toEqual(["Brandt Leuchten", "Café Central", null]);
    expect(["s-1", "s-2", "nobody"].map((id) => found.isHidden(id))).toEqual([false, true, false]);
  });

  it("are known at once with the mark of a change, and until then as they were", async () => {
    const sellers = directory();
    const before = await sellers({ meta: {} });
    const [, suspended] = commitsOf("s-9", shop("Neun"), shop("Neun", "suspended")) as [Commit, Commit];
    const waiting = sellers({ meta: { after: [markOf(suspended)] } });
    expect((await sellers({ meta: {} })).hidden()).toBe(before.hidden());
    await index([suspended]);
    expect((await waiting).isHidden("s-9")).toBe(true);
    const [, , back] = commitsOf("s-9", shop("Neun"), shop("Neun", "suspended"), shop("Zehn")) as [
      Commit,
      Commit,
      Commit,
    ];
    await index([back]);
    const after = await sellers({ meta: { after: [markOf(back)] } });
    expect([after.isHidden("s-9"), after.name("s-9")]).toEqual([false, "Zehn"]);
  });

  it("are asked for once, however many queries look at them within a second", async () => {
    const sellers = directory();
    await Promise.all(Array.from({ length: 20 }, () => sellers({ meta: {} })));
    const before = searches;
    const found = await Promise.all(Array.from({ length: 20 }, () => sellers({ meta: {} })));
    expect([searches - before, new Set(found).size]).toEqual([0, 1]);
  });

  it("are told to who applied for them, the last changed first, and to nobody else", async () => {
    const own = commitsOf("s-20", shop("Meins", "draft", { accountId: "a-9" }));
    const closed = commitsOf("s-21", shop("Auch meins", "closed", { accountId: "a-9" }));
    const later = closed.map((commit) => ({ ...commit, committedAt: "2027-01-01T00:00:00.000Z" }));
    await index([...own, ...later]);
    const after = [...own, ...later].map(markOf);
    const mine = (id: string | undefined) =>
      queries["seller.mine"]({}, { meta: { after, ...(id !== undefined && { principal: { id, permissions: [] } }) } });
    expect(await mine("a-9")).toEqual({
      items: [
        { id: "s-21", version: 1, status: "closed", name: "Auch meins" },
        { id: "s-20", version: 1, status: "draft", name: "Meins" },
      ],
    });
    expect([await mine("nobody"), await mine(undefined)]).toEqual([{ items: [] }, { items: [] }]);
    const profiles = await list({ q: "meins", limit: 5 });
    expect(profiles.items.length).toBeGreaterThan(1);
    expect(JSON.stringify(profiles)).not.toContain("a-9");
  });

  it("are listed by name and status, page by page, as the contract says", async () => {
    expect((await list({ q: "cafe" })).items.map(({ id }) => id)).toEqual(["s-2"]);
    expect((await list({ status: "submitted" })).items.map(({ name }) => name)).toEqual(["Anwärter"]);
    const first = await list({ limit: 2 });
    const second = await list({ limit: 2, ...(first.cursor !== null && { cursor: first.cursor }) });
    const ids = [...first.items, ...second.items].map(({ id }) => id);
    expect([new Set(ids).size, first.total]).toEqual([4, (await list({ limit: 50 })).items.length]);
    const declared = sellerContract.actions["seller.list"].result;
    expect(declared?.validate(first, { convert: false })).toEqual({ value: first });
  });
});
