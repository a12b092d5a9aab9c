/** From deeds, lists and a shelf to what is shown: filters, mixture, reasons, and the same again bit by bit. */
import { listsOf, run, type Chosen } from "../../../../ml/recommendation/learning";
import { listsInUse } from "../../../../ml/recommendation/lists";
import { askedIn, deedsOf, reasonText, shownOf, takenOf, type Proposed } from "../../../../ml/recommendation/served";
import { unexplained } from "../../../../models/decision/decision.words.contract";
import type { Basket, ShelfItem } from "../../../../models/recommendation/recommendation.contract";
import type { RecentEvent } from "../../../../models/visitor/visitor.contract";

const DAY = 86_400_000;
const basket = (who: string | null, day: number, ...productIds: string[]): Basket => ({
  who,
  at: day * DAY,
  productIds,
});
const settings = { decay: 0.8, back: 0.4, ofPower: 0.5, toPower: 0.3, shrink: 1, fade: 0.8 };
const baskets = [
  basket("ann", 1, "lamp", "bulb"),
  basket("ben", 2, "lamp", "bulb"),
  basket(null, 3, "mug", "tea"),
  basket("cleo", 30, "mug", "tea", "pot"),
];
const lists = listsInUse(listsOf({ do: "lists", baskets, settings, now: 31 * DAY }));

const event = (kind: RecentEvent["kind"], productId: string, n = 0): RecentEvent => ({
  ...{ id: `${kind}-${productId}-${n}`, kind, productId, at: "2026-01-01T00:00:00.000Z" },
});
const item = (id: string, more: Partial<ShelfItem> = {}): [string, ShelfItem] => [
  id,
  { id, title: { en: id }, group: "", channels: ["main"], inStock: true, prices: { EUR: 1_000 }, ...more },
];
const proposed = (...items: string[]): Proposed[] => items.map((name) => ({ item: name, score: 1, reason: "viewed" }));

it("knows what was seen, bought, and still lies in the cart; what was only shown is no deed", () => {
  const newestFirst = [
    event("purchase", "tea"),
    event("view", "lamp", 2),
    event("cart", "pot"),
    event("cart", "tea"),
    event("impression", "bulb"),
    event("view", "mug"),
    event("view", "lamp"),
  ];
  const deeds = deedsOf(newestFirst);
  expect(deeds.history).toEqual(["mug", "pot", "lamp", "tea"]);
  expect([[...deeds.bought], deeds.cart]).toEqual([["tea"], ["pot"]]);
});

it("shows what may be shown, of one group no more than half where there is something else", () => {
  const shelf = new Map([
    item("a", { group: "lamps" }),
    item("b", { group: "lamps" }),
    item("c", { group: "lamps" }),
    item("d", { group: "mugs" }),
    item("gone", { inStock: false }),
    item("dear", { prices: { EUR: 9_000 } }),
    item("elsewhere", { channels: ["b2b"] }),
  ]);
  const all = proposed("a", "gone", "a", "b", "dear", "elsewhere", "c", "nowhere", "d");
  const ask = { channel: "main", currency: "EUR", priceMax: 5_000, limit: 3 };
  expect(shownOf(all, shelf, ask).map((one) => one.item)).toEqual(["a", "b", "d"]);
  expect(shownOf(all, shelf, { ...ask, limit: 4 }).map((one) => one.item)).toEqual(["a", "b", "d", "c"]);
  expect(shownOf(all, shelf, { limit: 9, soldOutToo: true }).map((one) => one.item)).toContain("gone");
});

it("says because of what, in each language, by the title", () => {
  const [, lamp] = item("l", { title: { en: "Arc lamp", de: "Bogenlampe" } });
  expect(reasonText("viewed", lamp)).toEqual({
    en: "Because you viewed Arc lamp",
    de: "Weil Sie angesehen haben: Bogenlampe",
    ko: "보신 상품 때문에: Arc lamp",
    ar: "لأنك شاهدت: Arc lamp",
  });
});

it("proposes what is bought next, knows the last deed, and what many buy now", () => {
  const asked = { kind: "for-you", limit: 5, items: [], history: ["lamp"] } as const;
  expect(lists.ask(asked, new Set())[0]).toMatchObject({ item: "bulb", because: { item: "lamp" } });
  expect(lists.ask({ ...asked, history: ["lamp", "mug"] }, new Set())[0]).toMatchObject({ item: "tea" });
  expect(lists.ask({ ...asked, history: ["mug"] }, new Set(["tea"])).map((one) => one.item)).not.toContain("tea");
  expect(lists.trending.slice(0, 3).sort()).toEqual(["mug", "pot", "tea"]);
});

it("comes out again bit by bit from what was kept", () => {
  const asked = { kind: "for-you", limit: 9, items: [], history: ["mug", "lamp"] } as const;
  const shown = lists.ask(asked, new Set()).filter(({ item: name }) => name !== "tea");
  const taken = takenOf(
    asked,
    shown.map((one) => one.item),
    shown.map((one) => one.score),
  );
  expect(taken.contributions.length).toBeGreaterThan(1);
  expect(unexplained(taken)).toBe(0);
  const { shown: names, ...again } = askedIn(JSON.parse(JSON.stringify(taken)) as typeof taken);
  expect(takenOf(again, names, lists.scores(again, names))).toEqual(taken);
});

it("is chosen on what is held back, and says when there is nothing to judge by", async () => {
  const order = { do: "choose", settings, timeMs: 1_000 } as const;
  expect(await run({ ...order, baskets: [] })).toEqual({
    skipped: "Nobody has bought three things yet: there is nothing to judge by.",
  });
  // everybody goes on in a circle: who knows the order is right, who knows what is popular is not
  const names = Array.from({ length: 40 }, (_, n) => `p${n}`);
  const circle = Array.from({ length: 60 }, (_, n) =>
    basket(`c${n}`, n, ...[0, 1, 2, 3, 4].map((step) => names[(n * 7 + step) % 40] as string)),
  );
  const chosen = (await run({ ...order, baskets: circle })) as Extract<Chosen, { cases: number }>;
  expect(chosen.cases).toBe(60);
  expect(chosen.hitRate.own).toBeGreaterThan(0.9);
  expect(chosen.hitRate.popularity).toBeLessThan(0.6);
});
