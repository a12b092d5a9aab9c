/**
 * Every panel of Kibana's dashboards, taken out of the saved objects and run against the engine on what a small market
 * did: its fields are there, it finds something, its sums are those of the histories and of the facts; and the mall's
 * own answer, which the console shows, is the same.
 */
import { panels } from "../../../kibana/panels/all";
import { fieldsOf } from "../../../kibana/query";
import { analyticsContract } from "../../../models/analytics/analytics.contract";
import type { AskPanel } from "../../../models/analytics/analytics.panels.contract";
import type { AssessmentState } from "../../../models/assessment/assessment.aggregate";
import type { Book } from "../../../models/ledger/ledger.aggregate";
import type { PlacedOrder } from "../../../models/order/order.state.aggregate";
import type { KeptStock } from "../../../models/stock/stock.aggregate";
import { START_WITHIN_MS } from "../../support/elasticsearch";
import * as answers from "./answers";
import { figure, figureIn, momentOf, parts, sum } from "./answers";
import { openMarket, type Market } from "./market";
import { nothingPersonal } from "./personal.suite";
import { searchIn } from "./saved";

let market: Market;
beforeAll(async () => {
  market = await openMarket();
}, START_WITHIN_MS);
afterAll(() => market.stop());

const answered = (id: string) => answers.answered(market.search, id);
const asked = (panel: string, more: Partial<AskPanel> = {}) => answers.asked(market.search, panel, more);
const total = async (id: string): Promise<number> => sum(parts(await answered(id)).map(figure));
/** What a number says, and by what it is divided. */
async function ratio(id: string): Promise<readonly [number, number]> {
  const [bucket] = await answered(id);
  if (!bucket) throw new Error(`${id} says nothing`);
  return [figure(bucket), bucket.per === undefined ? bucket.doc_count : figureIn(bucket.per)];
}

describe.each(panels)("the panel $id", (panel) => {
  test("asks fields that there are, finds something, and is told the same by the mall", async () => {
    const { client, namespace } = market.search;
    const fields = fieldsOf(panel);
    const index = panel.records.map((name) => `${namespace}-analytics-${name}`);
    const found = await client.fieldCaps({ index, fields: [...fields] });
    expect(fields.filter((field) => !(field in found.fields))).toEqual([]);
    const text = JSON.stringify(searchIn(panel.id).body);
    expect(fields.filter((field) => !text.includes(`"${field}"`))).toEqual([]);
    const buckets = parts(await answered(panel.id));
    expect(sum(buckets.map(({ doc_count: count }) => count))).toBeGreaterThan(0);
    expect(buckets.every((bucket) => Number.isFinite(figure(bucket)))).toBe(true);
    expect(buckets.some((bucket) => figure(bucket) !== 0)).toBe(true);
    const told = await asked(panel.id);
    expect(analyticsContract.actions["analytics.panel"]?.result?.validate(told).error).toBeUndefined();
    expect(told.rows.map(({ records }) => records)).toEqual(buckets.map(({ doc_count: count }) => count));
    if (panel.kind !== "number") expect(told.rows.map((row) => row.figure)).toEqual(buckets.map(figure));
  });
});

describe("the sums are those of the histories:", () => {
  const heads = <S>(aggregate: string): S[] =>
    [
      ...new Map(
        market.commits
          .filter((one) => one.aggregate === aggregate)
          .map(({ aggregateId, state }) => [aggregateId, state]),
      ).values(),
    ] as S[];

  test("orders, what they came to, and who bought", async () => {
    const orders = heads<PlacedOrder>("order");
    const bought = sum(orders.map(({ money }) => money.totalMinor));
    const buyers = new Set(orders.map(({ customerId }) => customerId)).size;
    expect(await total("orders")).toBe(orders.length);
    const all = await Promise.all(["gmv", "gmv-days", "channels", "sellers", "per-buyer"].map(total));
    expect(all).toEqual([bought, bought, bought, bought, bought]);
    expect(await total("active-buyers")).toBe(buyers);
    expect(await total("refunds")).toBe(sum(orders.map(({ money }) => money.refundedMinor)));
    expect([await ratio("aov"), await ratio("clv")]).toEqual([
      [bought, orders.length],
      [bought, buyers],
    ]);
    expect([await total("cohorts"), await total("buyers-new")]).toEqual([buyers, buyers]);
    const [said] = (await asked("aov")).rows;
    expect(said?.figure).toBe(Math.round(bought / orders.length));
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
    const { commits } = market;
    expect(await total("commits")).toBe(commits.length);
    expect(await total("commits-kinds")).toBeLessThanOrEqual(commits.length);
    expect(await total("things")).toBe(new Set(commits.map(({ aggregateId }) => aggregateId)).size);
    expect(await ratio("snapshots")).toEqual([commits.length, commits.length]);
  });

  test("who came in, and payments that people looked at", async () => {
    const sessions = market.commits.filter(({ aggregate }) => aggregate === "session");
    expect(await total("sessions-days")).toBe(sum(sessions.map(({ events }) => events.length)));
    expect(await total("signed-in")).toBe(1);
    const held = heads<Exclude<AssessmentState, { status: "absent" }>>("assessment");
    expect(await total("fraud-held")).toBe(sum(held.map(({ amountMinor }) => amountMinor)));
  });
});

/** What facts of some kind say. */
interface Told {
  readonly kind: string;
  readonly section?: string;
  readonly queryKey?: string;
  readonly stopped: boolean;
  readonly amount: number;
}

describe("the sums are those of the facts:", () => {
  const of = (collection: string) => (market.facts.get(collection) ?? []) as readonly Partial<Told>[];
  const counted = (kind: string) => of("visitor.counted").filter((one) => one.kind === kind);

  test("searches, and what came of them", async () => {
    const searches = counted("search").length;
    expect([await total("searches"), searches]).toEqual([2, 2]);
    expect(await ratio("searches-none")).toEqual([1, searches]);
    expect(await ratio("searches-clicks")).toEqual([1, searches]);
    expect(await ratio("searches-bought")).toEqual([1, searches]);
    expect(await total("searches-position")).toBe(2);
    expect(await total("searches-revenue")).toBe(1_990);
    // what was merely shown, and what no search led to, is none of a search's
    const within = of("visitor.counted").filter(
      ({ kind, queryKey, section }) => kind !== "impression" && queryKey !== undefined && section === "outlet",
    );
    expect([within.length, await total("searches-sections")]).toEqual([4, 4]);
  });

  test("recommendations shown, clicked and bought", async () => {
    const shown = of("decisions").filter(({ kind }) => kind === "recommendation").length;
    expect([await total("recs-shown"), shown]).toEqual([2, 2]);
    expect([await ratio("recs-clicks"), await ratio("recs-bought")]).toEqual([
      [1, shown],
      [1, shown],
    ]);
    expect(await ratio("recs-per-order")).toEqual([1, await total("orders")]);
    expect(await total("recs-revenue")).toBe(1_990);
  });

  test("payments judged, stopped, and what came out", async () => {
    const judged = of("decisions").filter(({ kind }) => kind === "fraud").length;
    const stopped = of("fraud.attempts").filter((one) => one.stopped);
    expect(stopped).toHaveLength(1);
    expect(await total("fraud-judged")).toBe(judged);
    expect(await ratio("fraud-stopped")).toEqual([1, judged]);
    expect(await total("fraud-prevented")).toBe(sum(stopped.map(({ amount = 0 }) => Math.round(amount * 100))));
    expect((await answered("fraud-outcomes")).map(({ key, doc_count: n }) => [key, n])).toEqual([["fraud", 1]]);
    const verdicts = parts(await answered("fraud-verdicts")).map(({ key }) => key);
    expect([...verdicts].sort()).toEqual(["allow", "review"]);
  });
});

describe("somebody who looks deeper", () => {
  test("sees only what has that value, and money only in the currency that was asked for", async () => {
    const all = await asked("gmv", { currency: "EUR" });
    expect(await asked("gmv", { field: "organization.id", value: "seller-1" })).toMatchObject({ rows: all.rows });
    const other = await asked("gmv", { field: "organization.id", value: "nobody" });
    expect(other.rows[0]).toMatchObject({ records: 0, figure: 0 });
    expect((await asked("gmv", { currency: "USD" })).rows[0]).toMatchObject({ records: 0 });
  });

  test("is told what is wrong with the question", async () => {
    await expect(asked("nothing")).rejects.toMatchObject({ type: "NOT_FOUND" });
    const strange = asked("gmv", { field: "email", value: "x" });
    await expect(strange).rejects.toMatchObject({ type: "VALIDATION_FAILED" });
    await expect(asked("gmv", { from: momentOf(1), to: momentOf(0) })).rejects.toMatchObject({
      type: "VALIDATION_FAILED",
    });
  });
});

nothingPersonal(() => market);
