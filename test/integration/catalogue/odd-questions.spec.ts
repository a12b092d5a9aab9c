/** Whatever is asked of search, the answer is a result, an empty one, or a refusal with a name: never an error. */
import { START_WITHIN_MS } from "../../support/elasticsearch";
import { openShop, type Body, type Shop } from "./shop";

let shop: Shop;

beforeAll(async () => {
  shop = await openShop();
  const trade = { channels: [], publish: true };
  const made = [
    await shop.done("POST", "/v1/products", { title: { en: "The lamp of it" }, brand: "Lumora", ...trade }),
    await shop.done("POST", "/v1/products", { title: { en: "C++ and C# in 21 days 💡" }, ...trade }),
  ];
  await shop.declared(
    "product.search",
    "/v1/products",
    made.map(({ token }) => token),
  );
}, START_WITHIN_MS);
afterAll(() => shop.stop(), START_WITHIN_MS);

interface Told {
  readonly status: number;
  readonly type: string;
  readonly body: Body;
}

async function told(path: string): Promise<Told> {
  const { status, body } = await shop.ask("GET", path, { permissions: null });
  return { status, type: ((body["type"] as string | undefined) ?? "").replace("urn:stoa:refusal:", ""), body };
}

const ODD: readonly (readonly [what: string, q: string])[] = [
  ["nothing", ""],
  ["blanks", "   \t "],
  ["stop words alone", "the of and it to"],
  ["stop words of several languages", "der die das le la les и"],
  ["emoji alone", "💡💡 🛋️ 👩‍👩‍👧"],
  ["signs alone", "!!! ??? ... --- ///"],
  ["query syntax", '(title:* AND "lamp) OR [1 TO *] ~2 ^9 \\'],
  ["JSON", '{"query":{"match_all":{}}}'],
  ["wildcards", "*?* lam*"],
  ["a regular expression", "/.*(lamp|x+)+$/"],
  ["markup", "<script>alert(1)</script> lamp"],
  ["quotes", "\"'`´‘“"],
  ["right to left marks", "\u202e\u200f\u2067lamp"],
  ["one word without end", "x".repeat(300)],
  ["as many words as fit", "ab ".repeat(100).trim()],
  [
    "as many different words as fit",
    Array.from({ length: 75 }, (_, n) => `w${n}`)
      .join(" ")
      .slice(0, 300),
  ],
  ["combining marks", `l${"\u0301".repeat(200)}amp`],
  ["numbers", "00000000000000000000 1e309 -0 NaN"],
  ["signs of every width", "ＬＡＭＰ lamp 𝓁𝒶𝓂𝓅 ﬁ"],
];

describe.each(["en", "de", "ja", "ar", "xx"])("asked in %s", (lang) => {
  it.each(ODD)("%s is answered", async (_what, q) => {
    const query = `q=${encodeURIComponent(q)}&lang=${lang}`;
    await shop.declared("product.search", `/v1/products?${query}&explain=true`);
    await shop.declared("product.suggest", `/v1/suggestions?q=${encodeURIComponent(q.slice(0, 100))}&lang=${lang}`);
  });
});

describe("what a question is read as", () => {
  it("is nothing that the engine would take for its own", async () => {
    const { body } = await told(`/v1/products?q=${encodeURIComponent("*")}`);
    expect(body).toMatchObject({ total: 0, items: [] });
    expect((await told(`/v1/products?q=${encodeURIComponent("title:lamp")}`)).status).toBe(200);
  });

  it("is the word, also where it is written the other way round or wide", async () => {
    for (const q of ["\u202elamp", "ＬＡＭＰ"]) {
      expect((await told(`/v1/products?q=${encodeURIComponent(q)}`)).body).toMatchObject({ total: 1 });
    }
  });
});

describe("a question that cannot be asked is refused, and what is wrong is named", () => {
  it.each([
    ["10 kB", `q=${"lamp".repeat(2_560)}`, "q"],
    ["an order that there is not", "sort=best", "sort"],
    ["a page too large", "limit=101", "limit"],
    ["no page", "limit=0", "limit"],
    ["a language that is none", "lang=english!", "lang"],
    ["a price that is none", "priceMin=1.5", "priceMin"],
    ["a param that there is not", "page=9999", "page"],
  ])("%s", async (_what, query, field) => {
    const { status, type, body } = await told(`/v1/products?${query}`);
    expect([status, type]).toEqual([400, "VALIDATION_FAILED"]);
    expect((body["faults"] as { field: string }[]).map((fault) => fault.field)).toContain(field);
  });

  it("a page of another search, or one that was made up", async () => {
    const { body } = await told("/v1/products?limit=1");
    const cursor = body["cursor"] as string;
    for (const path of [`q=lamp&cursor=${cursor}`, "cursor=e30", "cursor=WyJ4IiwxLDIsM10"]) {
      expect(await told(`/v1/products?${path}`)).toMatchObject({ status: 400, type: "CURSOR_INVALID" });
    }
  });
});

describe("filters by what there is not", () => {
  it.each(["attribute=nothing:at-all", "attribute=nothing", "attribute=:", "category=/", "category=a%2Fb%2Fc"])(
    "find nothing: %s",
    async (query) => expect(await told(`/v1/products?${query}`)).toMatchObject({ status: 200, body: { total: 0 } }),
  );

  it.each([
    "brand=%22",
    "seller=nobody",
    "collection=nothing",
    "section=nothing",
    "channel=nothing",
    "priceMin=9&priceMax=1",
  ])("find nothing: %s", async (query) =>
    expect(await told(`/v1/products?${query}`)).toMatchObject({ status: 200, body: { total: 0 } }),
  );
});
