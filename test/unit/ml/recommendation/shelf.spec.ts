import { createShelf, NOT_SHOWN_MS, SHELF_FRESH_MS } from "../../../../ml/recommendation/shelf.service";
import type { ShelfItem } from "../../../../models/recommendation/recommendation.contract";

const item = (id: string, title: string): ShelfItem => ({
  ...{ id, title: { en: title }, group: "", channels: [], inStock: true, prices: {} },
});

function createHere() {
  const asked: { ids: string[]; section?: string }[] = [];
  const shop = new Map([
    ["lamp", "Lamp"],
    ["mug", "Mug"],
  ]);
  let now = 0;
  let fails = false;
  const call = async (_action: string, params: { ids: string[]; section?: string }): Promise<unknown> => {
    asked.push(params);
    await Promise.resolve();
    if (fails) throw new Error("away");
    const found = params.ids.flatMap((id) => (shop.has(id) ? [item(id, shop.get(id) ?? "")] : []));
    return { items: params.section === "lamps" ? found.filter(({ id }) => id === "lamp") : found };
  };
  const site = { caller: { call }, meta: { principal: { id: "anonymous", permissions: [] }, trace: "t" } };
  const shelf = createShelf(() => now);
  const of = async (ids: string[], section?: string) =>
    [...(await shelf.of(ids, section, site)).values()].map(({ title }) => title["en"]);
  const turns = async (): Promise<void> => {
    for (let n = 0; n < 10; n++) await Promise.resolve();
  };
  return { shelf, asked, shop, of, turns, wait: (ms: number) => (now += ms), fail: (is: boolean) => (fails = is) };
}

describe("what may be shown", () => {
  it("is asked for once a moment, and so is what may not be", async () => {
    const { asked, of } = createHere();
    expect(await of(["lamp", "gone", "lamp"])).toEqual(["Lamp"]);
    expect(await of(["gone", "mug", "lamp"])).toEqual(["Mug", "Lamp"]);
    expect(asked.map(({ ids }) => ids)).toEqual([["lamp", "gone"], ["mug"]]);
  });

  it("is shown a moment after it was put on sale, also where it was asked for before", async () => {
    const { shop, of, wait } = createHere();
    expect(await of(["shade"])).toEqual([]);
    shop.set("shade", "Shade");
    wait(NOT_SHOWN_MS + 1);
    expect(await of(["shade"])).toEqual(["Shade"]);
  });

  it("of a section is remembered apart from what may be shown in the mall", async () => {
    const { asked, of } = createHere();
    expect(await of(["lamp", "mug"])).toEqual(["Lamp", "Mug"]);
    expect(await of(["lamp", "mug"], "lamps")).toEqual(["Lamp"]);
    expect(await of(["lamp", "mug"], "lamps")).toEqual(["Lamp"]);
    expect(asked.map(({ section }) => section)).toEqual([undefined, "lamps"]);
  });

  it("is looked up behind who asks once it is half as old as it may be, one at a time", async () => {
    const { asked, shop, of, turns, wait } = createHere();
    await of(["lamp"]);
    shop.set("lamp", "Better lamp");
    wait(SHELF_FRESH_MS / 2 + 1);
    expect(await Promise.all([of(["lamp"]), of(["lamp"])])).toEqual([["Lamp"], ["Lamp"]]);
    expect(asked).toHaveLength(2);
    await turns();
    expect(await of(["lamp"])).toEqual(["Better lamp"]);
  });

  it("is never older than it may be, even where looking it up failed behind others", async () => {
    const { shop, of, turns, wait, fail } = createHere();
    await of(["lamp"]);
    shop.set("lamp", "Better lamp");
    fail(true);
    wait(SHELF_FRESH_MS - 1);
    expect(await of(["lamp"])).toEqual(["Lamp"]);
    await turns();
    wait(2);
    await expect(of(["lamp"])).rejects.toThrow("away");
    fail(false);
    expect(await of(["lamp"])).toEqual(["Better lamp"]);
  });

  it("is known from elsewhere, too", async () => {
    const { shelf, asked, of } = createHere();
    shelf.put([item("lamp", "Lamp")], undefined);
    expect(await of(["lamp"])).toEqual(["Lamp"]);
    expect(asked).toEqual([]);
  });
});
