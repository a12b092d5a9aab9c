import type { estypes } from "@elastic/elasticsearch";
import {
  highlightOf,
  markedElsewhere,
  markedParts,
  readHighlights,
} from "../../../../indexers/product/products.highlight.query";
import { fitsCategory } from "../../../../indexers/product/products.suggest-category.query";
import { suggestRequest, titleIn } from "../../../../indexers/product/products.suggest.query";

const mark = (text: string): string => text.replaceAll("[", "\uE000").replaceAll("]", "\uE001");

describe("where words were found", () => {
  it.each([
    ["a [b] c", ["a ", "*b", " c"]],
    ["[b]", ["*b"]],
    ["[a][b]", ["*a", "*b"]],
    ["<i>[b]</i>", ["<i>", "*b", "</i>"]],
    ["plain", ["plain"]],
    ["", []],
    ["odd ] marks [", ["odd  marks "]],
  ])("%s is told part by part, without a mark", (text, parts) => {
    const told = markedParts(mark(text)).map((part) => (part.hit ? `*${part.text}` : part.text));
    expect(told).toEqual(parts);
  });

  const markedBy = (lang: string, texts: readonly string[]) =>
    Object.entries(highlightOf(lang, texts).fields as Record<string, estypes.SearchHighlightField>).map(
      ([name, { highlight_query: query }]) => [
        name,
        (query?.bool?.should as { match: Record<string, unknown> }[]).map(({ match }) => match[name]),
      ],
    );

  it("is looked up by the words alone, of each wording, as the language is asked", () => {
    const asked = [
      { query: "sofa", analyzer: "asked_en" },
      { query: "couch", analyzer: "asked_en" },
    ];
    expect(markedBy("en-gb", ["sofa", "couch"])).toEqual([
      ["title.en", asked],
      ["description.en", asked],
    ]);
  });

  it("is left to the engine in any title where words have no blanks between them", () => {
    expect(markedBy("en", ["冷蔵庫"]).at(-1)).toEqual(["neutral.title", [{ query: "冷蔵庫" }]]);
  });

  it("is marked in a title of another language as it stands, but for accents and capitals", () => {
    const title = { fr: "Éclairage de table, noir", de: "Tischlampe" };
    expect(markedElsewhere(title, ["eclairage NOIR"])).toEqual({
      title: [
        { text: "Éclairage", hit: true },
        { text: " de table, ", hit: false },
        { text: "noir", hit: true },
      ],
    });
    expect(markedElsewhere(title, ["x", "tischlampe"])).toEqual({ title: [{ text: "Tischlampe", hit: true }] });
    expect(markedElsewhere(title, ["lamp"])).toEqual({});
  });

  it("is looked up as it stands in a language that is not read", () => {
    expect(markedBy("tlh", ["qagh"])).toEqual([
      ["neutral.description", [{ query: "qagh" }]],
      ["neutral.title", [{ query: "qagh" }]],
    ]);
  });

  it("is shown in the language asked for, else where it was found", () => {
    const found = {
      "title.de": [mark("[Haus]")],
      "neutral.title": [mark("[Haus]"), "x"],
      "neutral.description": ["d"],
    };
    expect(readHighlights(found, "de-at")).toEqual({
      title: [{ text: "Haus", hit: true }],
      description: [{ text: "d", hit: false }],
    });
    expect(readHighlights({ "neutral.title": ["x"] }, "de")).toEqual({ title: [{ text: "x", hit: false }] });
    expect(readHighlights(undefined, "en")).toEqual({});
  });
});

describe("suggestions", () => {
  it.each([
    ["Computers/Notebooks", "note", true],
    ["Computers/Notebooks", "comp", false],
    ["Home/Café tables", "cafe ta", true],
    ["Home/Café tables", "cafe la", false],
    ["Home", "", true],
  ])("the category %s fits %j: %s", (path, typed, fits) => expect(fitsCategory(path, typed)).toBe(fits));

  it("show a title in the language asked for, its base, or any", () => {
    const title = { en: "Lamp", de: "Lampe", xx: "Lampo" };
    expect([
      titleIn(title, "de"),
      titleIn(title, "de-at"),
      titleIn(title, "fr"),
      titleIn({ xx: "Lampo" }, "fr"),
    ]).toEqual(["Lampe", "Lampe", "Lamp", "Lampo"]);
  });

  it("are of published products, and of a channel where one is named", () => {
    const shown = (channel: object) =>
      suggestRequest({ q: "la", limit: 5, ...channel }, { named: [] }).query?.bool?.filter;
    expect(shown({})).toEqual([{ term: { status: "published" } }]);
    expect(shown({ channel: "c1" })).toContainEqual({ term: { channels: "c1" } });
  });
});
