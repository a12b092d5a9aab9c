import { relaxing, type Answered } from "../../../../indexers/product/products.relaxing.query";
import { cursorValues, printOf, readingIn, type Reading } from "../../../../indexers/product/products.request.query";
import { partsOf } from "../../../../indexers/product/products.hit.query";
import { writeCursor } from "../../../../indexers/kernel/cursor";
import type { SearchProducts } from "../../../../models/product/product.search.contract";

interface World {
  /** How many products are found for a text with all, and with some of its words. */
  readonly found: Readonly<Record<string, readonly [all: number, some: number]>>;
  readonly titles?: Readonly<Record<string, number>>;
  readonly spelling?: Readonly<Record<string, string>>;
}

function engine({ found, titles = {}, spelling = {} }: World) {
  const asked: string[] = [];
  const ask = ({ q, partial }: Reading): Promise<Answered> => {
    asked.push(`${partial ? "some" : "all"} ${q}`);
    const options = spelling[q] === undefined ? [] : [{ text: spelling[q], freq: 50 }];
    const suggest = { missing: [{ text: q, offset: 0, length: q.length, options }] };
    return Promise.resolve({ count: found[q]?.[partial ? 1 : 0] ?? 0, suggest });
  };
  const count = (texts: readonly string[]) => Promise.resolve(texts.map((text) => titles[text] ?? 0));
  return { ask, count, asked };
}

const question = (q: string, more: Partial<SearchProducts> = {}): SearchProducts => ({
  ...{ q, sort: "relevance", limit: 24 },
  ...more,
});

describe("a question that finds enough", () => {
  it("is asked once, and answered as it was asked", async () => {
    const world = engine({ found: { lamp: [10, 10] } });
    expect(await relaxing(question("lamp"), world)).toMatchObject({ relaxed: null, didYouMean: null });
    expect(world.asked).toEqual(["all lamp"]);
  });

  it("needs but one product where another order than relevance is asked for", async () => {
    const world = engine({ found: { "desk lamp": [1, 50] } });
    const { relaxed } = await relaxing(question("desk lamp", { sort: "price-asc" }), world);
    expect([relaxed, world.asked]).toEqual([null, ["all desk lamp"]]);
  });
});

describe("a question that finds little", () => {
  it("is asked with its spelling put right, and says so", async () => {
    const world = engine({ found: { keyboard: [12, 12] }, spelling: { keybord: "keyboard" } });
    const { reading, relaxed } = await relaxing(question("keybord"), world);
    expect(reading).toEqual({ q: "keyboard", partial: false });
    expect(relaxed).toEqual({ q: "keyboard", spelling: true, partial: false, exact: 12 });
  });

  it("only offers another spelling where the typed one finds something", async () => {
    const world = engine({ found: { kable: [2, 2], cable: [90, 90] }, spelling: { kable: "cable" } });
    const { relaxed, didYouMean } = await relaxing(question("kable"), world);
    expect([relaxed, didYouMean]).toEqual([null, "cable"]);
  });

  it("has a forgotten blank put in", async () => {
    const world = engine({ found: { gamingmouse: [1, 1], "gaming mouse": [15, 90] }, titles: { "gaming mouse": 4 } });
    const { reading } = await relaxing(question("gamingmouse"), world);
    expect(reading).toEqual({ q: "gaming mouse", partial: false });
  });

  it("takes in what has some of the words, after those with all", async () => {
    const world = engine({ found: { "xbox one": [3, 257] } });
    const { relaxed } = await relaxing(question("xbox one"), world);
    expect(relaxed).toEqual({ q: "xbox one", spelling: false, partial: true, exact: 3 });
  });

  it("stays as it is where nothing finds more", async () => {
    const world = engine({ found: {} });
    const { relaxed, answer } = await relaxing(question("qqqq zzzz"), world);
    expect([relaxed, answer.count]).toEqual([null, 0]);
    expect(world.asked).toEqual(["all qqqq zzzz", "some qqqq zzzz"]);
  });
});

describe("the pages after a relaxed one", () => {
  it("are read as the first was", () => {
    const asked = question("keybord desk");
    const reading = { q: "keyboard desk", partial: true };
    const cursor = writeCursor(printOf(asked), cursorValues([1, "p"], reading, "keybord desk"));
    expect(readingIn({ ...asked, cursor })).toEqual(reading);
    const plain = writeCursor(
      printOf(asked),
      cursorValues([1, "p"], { ...reading, ...{ q: "keybord desk" }, partial: false }, "keybord desk"),
    );
    expect(readingIn({ ...asked, cursor: plain })).toEqual({ q: "keybord desk", partial: false });
  });
});

describe("the parts of a score", () => {
  it("sum to it, with what rounding leaves over", () => {
    const parts = partsOf(3.000004, { title: 2, kind: 1, "word:lamp": 0 });
    expect(parts).toEqual([
      { part: "title", score: 2, of: "text" },
      { part: "kind", score: 1, of: "text" },
      { part: "rounding", score: 0.000004 },
    ]);
  });
});
