/** An index is shown to those who search it; where nobody does, a write costs no refresh. */
import { channels } from "../../../indexers/channel/channels.projection";
import { createAudience } from "../../../indexers/kernel/audience";
import { aliasOf, ensureIndex, marksOf } from "../../../indexers/kernel/indices";
import { createShow } from "../../../indexers/kernel/refresher";
import { searchUnderTest, START_WITHIN_MS, type SearchUnderTest } from "../../support/elasticsearch";
import { eventually } from "../../support/eventually";

describe("the audience of an index", () => {
  let search: SearchUnderTest;
  let index: string;
  let alias: string;

  beforeAll(async () => {
    search = await searchUnderTest();
    const { client, namespace } = search;
    await ensureIndex(client, namespace, channels, { hidden: true });
    alias = aliasOf(namespace, "channels");
    index = (await marksOf(client, namespace, "channels")).live?.index ?? "";
  }, START_WITHIN_MS);
  afterAll(() => search.stop(), START_WITHIN_MS);

  const found = async (): Promise<number> => (await search.client.count({ index: alias })).count;
  const refreshes = async (): Promise<number> => {
    const { _all } = await search.client.indices.stats({ index, metric: "refresh" });
    return _all.total?.refresh?.external_total ?? 0;
  };

  it("is shown what is written while it asks, and left alone otherwise", async () => {
    const { client, namespace } = search;
    const audience = createAudience({ client, namespace, lookEveryMs: 20, staysMs: 60_000 });
    const show = createShow(client, 0, audience);
    await client.index({ index, id: "one", document: { code: "one" } });
    const before = await refreshes();
    expect(audience(index)).toBe(false);
    show(index);
    expect(await refreshes()).toBe(before);
    await eventually("the search is noticed", async () => (await found(), audience(index)));
    await eventually("what was written is shown", async () => (show(index), (await found()) === 1));
  });

  it("has gone when nobody has asked for long enough", async () => {
    const { client, namespace } = search;
    const audience = createAudience({ client, namespace, lookEveryMs: 20, staysMs: 300 });
    await eventually("the search is noticed", async () => (await found(), audience(index)));
    await eventually("everybody has gone", () => !audience(index));
  });
});
