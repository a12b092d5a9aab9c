import { channels } from "../../../indexers/channel/channels.projection";
import { createDirectory, type Directory } from "../../../indexers/kernel/directory";
import { createIndexer, type Indexer } from "../../../indexers/kernel/indexer";
import { aliasOf, ensureIndex } from "../../../indexers/kernel/indices";
import { targetsIn } from "../../../indexers/kernel/projection";
import { createWait } from "../../../indexers/kernel/read-your-writes";
import type { ChannelState } from "../../../models/channel/channel.aggregate";
import type { WriteMark } from "../../../models/kernel/contract";
import type { Commit } from "../../../models/kernel/row";
import { searchUnderTest, START_WITHIN_MS, type SearchUnderTest } from "../../support/elasticsearch";
import { eventually } from "../../support/eventually";
import { chainOf } from "../../support/rows";

type Names = ReadonlyMap<string, string>;

const shop = (code: string): ChannelState => ({
  status: "open",
  code,
  name: { en: code },
  currency: "EUR",
  languages: ["en"],
  taxInclusive: true,
});
/** One commit per code that the channel has had. */
const commitsOf = (id: string, ...codes: string[]): Commit[] =>
  chainOf(id, codes.map(shop)).map((row) => ({ ...row, aggregate: "channel" }));
const markOf = (commit: Commit): WriteMark => ({
  source: `channel/${commit.aggregateId}`,
  version: commit.version,
  targets: targetsIn(channels, commit),
});
const FOREVER_MS = 1e9;

describe("a directory", () => {
  let search: SearchUnderTest;
  let namespace: string;
  let count = 0;
  let made: number;
  let indexer: Indexer;

  beforeAll(async () => {
    search = await searchUnderTest();
  }, START_WITHIN_MS);
  afterAll(() => search.stop(), START_WITHIN_MS);
  beforeEach(async () => {
    namespace = `${search.namespace}-d${++count}`;
    await ensureIndex(search.client, namespace, channels, { hidden: true });
    indexer = createIndexer({ client: search.client, namespace, projection: channels });
    made = 0;
  });

  const directory = (more: { ageMsMax?: number; documentsMax?: number } = {}): Directory<Names> =>
    createDirectory<{ code: string }, Names>({
      deps: {
        client: search.client,
        namespace,
        wait: createWait({ client: search.client, namespace, projections: [channels] }),
      },
      projection: "channels",
      fields: ["code"],
      make: (documents) => {
        made++;
        return new Map([...documents].map(([id, { code }]) => [id, code]));
      },
      ...more,
    });
  const refresh = () => search.client.indices.refresh({ index: aliasOf(namespace, "channels") });
  const seeing = (...after: Commit[]) => ({ meta: { after: after.map(markOf) } });

  it("holds all there is, over several pages, and is made once while nothing changes", async () => {
    await indexer.read(Array.from({ length: 1_203 }, (_, n) => commitsOf(`c${n}`, `code-${n}`)).flat());
    await refresh();
    const read = directory({ ageMsMax: 0 });
    for (let n = 0; n < 3; n++) expect((await read({ meta: {} })).size).toBe(1_203);
    expect(made).toBe(1);
  });

  it("sees a change at once with its token, also the first and also among many at a time", async () => {
    const read = directory({ ageMsMax: FOREVER_MS });
    const [first, second] = commitsOf("c1", "old", "new") as [Commit, Commit];
    await indexer.read([first]);
    expect(await read(seeing(first))).toEqual(new Map([["c1", "old"]]));
    const applied = indexer.read([second]);
    const all = await Promise.all(Array.from({ length: 20 }, () => read(seeing(second))));
    await applied;
    expect(all.map((names) => names.get("c1"))).toEqual(new Array(20).fill("new"));
  });

  it("without a token keeps what it has until it is too old", async () => {
    const [first, second] = commitsOf("c1", "old", "new") as [Commit, Commit];
    await indexer.read([first]);
    await refresh();
    const [lasting, brief] = [directory({ ageMsMax: FOREVER_MS }), directory({ ageMsMax: 50 })];
    for (const read of [lasting, brief]) expect((await read({ meta: {} })).get("c1")).toBe("old");
    await indexer.read([second]);
    await refresh();
    expect((await lasting({ meta: {} })).get("c1")).toBe("old");
    await eventually("the brief one to see it", async () => (await brief({ meta: {} })).get("c1") === "new");
  });

  it("begins again when the alias stands on another index", async () => {
    await indexer.read([...commitsOf("c1", "one"), ...commitsOf("c2", "two"), ...commitsOf("c3", "three")]);
    await refresh();
    const read = directory({ ageMsMax: 0 });
    expect((await read({ meta: {} })).size).toBe(3);
    const alias = aliasOf(namespace, "channels");
    await search.client.indices.create({ index: `${alias}-r${channels.revision + 1}-9`, mappings: channels.mappings });
    await search.client.index({
      index: `${alias}-r${channels.revision + 1}-9`,
      id: "c9",
      document: { code: "nine" },
      refresh: true,
    });
    await search.client.indices.updateAliases({
      actions: [
        { remove: { index: `${alias}-r${channels.revision}-1`, alias } },
        { add: { index: `${alias}-r${channels.revision + 1}-9`, alias } },
      ],
    });
    expect(await read({ meta: {} })).toEqual(new Map([["c9", "nine"]]));
  });

  it("says so when there is more than it may hold, and does not answer with a part", async () => {
    await indexer.read([...commitsOf("c1", "one"), ...commitsOf("c2", "two")]);
    await refresh();
    await expect(directory({ documentsMax: 1 })({ meta: {} })).rejects.toThrow(
      /channels has more than the 1 documents/,
    );
  });
});
