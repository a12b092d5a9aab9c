/** What visitors find first: by what they looked at, never before what fits better, and kept with its reasons. */
import { randomUUID } from "node:crypto";
import type { Taken } from "../../../models/decision/decision.data.contract";
import type { ScorePart } from "../../../models/product/product.search.contract";
import { eventually } from "../../support/eventually";
import { openShop, type Shop } from "../catalogue/shop";
import { lampsIn, viewed } from "./visits";

let shop: Shop;
let made: ReadonlyMap<string, readonly string[]>;
beforeAll(async () => {
  shop = await openShop();
  made = await lampsIn(shop);
});
afterAll(() => shop.stop());

const post = (path: string, body: object) => shop.ask("POST", path, { body, permissions: null });
const rows = (collection: string) => shop.node.store.connection.collection(collection);

describe("a search for lamps", () => {
  /** Of each answer, whoever asks. */
  const OF_THE_MOMENT = { tookMs: 0, queryId: "" };
  const visitorId = randomUUID();
  const search = async (query: string, headers: Readonly<Record<string, string>> = {}) => {
    const { status, body } = await shop.ask("GET", `/v1/products?${query}`, { permissions: null, headers });
    expect(status).toBe(200);
    return body as {
      items: { id: string; brand: string; score: number; parts?: ScorePart[]; decisionId?: string }[];
    } & typeof body;
  };
  const look = (ids: readonly string[], of: string) =>
    post("/v1/events", { visitorId: of, consent: true, events: ids.map(viewed) });

  it("shows first what was just looked at, says why, and its parts sum to the score", async () => {
    await look((made.get("Lumen") ?? []).slice(0, 2), visitorId);
    // a taste that is not read within a quarter of a second is left out: it is asked for until it was
    const { items } = await eventually("the taste is read in time", async () => {
      const found = await search(`q=lamp&explain=true&visitorId=${visitorId}`);
      return found.items.some(({ parts = [] }) => parts.some(({ of }) => of === "personal")) && found;
    });
    expect(items.slice(0, 3).map(({ brand }) => brand)).toEqual(["Lumen", "Lumen", "Lumen"]);
    for (const { score, parts = [] } of items) {
      expect(parts.reduce((sum, part) => sum + part.score, 0)).toBeCloseTo(score, 5);
      const named = parts.filter(({ part }) => part !== "rounding");
      expect(named.reduce((sum, part) => sum + part.score, 0)).toBeCloseTo(score, 3);
    }
    const personal = items[0]?.parts?.filter(({ of }) => of === "personal") ?? [];
    expect(personal.map(({ reason }) => reason?.["en"])).toEqual([
      "You looked at 2 products of Lumen",
      "You looked at 2 products of this category",
    ]);
    await shop.declared("product.search", `/v1/products?q=lamp&explain=true&visitorId=${visitorId}`);
  });

  it("is the plain one, byte for byte, without consent, without a past, and for who wants it so", async () => {
    const plain = JSON.stringify({ ...(await search("q=lamp")), ...OF_THE_MOMENT });
    const same = async (query: string, headers = {}) => {
      expect(JSON.stringify({ ...(await search(query, headers)), ...OF_THE_MOMENT })).toBe(plain);
    };
    await same(`q=lamp&visitorId=${randomUUID()}`);
    await same(`q=lamp&visitorId=${visitorId}&personal=false`);
    await same("q=lamp", { "stoa-visitor": "not an id" });
    const careful = randomUUID();
    await post("/v1/visitors/choice", { visitorId: careful, personal: false });
    await look(made.get("Lumen") ?? [], careful);
    await same(`q=lamp&visitorId=${careful}`);
    expect(JSON.stringify({ ...(await search("q=lamp", { "stoa-visitor": visitorId })), ...OF_THE_MOMENT })).not.toBe(
      plain,
    );
  });

  it("keeps why, under an id that the answer gives; and it can be decided again, bit by bit", async () => {
    const { items, queryId } = await search(`q=lamp&explain=true&visitorId=${visitorId}`);
    expect(queryId).toMatch(/^[a-z0-9]{26}\.[a-z0-9]{32}\.[a-z0-9]{16}$/);
    const [first] = items;
    const decision = await eventually("the ranking is kept", async () => {
      const { status, body } = await shop.ask("GET", `/v1/decisions/${String(first?.decisionId)}`);
      return status === 200 && body;
    });
    const { taken, subject } = decision as unknown as { taken: Taken; subject: unknown };
    expect([taken.score, subject]).toEqual([first?.score, null]);
    const sum = taken.contributions.reduce((all, { value }) => all + value, taken.residual);
    expect(sum).toBeCloseTo(first?.score ?? 0, 12);
    expect(taken.contributions.map(({ name }) => name)).toContain("personal.brand");
    const again = await shop.ask("GET", `/v1/decisions/${String(first?.decisionId)}/replay`);
    expect(again.body).toMatchObject({ equal: true, difference: 0 });
  });

  it("is counted for its words, with what it led to, and a browser that tells of it tells nothing new", async () => {
    const { queryId } = await search("q=counted%20lamp");
    const queryKey = String(queryId).split(".")[1] ?? "";
    const told = { consent: false, visitorId: randomUUID() };
    const event = { event_id: randomUUID(), query_id: queryId };
    await eventually("it is counted", () => rows("visitor.counted").findOne({ queryKey }));
    await post("/v1/events", { ...told, events: [{ ...event, action_name: "search" }] });
    await post("/v1/events", { ...told, events: [{ ...viewed("p-1"), query_id: queryId, action_name: "click" }] });
    const found = await rows("visitor.counted").find({ queryKey }).toArray();
    expect(found.map(({ kind }) => kind as string).sort()).toEqual(["click", "search"]);
  });

  it("never puts what lacks a word before what has them all", async () => {
    const [wall = ""] = (made.get("Aster") ?? []).slice(2);
    for (let n = 0; n < 3; n++) await look(made.get("Lumen") ?? [], visitorId);
    const { items } = await search(`q=wall%20lamp%20aster&visitorId=${visitorId}&explain=true`);
    expect(items[0]?.id).toBe(wall);
    const lifted = items.filter(({ parts = [] }) => parts.some(({ of }) => of === "personal"));
    expect(lifted.map(({ id }) => id)).toEqual([wall]);
    expect(items.length).toBeGreaterThan(1);
  });
});
