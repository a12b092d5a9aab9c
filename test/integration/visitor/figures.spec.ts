/** What is told of all searches together, on real services. */
import { randomUUID } from "node:crypto";
import type { QueryFigures } from "../../../models/analytics/analytics.contract";
import { eventually } from "../../support/eventually";
import { openShop, type Shop } from "../catalogue/shop";
import { lampsIn, viewed } from "./visits";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
  await lampsIn(shop);
});
afterAll(() => shop.stop());

const post = (path: string, body: object) => shop.ask("POST", path, { body, permissions: null });

test("searches are told in figures, their words when three said them, with rewordings to approve", async () => {
  const zero = "an armchair of mahogany";
  for (const n of [1, 2, 3]) {
    const visitorId = randomUUID();
    const ask = async (words: string) => {
      const { body } = await shop.ask("GET", `/v1/products?q=${encodeURIComponent(words)}`, { permissions: null });
      return { queryId: body["queryId"] as string, results: body["total"] as number };
    };
    const [first, second] = [await ask(zero), await ask("settee of steel")];
    const searched = (words: string, { queryId, results }: typeof first, secondsAgo: number) => ({
      ...{ event_id: randomUUID(), action_name: "search", query_id: queryId, user_query: words },
      timestamp: new Date(Date.now() - secondsAgo * 1_000).toISOString(),
      event_attributes: { result_count: results },
    });
    const clicked = { ...viewed("p-1"), action_name: "click", query_id: second.queryId };
    const revenue = { amountMinor: 1_000, currency: "EUR" };
    const bought = {
      ...{ event_id: randomUUID(), action_name: "purchase", query_id: second.queryId },
      event_attributes: { object: { object_id: "p-1" }, revenue },
    };
    const events = [searched(zero, first, 30), searched("settee of steel", second, 20)];
    await post("/v1/events", { visitorId, consent: true, events });
    await post("/v1/events", { visitorId, consent: true, events: [clicked, ...(n === 1 ? [bought] : [])] });
  }
  const told = await eventually("it is told with its words", async () => {
    const { queries } = (await shop.declared("analytics.search", "/v1/search-analytics?sort=searches")) as never as {
      queries: QueryFigures[];
    };
    const found = queries.find(({ query }) => query === "settee of steel");
    return found?.clicks === 3 && found.purchases === 1 && { found, all: queries };
  });
  expect(told.found).toMatchObject({ searches: 3, clickThrough: 1, conversion: 0.3333, clickPosition: 0 });
  expect(told.found.revenue).toEqual([{ amountMinor: 1_000, currency: "EUR" }]);
  expect(told.all.find(({ query }) => query === zero)).toMatchObject({ searches: 3, clickThrough: 0 });
  const proposals = await eventually("the rewording is told", async () => {
    const body = await shop.declared("analytics.synonyms", "/v1/search-analytics/synonyms");
    return (body["items"] as object[]).length > 0 && (body["items"] as object[]);
  });
  expect(proposals).toEqual([{ from: zero, to: "settee of steel", visitors: 3 }]);
  const approved = { from: "settee", to: "lamp" };
  const made = await shop.ask("POST", "/v1/search-analytics/synonyms", { body: approved });
  expect(made.status).toBe(200);
  await shop.declared("merchandising.get", `/v1/merchandising/${String(made.body["ruleId"])}`, [
    made.headers.get("stoa-token") ?? "",
  ]);
});
