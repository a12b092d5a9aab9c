import { createMemory } from "../../../../indexers/product/products.memory.query";
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
  const ask = ({ q, partial }: Reading, beside: readonly string[] = []): Promise<Answered> => {
    asked.push(`${partial ? "some" : "all"} ${q}`);
    const counts = beside.map((text) => found[text]?.[0] ?? 0);
    const options = spelling[q] === undefined ? [] : [{ text: spelling[q], freq: 50 }];
    const suggest = { missing: [{ text: q, offset: 0, length: q.length, options }] };
    return Promise.resolve({ count: found[q]?.[partial ? 1 : 0] ?? 0, suggest, ...(beside[0] && { beside: counts }) });
  };
  const count = (texts: readonly string[]) => Promise.resolve(texts.map((text) => titles[text] ?? 0));
  return { ask, count, asked, memory: createMemory() };
}

/** What each of two searches for the same asked of the engine, and the answers. */
async function twice(params: SearchProducts, world: ReturnType<typeof engine>) {
  const first = await relaxing(params, world);
  const steps = world.asked.splice(0);
  return { first, steps, again: await relaxing(params, world), once: world.asked.splice(0) };
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

describe("a question that found little before", () => {
  it.each<[string, World, string, string[]]>([
    ["some of its words", { found: { "xbox one": [3, 257] } }, "xbox one", ["some xbox one"]],
    [
      "another spelling",
      { found: { keyboard: [12, 12] }, spelling: { keybord: "keyboard" } },
      "keybord",
      ["all keyboard"],
    ],
    [
      "other blanks",
      { found: { gamingmouse: [1, 1], "gaming mouse": [15, 90] }, titles: { "gaming mouse": 4 } },
      "gamingmouse",
      ["all gaming mouse"],
    ],
    [
      "some words of another spelling",
      { found: { "red keyboard": [2, 70] }, spelling: { "red keybord": "red keyboard" } },
      "red keybord",
      ["some red keyboard"],
    ],
    ["one word that few hold", { found: { kettle: [4, 4] } }, "kettle", ["all kettle"]],
    [
      "a spelling that is only offered",
      { found: { kable: [2, 2] }, spelling: { kable: "cable" } },
      "kable",
      ["all kable"],
    ],
    ["nothing at all", { found: {} }, "qqqq zzzz", ["some qqqq zzzz"]],
  ])("is asked once, and answered as before: %s", async (_what, told, q, asked) => {
    const { first, again, once } = await twice(question(q), engine(told));
    expect(once).toEqual(asked);
    const { answer, ...taken } = first;
    expect(again).toMatchObject({ ...taken, answer: { count: answer.count } });
  });

  it("is asked step by step where it finds enough by now", async () => {
    const found: Record<string, [number, number]> = { "xbox one": [3, 257] };
    const world = engine({ found });
    await relaxing(question("xbox one"), world);
    found["xbox one"] = [10, 260];
    const { again, once } = await twice(question("xbox one"), world);
    expect([again.relaxed, once]).toEqual([null, ["some xbox one", "all xbox one"]]);
  });

  it("goes on by what was typed where that finds something by now", async () => {
    const found: Record<string, [number, number]> = { keyboard: [12, 12] };
    const world = engine({ found, spelling: { keybord: "keyboard" } });
    await relaxing(question("keybord"), world);
    found["keybord"] = [1, 1];
    expect(await relaxing(question("keybord"), world)).toMatchObject({ relaxed: null, didYouMean: "keyboard" });
  });

  it("is another one in another language, channel or order", async () => {
    const world = engine({ found: { "xbox one": [3, 257] } });
    await relaxing(question("xbox one"), world);
    world.asked.splice(0);
    await relaxing(question("xbox one", { lang: "de" }), world);
    expect(world.asked).toEqual(["all xbox one", "some xbox one"]);
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
