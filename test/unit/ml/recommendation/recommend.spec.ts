/** Lists learnt anew take their place between two answers: nobody sees none, or half of the old and half of the new. */
import { listsOf } from "../../../../ml/recommendation/learning";
import { listsInUse, NOTHING_LEARNT } from "../../../../ml/recommendation/lists";
import type { State } from "../../../../ml/recommendation/proposals.service";
import { createShelf, SHELF_FRESH_MS } from "../../../../ml/recommendation/shelf.service";
import { recommend } from "../../../../ml/recommendation/recommend.service";
import type { Shown } from "../../../../ml/recommendation/kept.service";

const settings = { decay: 0.8, back: 0.4, ofPower: 0.5, toPower: 0.3, shrink: 1, fade: 0.8 };
const learnt = (...productIds: string[]) =>
  listsInUse(
    listsOf({
      ...{ do: "lists", settings, now: 86_400_000 },
      baskets: ["ann", "ben"].map((who) => ({ who, at: 1, productIds })),
    }),
  );
const [old, young] = [learnt("lamp", "bulb"), learnt("lamp", "shade")];

/** Nothing is remembered: each has to ask. */
let at = 0;
const shelf = createShelf(() => (at += 10 * SHELF_FRESH_MS));
const stateWith = (lists: State["lists"], number: number): State =>
  ({ node: { clock: { now: () => "2026-01-01T00:00:00.000Z" } }, shelf, lists, before: null, number }) as never;

/** Who is asked what may be shown is slow: meanwhile the lists change. */
async function asked(state: State, meanwhile: () => void) {
  const decided: Shown[] = [];
  const kept = { keep: (one: Shown) => `d${decided.push(one)}`, flush: () => undefined };
  const call = async (action: string, params: { ids?: string[] }): Promise<unknown> => {
    if (action !== "recommendation.shelf") return { items: [] };
    await Promise.resolve();
    meanwhile();
    const items = (params.ids ?? []).map((id) => ({
      id,
      title: { en: id },
      group: "",
      channels: [],
      inStock: true,
      prices: {},
    }));
    return { items };
  };
  const site = { caller: { call }, meta: { principal: { id: "anonymous", permissions: [] }, trace: "t" } };
  const ask = { kind: "together", productId: "lamp", limit: 1 } as const;
  const { items } = await recommend({ ...state, kept }, ask, site);
  return { shown: items.map(({ productId }) => productId), model: decided[0]?.model };
}

it("answers by the lists with which it began, and says so; the next one by the new ones", async () => {
  const state = stateWith(old, 1);
  const first = await asked(state, () => Object.assign(state, { lists: young, before: old, number: 2 }));
  expect(first).toEqual({ shown: ["bulb"], model: { name: "recommendation", version: 1, hash: old.hash } });
  const second = await asked(state, () => undefined);
  expect(second).toEqual({ shown: ["shade"], model: { name: "recommendation", version: 2, hash: young.hash } });
});

it("many at once while lists change again and again: each is whole, and none is empty", async () => {
  const state = stateWith(old, 1);
  let turn = 0;
  const swap = (): void =>
    void Object.assign(state, ++turn % 2 === 0 ? { lists: old, number: 1 } : { lists: young, number: 2 });
  const answers = await Promise.all(Array.from({ length: 200 }, () => asked(state, swap)));
  for (const { shown, model } of answers) {
    expect([
      ["bulb", old.hash],
      ["shade", young.hash],
    ]).toContainEqual([shown[0], model?.hash]);
  }
  expect(listsInUse(NOTHING_LEARNT).items).toBe(0);
});
