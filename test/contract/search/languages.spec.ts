/** What must be found in each language, and forgiven, on a handful of products, by the real engine. */
import { createIndexer } from "../../../indexers/kernel/indexer";
import { aliasOf, ensureIndex } from "../../../indexers/kernel/indices";
import { products } from "../../../indexers/product/products.projection";
import { productQueries } from "../../../indexers/product/products.query";
import type { Text } from "../../../models/kernel/text";
import type { ProductHits, SearchProducts } from "../../../models/product/product.search.contract";
import { searchUnderTest, START_WITHIN_MS, type SearchUnderTest } from "../../support/elasticsearch";
import { createMall } from "../../support/memory-mall";

const titles: Readonly<Record<string, Text>> = {
  // German: compounds, umlauts, sharp s
  steh: { de: "Stehlampe Messing" },
  schreib: { de: "Schreibtischleuchte weiß" },
  kuehl: { de: "Kühlschrank mit Gefrierfächern" },
  schuhe: { de: "Wanderschuhe für Männer" },
  haus: { de: "Schlüsselbrett in Häuserform, Größe L" },
  // French: elision, accents, plurals
  eclair: { fr: "Luminaire d'éclairage extérieur" },
  ecran: { fr: "Écran d’ordinateur 27 pouces" },
  chaussures: { fr: "Chaussures à lacets" },
  cafetiere: { fr: "Cafetière à l'italienne" },
  // Spanish
  bano: { es: "Mueble de baño con espejos" },
  camara: { es: "Cámara fotográfica" },
  nino: { es: "Zapatillas para niños" },
  // Korean
  gram: { ko: "엘지 그램 노트북 15인치" },
  kimchi: { ko: "스탠드형 김치냉장고" },
  // Japanese
  pasokon: { ja: "ノートパソコン 軽量" },
  reizoko: { ja: "冷蔵庫 小型 静音" },
  denki: { ja: "ＬＥＤ電気スタンド" },
  // Arabic: definite article, forms of alef, plural, marks, and another script within
  hasub: { ar: "حاسوب محمول HP خفيف" },
  ahdhiya: { ar: "أحذية رياضية للرجال" },
  kitab: { ar: "الكِتَابُ المدرسي" },
  // for what is typed wrong
  headset: { en: "Wireless headphones with microphone" },
  backpack: { en: "Laptop backpack waterproof" },
  keyboard: { en: "Mechanical keyboard" },
  mouse: { en: "Gaming mouse" },
};

let search: SearchUnderTest;
let queries: ReturnType<typeof productQueries>;

beforeAll(async () => {
  search = await searchUnderTest();
  const { client, namespace } = search;
  await ensureIndex(client, namespace, products, { hidden: true });
  const mall = createMall();
  const made = Object.entries(titles).map(([id, title]) => mall.product(id, { title }));
  await createIndexer({ client, namespace, projection: products }).read(await Promise.all(made));
  await client.indices.refresh({ index: aliasOf(namespace, "products") });
  queries = productQueries({ client, namespace, wait: () => Promise.resolve() });
}, START_WITHIN_MS);
afterAll(() => search.stop(), START_WITHIN_MS);

const ask = (q: string, lang: string): Promise<ProductHits> => {
  const params: SearchProducts = { q, lang, sort: "relevance", limit: 24 };
  return queries["product.search"](params, { meta: {} });
};
/** With every word, in some form of it. */
const found = async (q: string, lang: string): Promise<string[]> => {
  const { items, relaxed } = await ask(q, lang);
  return relaxed?.spelling === true ? [] : items.filter(({ without }) => without.length === 0).map(({ id }) => id);
};

const LANGUAGES: Readonly<Record<string, readonly (readonly [q: string, ...ids: string[]])[]>> = {
  German: [
    ["lampe", "steh"],
    ["Lampen aus Messing", "steh"],
    ["leuchte", "schreib"],
    ["schreibtisch weiss", "schreib"],
    ["Kuehlschrank", "kuehl"],
    ["kuhlschranke", "kuehl"],
    ["gefrierfach", "kuehl"],
    ["schuh mann", "schuhe"],
    ["wander schuhe", "schuhe"],
    ["schluessel", "haus"],
    ["grösse l", "haus"],
  ],
  French: [
    ["eclairage", "eclair"],
    ["l'éclairage exterieur", "eclair"],
    ["ecrans", "ecran"],
    ["ordinateur 27 pouces", "ecran"],
    ["chaussure lacet", "chaussures"],
    ["cafetieres italiennes", "cafetiere"],
  ],
  Spanish: [
    ["baño", "bano"],
    ["banos espejo", "bano"],
    ["camaras fotograficas", "camara"],
    ["zapatilla niño", "nino"],
  ],
  Korean: [
    ["노트북", "gram"],
    ["그램 노트북", "gram"],
    ["15인치", "gram"],
    ["김치냉장고", "kimchi"],
    ["냉장고", "kimchi"],
  ],
  Japanese: [
    ["ノートパソコン", "pasokon"],
    ["パソコン", "pasokon"],
    ["ﾊﾟｿｺﾝ", "pasokon"],
    ["冷蔵庫", "reizoko"],
    ["小型 冷蔵庫", "reizoko"],
    ["led", "denki"],
    ["電気スタンド", "denki"],
  ],
  Arabic: [
    ["حاسوب", "hasub"],
    ["الحاسوب المحمول", "hasub"],
    ["hp حاسوب", "hasub"],
    ["احذية", "ahdhiya"],
    ["أحذية للرجال", "ahdhiya"],
    ["كتاب", "kitab"],
    ["\u202bكتاب\u202c", "kitab"],
  ],
};
const CODES: Readonly<Record<string, string>> = {
  ...{ German: "de", French: "fr", Spanish: "es", Korean: "ko", Japanese: "ja", Arabic: "ar" },
};

describe.each(Object.entries(LANGUAGES))("in %s", (language, wanted) => {
  const lang = CODES[language] ?? "";

  it.each(wanted)("%s finds %s", async (q, ...ids) => expect(await found(q, lang)).toEqual(ids));

  it("titles come back letter by letter as they were written", async () => {
    const [q, id] = wanted[0] as readonly [string, string];
    expect((await ask(q, lang)).items[0]?.title).toEqual(titles[id]);
  });
});

describe("what is marked as found", () => {
  it.each([
    ["l'éclairage", "fr"],
    ["الحاسوب", "ar"],
    ["冷蔵庫", "ja"],
  ])("of %s in %s is part of the text, in its order", async (q, lang) => {
    const [item] = (await ask(q, lang)).items;
    const parts = item?.highlights["title"] ?? [];
    expect(parts.map(({ text }) => text).join("")).toBe(item?.title[lang]);
    expect(parts.some(({ hit }) => hit)).toBe(true);
  });
});

describe("what is typed wrong", () => {
  it.each<[kind: string, typed: string, meant: string, id: string]>([
    ["a letter left out", "hedphones", "headphones", "headset"],
    ["a letter too many", "keyyboard", "keyboard", "keyboard"],
    ["a letter doubled", "backpackk", "backpack", "backpack"],
    ["a neighbour on the keyboard", "kwyboard", "keyboard", "keyboard"],
    ["two letters changed over", "mosue", "mouse", "mouse"],
    ["one of two words", "gamign mouse", "gaming mouse", "mouse"],
    ["a letter and another", "micropfone headphnes", "microphone headphones", "headset"],
    ["a blank left out", "gamingmouse", "gaming mouse", "mouse"],
    ["a blank too many", "back pack", "backpack", "backpack"],
  ])("%s: %s", async (_kind, typed, meant, id) => {
    const { items, relaxed } = await ask(typed, "en");
    expect(items[0]?.id).toBe(id);
    // neighbouring words are also read as one, so that a blank too many is no mistake
    expect(relaxed?.q ?? meant).toBe(meant);
  });

  it("is not put right where it is nothing like anything", async () => {
    const { items, relaxed, didYouMean } = await ask("qqqqqqq", "en");
    expect([items, relaxed, didYouMean]).toEqual([[], null, null]);
  });
});
