/** One answer for all who ask the same, and never an older one than the index shows. */
import { channels } from "../../../indexers/channel/channels.projection";
import { aliasOf, ensureIndex, marksOf } from "../../../indexers/kernel/indices";
import { createShared, type Shared } from "../../../indexers/kernel/shared-answers";
import { searchUnderTest, START_WITHIN_MS, type SearchUnderTest } from "../../support/elasticsearch";

interface Hits {
  hits: { total: { value: number }; hits: unknown[] };
}

describe("an answer that is shared", () => {
  let search: SearchUnderTest;
  let index: string;
  let alias: string;
  let clock = 0;
  let shared: Shared;

  beforeAll(async () => {
    search = await searchUnderTest();
    const { client, namespace } = search;
    await ensureIndex(client, namespace, channels, { hidden: true });
    alias = aliasOf(namespace, "channels");
    index = (await marksOf(client, namespace, "channels")).live?.index ?? "";
  }, START_WITHIN_MS);
  afterAll(() => search.stop(), START_WITHIN_MS);
  beforeEach(() => {
    shared = createShared({ client: search.client, index: alias, lookMs: 50, now: () => clock });
  });

  let asked = 0;
  const ask = (question: object) =>
    shared<Hits>(question, async () => {
      asked++;
      return (await search.client.search({ index: alias, query: { match_all: {} } })) as unknown as Hits;
    });
  const askedFor = async (work: () => Promise<unknown>): Promise<number> => {
    const before = asked;
    await work();
    return asked - before;
  };
  const write = async (id: string): Promise<void> => {
    await search.client.index({ index, id, document: { code: id } });
    await search.client.indices.refresh({ index });
  };
  const all = { q: "all" };

  it("is kept from the second time on, and given to all who ask at once", async () => {
    expect(await askedFor(async () => (await ask(all), await ask(all)))).toBe(2);
    expect(await askedFor(() => Promise.all([ask(all), ask(all), ask(all)]))).toBe(0);
    expect(await askedFor(() => ask({ q: "other" }))).toBe(1);
  });

  it("is asked for anew once the index shows something else, which is looked at every so often", async () => {
    await ask(all);
    const { hits } = await ask(all);
    await write("new");
    // the last look is believed for a moment
    expect((await ask(all)).hits.total.value).toBe(hits.total.value);
    clock += 50;
    expect((await ask(all)).hits.total.value).toBe(hits.total.value + 1);
    expect(await askedFor(() => ask(all))).toBe(0);
  });

  it("is not changed by anybody", async () => {
    await ask(all);
    const { hits } = await ask(all);
    expect(() => hits.hits.push({})).toThrow(TypeError);
  });

  it("is not shared where it failed, or where the engine does not count", async () => {
    await ask(all);
    const failing = () => shared(all, () => Promise.reject(new Error("cut")));
    await expect(failing()).rejects.toThrow("cut");
    expect(await askedFor(() => ask(all))).toBe(1);
    const nowhere = createShared({ client: search.client, index: "nowhere", now: () => clock });
    let answers = 0;
    for (let n = 0; n < 3; n++) await nowhere(all, () => Promise.resolve({ n: ++answers }));
    expect(answers).toBe(3);
  });
});
