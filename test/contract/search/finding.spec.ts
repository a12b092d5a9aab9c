/** What a search of products finds, by which words, and what comes first. */
import type { SearchProducts } from "../../../models/product/product.search.contract";
import { useShelves } from "./shelves";

const { ask, ids, sorted } = useShelves();

/** Of few hits, what has only some of the words follows, and says which are not there. */
const whole = async (search: Partial<SearchProducts>): Promise<string[]> =>
  (await ask(search)).items.filter(({ without }) => without.length === 0).map(({ id }) => id);

test("finds published products only", async () => {
  expect(await sorted({})).toEqual(["adapter", "bag", "lamp", "macbook", "thinkpad", "zenbook"]);
  expect(await ids({ q: "secret" })).toEqual([]);
  expect(await ids({ q: "withdrawn" })).toEqual([]);
});

test("ranks a word in the title above the same word in the description", async () => {
  const found = await ids({ q: "notebook" });
  expect(found).toHaveLength(5);
  expect(found.at(-1)).toBe("adapter");
});

test("finds words that stand in different fields, and lets what lacks some of them follow", async () => {
  expect(await whole({ q: "lenovo docking" })).toEqual(["thinkpad"]);
  expect(await whole({ q: "apple silver" })).toEqual(["macbook"]);
  expect(await whole({ q: "lenovo banana" })).toEqual([]);
  expect((await ids({ q: "lenovo docking" }))[0]).toBe("thinkpad");
  const { items } = await ask({ q: "lenovo banana" });
  expect(items.map(({ id, without }) => [id, without])).toContainEqual(["thinkpad", ["banana"]]);
});

test("knows the words' forms in the language asked for, and finds languages without an analyser", async () => {
  expect(await whole({ q: "notebooks robust machines" })).toEqual(["thinkpad"]);
  expect(await whole({ q: "haus tasche", lang: "de" })).toEqual(["bag"]);
  expect(await ids({ q: "haus", lang: "de-at" })).toEqual(["bag"]);
  expect(await ids({ q: "lampa rez", lang: "xx" })).toEqual(["lamp"]);
  expect(await ids({ q: "Zenbook", lang: "hu" })).toEqual(["zenbook"]);
});

test("puts the thing asked for before what merely has its other words", async () => {
  const { items, relaxed } = await ask({ q: "silver bag", explain: true });
  expect(relaxed).toMatchObject({ partial: true, exact: 0 });
  const named = items.filter(({ parts = [] }) => parts.some(({ part }) => part === "head"));
  expect(named.map(({ id }) => id)).toEqual(["bag"]);
  expect(items.map(({ id }) => id)).toEqual(["bag", expect.any(String), expect.any(String)]);
  expect(items.slice(1).every(({ without }) => without.includes("bag"))).toBe(true);
});
