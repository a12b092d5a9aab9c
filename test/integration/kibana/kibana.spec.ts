/**
 * Every panel of Kibana's dashboards, taken out of the saved objects and run against the engine on what a small market
 * did: its fields are there, it finds something, and its sums are those of the histories.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import type { estypes } from "@elastic/elasticsearch";
import { createRecorders } from "../../../indexers/analytics";
import { dashboards, panels } from "../../../kibana/panels";
import { fieldsOf } from "../../../kibana/query";
import { ndjson, type SavedObject } from "../../../kibana/saved-objects";
import type { Commit } from "../../../models/kernel/row";
import type { Book } from "../../../models/ledger/ledger.aggregate";
import type { PlacedOrder } from "../../../models/order/order.state.aggregate";
import type { KeptStock } from "../../../models/stock/stock.aggregate";
import { searchUnderTest, START_WITHIN_MS, type SearchUnderTest } from "../../support/elasticsearch";
import { openPurchases, type Purchases } from "../order/purchase";

const FILE = path.join(__dirname, "../../../kibana/stoa.ndjson");
const objects = readFileSync(FILE, "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as SavedObject);

let search: SearchUnderTest;
let shop: Purchases;
const commits: Commit[] = [];

beforeAll(async () => {
  search = await searchUnderTest();
  shop = await openPurchases();
  const first = await shop.bought(3);
  await shop.bought(2);
  await shop.call("order.ship", { id: first.id, carrier: "dhl", tracking: "1" });
  await shop.call("order.refund", { id: first.id, amountMinor: 500, reason: "late" });
  await shop.settle();
  for (const [aggregate, history] of shop.mall.histories) {
    commits.push(...(await history.scan("", 10_000)).map((row): Commit => ({ ...row, aggregate })));
  }
  const { client, namespace } = search;
  const recorders = createRecorders({ client, namespace, aggregates: [...shop.mall.histories.keys()] });
  for (const recorder of recorders) {
    const read = commits.filter(({ aggregate }) => recorder.aggregates.includes(aggregate));
    // twice, as after a crash: nothing may count twice
    await recorder.read(read);
    await recorder.read(read);
  }
  await client.indices.refresh({ index: `${namespace}-analytics-*` });
}, START_WITHIN_MS);
afterAll(async () => {
  await search.stop();
  await shop.mall.stop();
});

interface Spec {
  readonly data: { readonly url: { readonly index: string; readonly body: object } };
}

function specOf(id: string): Spec {
  const found = objects.find((object) => object.type === "visualization" && object.id === `stoa-${id}`);
  const state = JSON.parse(String(found?.attributes["visState"])) as { params: { spec: string } };
  return JSON.parse(state.params.spec) as Spec;
}

/** What Kibana does with a panel before it sends it: the time, and the dashboard's filters, of which there are none. */
function filled(body: object): estypes.SearchRequest {
  const text = JSON.stringify(body)
    .replaceAll('"%timefilter%":true', '"gte":"now-1d","lte":"now+1d"')
    .replaceAll(/"%dashboard_context-\w+%"/g, '{"match_none":{}}');
  const request = JSON.parse(text) as { query: { bool: Record<"must" | "must_not" | "filter", unknown[]> } };
  const { bool } = request.query;
  const own = (clauses: readonly unknown[]) => clauses.filter((one) => JSON.stringify(one) !== '{"match_none":{}}');
  const query = { bool: { must: own(bool.must), must_not: own(bool.must_not), filter: own(bool.filter) } };
  return { ...request, query } as estypes.SearchRequest;
}

interface Bucket {
  readonly key?: string | number;
  readonly doc_count: number;
  readonly value?: { readonly value: number };
  readonly per?: { readonly value: number };
  readonly split?: { readonly buckets: readonly Bucket[] };
}

async function answered(id: string): Promise<readonly Bucket[]> {
  const { url } = specOf(id).data;
  const index = url.index.replace(/^stoa-/, `${search.namespace}-`);
  const { aggregations } = await search.client.search({ index, ...filled(url.body) });
  const all = aggregations as unknown as Record<"all" | "days" | "top", Bucket & { buckets: Bucket[] }>;
  const [only] = Object.values(all);
  return "buckets" in (only ?? {}) ? (only?.buckets ?? []) : only ? [only] : [];
}

const figure = ({ value, doc_count: count }: Bucket): number => value?.value ?? count;
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const total = async (id: string): Promise<number> => sum((await answered(id)).map(figure));

test("the file is what the panels say", () => expect(readFileSync(FILE, "utf8")).toBe(ndjson(panels, dashboards)));

test("every reference leads to an object, and every panel is on a dashboard", () => {
  const known = new Set(objects.map(({ type, id }) => `${type}/${id}`));
  expect(known.size).toBe(objects.length);
  const named = objects.flatMap(({ references }) => references.map(({ type, id }) => `${type}/${id}`));
  expect(named.filter((name) => !known.has(name))).toEqual([]);
  expect(panels.map(({ id }) => `visualization/stoa-${id}`).filter((name) => !named.includes(name))).toEqual([]);
  for (const { attributes, references } of objects.filter(({ type }) => type === "dashboard")) {
    const placed = JSON.parse(String(attributes["panelsJSON"])) as { panelIndex: string; panelRefName: string }[];
    expect(placed.map((one) => `${one.panelIndex}:${one.panelRefName}`)).toEqual(references.map(({ name }) => name));
  }
});

test("a data view names each kind of records by its time", () => {
  const views = objects.filter(({ type }) => type === "index-pattern").map(({ attributes }) => attributes);
  expect(views.map(({ title }) => title)).toEqual(expect.arrayContaining(["stoa-analytics-orders"]));
  expect(views.every(({ timeFieldName }) => timeFieldName === "@timestamp")).toBe(true);
});

describe.each(panels)("the panel $id", (panel) => {
  test("asks fields that there are, and finds something", async () => {
    const index = `${search.namespace}-analytics-${panel.records}`;
    const fields = fieldsOf(panel);
    const found = await search.client.fieldCaps({ index, fields: [...fields] });
    expect(fields.filter((field) => !(field in found.fields))).toEqual([]);
    const text = JSON.stringify(specOf(panel.id).data.url.body);
    expect(fields.filter((field) => !text.includes(`"${field}"`))).toEqual([]);
    const buckets = await answered(panel.id);
    expect(sum(buckets.map(({ doc_count: count }) => count))).toBeGreaterThan(0);
    expect(buckets.every((bucket) => Number.isFinite(figure(bucket)))).toBe(true);
  });
});

describe("the sums are those of the histories:", () => {
  const of = (aggregate: string): Commit[] => commits.filter((commit) => commit.aggregate === aggregate);
  const heads = <S>(aggregate: string): S[] => [
    ...new Map(of(aggregate).map(({ aggregateId, state }) => [aggregateId, state as S])).values(),
  ];

  test("orders, what they came to, and who bought", async () => {
    const orders = heads<PlacedOrder>("order");
    const bought = sum(orders.map(({ money }) => money.totalMinor));
    expect(await total("orders")).toBe(orders.length);
    expect([await total("gmv"), await total("gmv-days"), await total("channels"), await total("sellers")]).toEqual([
      ...[bought, bought, bought, bought],
    ]);
    expect(await total("active-buyers")).toBe(new Set(orders.map(({ customerId }) => customerId)).size);
    expect(await total("refunds")).toBe(sum(orders.map(({ money }) => money.refundedMinor)));
    const [aov] = await answered("aov");
    expect([aov?.value?.value, aov?.doc_count]).toEqual([bought, orders.length]);
  });

  test("lines", async () => {
    const lines = heads<PlacedOrder>("order").flatMap((order) => order.lines);
    expect(await total("products")).toBe(sum(lines.map(({ quantity }) => quantity)));
    expect(await total("products-gmv")).toBe(sum(lines.map(({ totalMinor }) => totalMinor)));
  });

  test("what lies on the shelves", async () => {
    expect(await total("shelves")).toBe(sum(heads<KeptStock>("stock").map(({ onHand }) => onHand)));
  });

  test("the books, which come to zero", async () => {
    const books = heads<Book>("ledger");
    expect(await total("accounts")).toBe(0);
    expect(await total("payable")).toBe(sum(books.map(({ balances }) => balances.payable)));
    expect(await total("commission")).toBe(sum(books.map(({ balances }) => balances.commission)));
  });

  test("changes, each with a snapshot", async () => {
    expect(await total("commits")).toBe(commits.length);
    expect(await total("things")).toBe(new Set(commits.map(({ aggregateId }) => aggregateId)).size);
    expect(await total("snapshots")).toBe(commits.length);
    expect(await total("commands")).toBeLessThanOrEqual(commits.length);
  });
});

test("nothing personal is in the records", async () => {
  const { hits } = await search.client.search({ index: `${search.namespace}-analytics-*`, size: 1_000 });
  const text = JSON.stringify(hits.hits);
  expect(hits.hits.length).toBeGreaterThan(20);
  expect(["mia", "Muster", "Lichtweg", "mia@example.com"].filter((word) => text.includes(`"${word}"`))).toEqual([]);
});
