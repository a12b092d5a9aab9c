import { channels } from "../../../indexers/channel/channels.projection";
import { channelQueries } from "../../../indexers/channel/channels.query";
import { createIndexer } from "../../../indexers/kernel/indexer";
import { aliasOf, ensureIndex } from "../../../indexers/kernel/indices";
import { channelContract, type ChannelView } from "../../../models/channel/channel.contract";
import { isRefusal } from "../../../models/kernel/refusal";
import type { Commit } from "../../../models/kernel/row";
import { searchUnderTest, START_WITHIN_MS, type SearchUnderTest } from "../../support/elasticsearch";
import { rowAfter } from "../../support/rows";

const shop = (code: string, more: object = {}) => ({
  status: "open",
  code,
  name: { en: `Shop ${code}`, de: `Laden ${code}` },
  currency: "EUR",
  languages: ["en", "de"],
  taxInclusive: true,
  ...more,
});

const commitOf = (id: string, ...states: object[]): Commit => {
  const row = states.reduce<Commit | null>(
    (before, state) => ({ ...rowAfter(before, { id, state }), aggregate: "channel" }),
    null,
  );
  if (row === null) throw new Error("a commit needs a state");
  return row;
};

describe("the list of channels", () => {
  let search: SearchUnderTest;
  let list: (limit: number) => Promise<readonly ChannelView[]>;

  beforeAll(async () => {
    search = await searchUnderTest();
    const { client, namespace } = search;
    await ensureIndex(client, namespace, channels);
    await createIndexer({ client, namespace, projection: channels }).read([
      commitOf("c-3", shop("main")),
      commitOf("c-1", shop("outlet"), shop("outlet", { status: "closed" })),
      commitOf("c-2", shop("b2b", { taxInclusive: false, languages: ["de"] })),
      commitOf("c-4", { status: "absent" }),
    ]);
    await client.indices.refresh({ index: aliasOf(namespace, "channels") });
    const queries = channelQueries({ client, namespace, wait: () => Promise.resolve() });
    list = async (limit) => (await queries["channel.list"]({ limit }, { meta: {} })).items;
  }, START_WITHIN_MS);
  afterAll(() => search.stop(), START_WITHIN_MS);

  it("is sorted by code, with open and closed ones, and without those that never came to be", async () => {
    expect((await list(50)).map(({ code, status, version }) => [code, status, version])).toEqual([
      ["b2b", "open", 1],
      ["main", "open", 1],
      ["outlet", "closed", 2],
    ]);
  });

  it("shows each as the contract says", async () => {
    const items = await list(50);
    const declared = channelContract.actions["channel.list"].result;
    expect(declared?.validate({ items }, { convert: false })).toEqual({ value: { items } });
    expect(items[0]).toEqual({
      ...{ id: "c-2", version: 1, status: "open", code: "b2b", name: { en: "Shop b2b", de: "Laden b2b" } },
      ...{ currency: "EUR", languages: ["de"], taxInclusive: false },
    });
  });

  it("is cut at its limit", async () => {
    expect((await list(2)).map(({ code }) => code)).toEqual(["b2b", "main"]);
  });

  it("is refused where there is no index", async () => {
    const { client, namespace } = search;
    const nowhere = channelQueries({ client, namespace: `${namespace}-none`, wait: () => Promise.resolve() });
    const refusal = await nowhere["channel.list"]({ limit: 1 }, { meta: {} }).catch((error: unknown) => error);
    expect(isRefusal(refusal, "SEARCH_UNAVAILABLE")).toBe(true);
  });
});
