import type { StoredCategory } from "../../../../indexers/category/categories.projection";
import { treeOf } from "../../../../indexers/category/categories.tree.query";
import { bookOf, type Place, type Tried } from "../../../../indexers/merchandising/merchandising.book.query";
import { merchandisingQueries } from "../../../../indexers/merchandising/merchandising.query";
import { clausesOf, rulePartsOf, spokenOn } from "../../../../indexers/product/products.merchandising.query";
import { wordings } from "../../../../indexers/product/products.wording.query";
import type { MerchandisingView } from "../../../../models/merchandising/merchandising.result.contract";
import type {
  MerchandisingRule,
  RankingRule,
  RuleWhen,
} from "../../../../models/merchandising/merchandising.rule.contract";
import type { SearchProducts } from "../../../../models/product/product.search.contract";

const category = (id: string, parentId: string | null): [string, StoredCategory] => [
  id,
  { id, version: 1, status: "active", slug: `${id}-slug`, name: { en: id }, position: 0, parentId, attributes: [] },
];
const tree = treeOf(new Map([category("home", null), category("lamps", "home"), category("toys", null)]));

const view = (id: string, rule: MerchandisingRule, more: Partial<MerchandisingView> = {}): MerchandisingView => ({
  ...{ id, version: 1, status: "on", name: id, channel: null, section: null, from: null, until: null, priority: 0 },
  rule,
  ...more,
});
interface Scored {
  readonly constant_score: { readonly boost: number; readonly _name?: string };
}

const noon = "2026-03-02T12:00:00.000Z";
const here: Place = { channel: "web", section: ["outlet", "s1"], at: noon };
const said = (
  views: readonly MerchandisingView[],
  params: Partial<SearchProducts> = {},
  more: { place?: Place; tried?: Tried } = {},
) => {
  const book = bookOf(new Map(views.map((one) => [one.id, one])));
  const asked: SearchProducts = { q: "lamp", sort: "relevance", limit: 10, ...params };
  return spokenOn(asked, { book, tree, hidden: [], place: here, ...more });
};
const pin = (when?: RuleWhen): RankingRule => ({ kind: "ranking", ...(when && { when }), pin: ["p1"] });

describe("when a rule speaks", () => {
  it.each<[string, Partial<MerchandisingView>, boolean]>([
    ["everywhere", {}, true],
    ["off", { status: "off" }, false],
    ["in the channel", { channel: "web" }, true],
    ["in another one", { channel: "kiosk" }, false],
    ["in the section", { section: "outlet" }, true],
    ["in another one's", { section: "garden" }, false],
    ["from now on", { from: noon }, true],
    ["until now", { until: noon }, false],
    ["later", { from: "2026-03-02T12:00:00.001Z" }, false],
  ])("%s: %j", (_what, more, speaks) => {
    expect(said([view("r", pin(), more)]).rules).toEqual(speaks ? ["r"] : []);
  });

  it.each<[RuleWhen, Partial<SearchProducts>, boolean]>([
    [{ queries: ["Lámp"] }, { q: " LAMP " }, true],
    [{ queries: ["lamp"] }, { q: "desk lamp" }, false],
    [{ words: ["lamp desk"] }, { q: "desk red lamp" }, true],
    [{ words: ["lamp desk"] }, { q: "lamp" }, false],
    [{ queries: ["x"], words: ["lamp"] }, { q: "lamp" }, true],
    [{ queries: ["lamp"] }, { q: "" }, false],
    [{ categories: ["home"] }, { category: ["lamps-slug"] }, true],
    [{ categories: ["lamps"] }, { category: ["home"] }, false],
    [{ categories: ["Home/Lamps"] }, { category: ["Home/Lamps/Desk"] }, true],
    [{ categories: ["Home"] }, { category: ["Homes"] }, false],
    [{ categories: ["home"] }, {}, false],
    [{ collections: ["gifts"] }, { collection: "gifts" }, true],
    [{ collections: ["gifts"] }, {}, false],
    [{ queries: ["lamp"], categories: ["toys"] }, { q: "lamp" }, false],
  ])("%j on %j: %s", (when, params, speaks) => {
    expect(said([view("r", pin(when))], params).rules).toEqual(speaks ? ["r"] : []);
  });

  it("may be tried before it is on, or left out, also where its schedule says otherwise", () => {
    const later = view("r", pin(), { status: "off", from: "2027-01-01T00:00:00.000Z" });
    expect(said([later], {}, { tried: { id: "r", speaks: true } }).rules).toEqual(["r"]);
    expect(said([view("r", pin())], {}, { tried: { id: "r", speaks: false } }).rules).toEqual([]);
  });
});

describe("what rules say", () => {
  const first = view("first", { kind: "ranking", pin: ["a", "b"] }, { priority: 9 });
  const second = view("second", { kind: "ranking", pin: ["b", "c"], bury: ["z"], hide: ["y"] });

  it("is put together by priority; the first that pins a product decides its place", () => {
    const { pins, effects } = said([second, first]);
    expect(pins).toEqual(["a", "b", "c"]);
    const points = effects.filter(({ does }) => does === "pin").map((effect) => effect.points);
    expect([...points].sort((a, b) => b - a)).toEqual(points);
    expect(new Set(points).size).toBe(3);
  });

  it("ranks only where relevance sorts, and filters always", () => {
    const spoken = said([second], { sort: "newest" });
    expect([spoken.pins, spoken.effects, spoken.shift]).toEqual([[], [], 0]);
    expect(spoken.filters).toEqual([{ bool: { must_not: [{ terms: { id: ["y"] } }] } }]);
  });

  it("adds up to what the engine was asked to give, whatever found a product", () => {
    const boost: RankingRule = {
      kind: "ranking",
      boost: [
        { brand: ["Lumora"], points: 7 },
        { products: ["q"], points: -3 },
      ],
    };
    const spoken = said([view("boost", boost), second]);
    expect(spoken.shift).toBe(503);
    const scored = (named: boolean) => (clausesOf(spoken, named) as Scored[]).map((clause) => clause.constant_score);
    const clauses = scored(true).map(({ _name: name = "", boost: given }) => ({ name, given }));
    for (let chosen = 0; chosen < 2 ** clauses.length; chosen++) {
      const matched = clauses.filter((_, at) => (chosen >> at) & 1);
      const engine = matched.reduce((sum, { given }) => sum + given, 0) - spoken.shift;
      const parts = rulePartsOf(
        spoken,
        matched.map(({ name }) => name),
      );
      expect(parts.reduce((sum, { score }) => sum + score, 0)).toBe(engine);
      expect(parts.every(({ rule }) => rule === "boost" || rule === "second")).toBe(true);
    }
    expect(scored(false).every((clause) => clause._name === undefined)).toBe(true);
  });

  it("leads elsewhere who asks just that", () => {
    const redirect = view("r", { kind: "redirect", queries: ["summer sale"], to: "/sale" });
    expect([said([redirect], { q: "Summer  SALE!" }).redirect, said([redirect], { q: "sale" }).redirect]).toEqual([
      "/sale",
      null,
    ]);
    expect(said([redirect], { q: "" }).redirect).toBeNull();
  });

  it("takes ten rules at most, those of the highest priority", () => {
    const many = Array.from({ length: 30 }, (_, n) => view(`r${n}`, pin(), { priority: n }));
    expect(said(many).rules).toEqual(Array.from({ length: 10 }, (_, n) => `r${29 - n}`));
  });
});

describe("synonyms", () => {
  const sofa = { kind: "synonyms", words: ["sofa", "couch"] } as const;
  const tv = { kind: "synonyms", words: ["television"], from: ["tv set", "telly"] } as const;

  it.each([
    ["red couch", "en", ["red sofa"]],
    ["Sofá", "en", ["couch"]],
    ["tv set stand", "en", ["television stand"]],
    ["television", "en", []],
    ["set tv", "en", []],
    ["lamp", "en", []],
  ])("%s in %s is also %j", (q, lang, also) => expect(wordings(q, lang, [sofa, tv])).toEqual(also));

  it("are of their language, or of all, and few", () => {
    const german = { kind: "synonyms", language: "de", words: ["sofa", "kanapee"] } as const;
    expect(wordings("sofa", "de-at", [sofa, german])).toEqual(["couch", "kanapee"]);
    expect(wordings("sofa", "en", [german])).toEqual([]);
    const many = { kind: "synonyms", words: Array.from({ length: 20 }, (_, n) => `w${n}`) } as const;
    expect(wordings("w0", "en", [many])).toHaveLength(4);
  });
});

describe("the list of rules", () => {
  const all = Array.from({ length: 7 }, (_, n) =>
    view(`r${n}`, n % 2 ? pin() : { kind: "redirect", queries: ["a"], to: "/a" }, { priority: n % 3, channel: "web" }),
  );
  const book = bookOf(new Map(all.map((one) => [one.id, one])));
  const { "merchandising.list": list } = merchandisingQueries(() => Promise.resolve(book));

  it("is read page by page, without gap or double", async () => {
    const ids: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof list>> = await list({ limit: 2, ...(cursor && { cursor }) }, { meta: {} });
      expect(page.total).toBe(7);
      ids.push(...page.items.map(({ id }) => id));
      cursor = page.cursor;
    } while (cursor !== null);
    expect(ids).toEqual(["r2", "r5", "r1", "r4", "r0", "r3", "r6"]);
  });

  it("tells those that were asked for", async () => {
    const found = await list({ limit: 10, kind: "redirect", status: "on", channel: "web" }, { meta: {} });
    expect(found.items.map(({ id }) => id)).toEqual(["r2", "r4", "r0", "r6"]);
    expect((await list({ limit: 10, channel: "kiosk" }, { meta: {} })).total).toBe(0);
    expect((await list({ limit: 10, section: "x" }, { meta: {} })).total).toBe(0);
  });
});
