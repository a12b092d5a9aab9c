/** The catalogue over HTTP, in one mall: a tree with inherited attributes, and products that are held against it. */
import { START_WITHIN_MS } from "../../support/elasticsearch";
import { eventually } from "../../support/eventually";
import { openShop, type Body, type Made, type Shop } from "./shop";

let shop: Shop;

beforeAll(async () => {
  shop = await openShop();
}, START_WITHIN_MS);
afterAll(() => shop.stop(), START_WITHIN_MS);

const category = (slug: string, parent: Made | null, more: object = {}): Promise<Made> =>
  shop.done("POST", "/v1/categories", {
    slug,
    name: { en: slug.toUpperCase(), de: `${slug}-de` },
    ...(parent && { parentId: parent.id }),
    ...more,
  });
const refusalOf = ({ status, body }: { status: number; body: Body }) => [
  status,
  String(body["type"]).replace("urn:stoa:refusal:", ""),
];
const watts = { name: "watts", label: { en: "Power" }, type: "number", unit: "W", required: true, facet: true };
const colour = { name: "colour", label: { en: "Colour" }, type: "choice", values: ["red", "blue"], facet: true };

describe("the tree of categories", () => {
  let home: Made;
  let lamps: Made;
  let desk: Made;

  beforeAll(async () => {
    home = await category("home", null, { attributes: [colour] });
    lamps = await category("lamps", home, { attributes: [watts] });
    desk = await category("desk-lamps", lamps);
  });

  test("is shown whole, with what holds at each place, at once to who built it", async () => {
    const seen = [home.token, lamps.token, desk.token];
    const tree = await shop.declared("category.tree", `/v1/categories?below=${home.id}`, seen);
    expect(tree).toMatchObject({ total: 2, items: [{ slug: "lamps" }, { slug: "desk-lamps", level: 3 }] });
    const view = await shop.declared("category.get", `/v1/categories/${desk.id}`, seen);
    expect(view).toMatchObject({
      path: [{ slug: "home" }, { slug: "lamps" }, { slug: "desk-lamps" }],
      attributes: [
        { name: "colour", definedBy: home.id },
        { name: "watts", definedBy: lamps.id },
      ],
    });
  });

  test("keeps slugs unique, and takes nothing from who may not write it", async () => {
    const body = { slug: "home", name: { en: "Home again" } };
    expect(refusalOf(await shop.ask("POST", "/v1/categories", { body }))).toEqual([409, "CLAIM_TAKEN"]);
    const other = await shop.ask("POST", "/v1/categories", { body, permissions: ["product.write"] });
    expect(refusalOf(other)).toEqual([403, "FORBIDDEN"]);
  });

  test("refuses products that do not fit, with a fault for each field, and takes those that do", async () => {
    const lamp = { title: { en: "Bright thing" }, channels: [], publish: true, categoryId: desk.id };
    const misfit = await shop.ask("POST", "/v1/products", { body: { ...lamp, attributes: { colour: "green" } } });
    expect(refusalOf(misfit)).toEqual([422, "PRODUCT_ATTRIBUTES"]);
    expect((misfit.body["faults"] as Body[]).map(({ field }) => field)).toEqual([
      "attributes.colour",
      "attributes.watts",
    ]);
    const made = await shop.done("POST", "/v1/products", { ...lamp, attributes: { colour: "red", watts: 7 } });
    const revised = await shop.ask("PATCH", `/v1/products/${made.id}`, { body: { attributes: { watts: "seven" } } });
    expect(refusalOf(revised)).toEqual([422, "PRODUCT_ATTRIBUTES"]);
    const stray = await shop.ask("POST", "/v1/products", { body: { ...lamp, categoryId: "nowhere" } });
    expect(refusalOf(stray)).toEqual([404, "NOT_FOUND"]);
  });

  test("holds products against a definition as soon as it is made", async () => {
    const chairs = await category("chairs", home);
    const chair = { title: { en: "Chair" }, channels: [], categoryId: chairs.id };
    await shop.done("POST", "/v1/products", chair);
    await shop.done("PUT", `/v1/categories/${home.id}/attributes/weight`, {
      label: { en: "Weight" },
      type: "number",
      required: true,
    });
    const late = await shop.ask("POST", "/v1/products", { body: chair });
    expect(refusalOf(late)).toEqual([422, "PRODUCT_ATTRIBUTES"]);
    await shop.done("DELETE", `/v1/categories/${home.id}/attributes/weight`);
    await shop.done("POST", "/v1/products", chair);
  });

  test("moves a part of itself, and never below itself", async () => {
    const garden = await category("garden", null);
    const move = (id: string, parentId: string | null) =>
      shop.ask("POST", `/v1/categories/${id}/move`, { body: { parentId } });
    for (const below of [lamps, desk]) {
      expect(refusalOf(await move(lamps.id, below.id))).toEqual([409, "CATEGORY_CYCLE"]);
    }
    const moved = await shop.done("POST", `/v1/categories/${lamps.id}/move`, { parentId: garden.id });
    const view = await shop.declared("category.get", `/v1/categories/${desk.id}`, [moved.token]);
    expect(view).toMatchObject({ path: [{ slug: "garden" }, {}, {}], attributes: [{ name: "watts" }] });
    await shop.done("POST", `/v1/categories/${lamps.id}/move`, { parentId: home.id });
  });

  test("never becomes a circle, however many move at once", async () => {
    const ring = await Promise.all(["ring-a", "ring-b", "ring-c"].map((slug) => category(slug, null)));
    const moves = ring.map(({ id }, n) => ({ id, parentId: ring[(n + 1) % 3]?.id ?? null }));
    const answers = await Promise.all(
      moves.map(({ id, parentId }) => shop.ask("POST", `/v1/categories/${id}/move`, { body: { parentId } })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 409]);
    expect(answers.flatMap(({ body }) => (body["type"] === undefined ? [] : [body["type"]]))).toEqual([
      "urn:stoa:refusal:CATEGORY_CYCLE",
    ]);
  });

  test("has eight levels at most", async () => {
    let deepest: Made | null = null;
    for (let level = 1; level <= 8; level++) deepest = await category(`level-${level}`, deepest);
    const body = { slug: "level-9", name: { en: "Too deep" }, parentId: deepest?.id };
    expect(refusalOf(await shop.ask("POST", "/v1/categories", { body }))).toEqual([409, "CATEGORY_TOO_DEEP"]);
    const top = await category("deep-top", null);
    const child = await category("deep-child", top);
    const after = { "stoa-token": child.token };
    await shop.ask("GET", `/v1/categories/${child.id}`, { headers: after });
    const body2 = { parentId: deepest?.id };
    const move = await shop.ask("POST", `/v1/categories/${top.id}/move`, { body: body2 });
    expect(refusalOf(move)).toEqual([409, "CATEGORY_TOO_DEEP"]);
  });

  test("takes nothing in below what is retired, until it is reinstated", async () => {
    const old = await category("old", null);
    const below = await category("old-things", old);
    await shop.done("POST", `/v1/categories/${old.id}/retire`);
    const body = { title: { en: "Thing" }, channels: [], categoryId: below.id };
    expect(refusalOf(await shop.ask("POST", "/v1/products", { body }))).toEqual([409, "CATEGORY_RETIRED"]);
    const child = { slug: "older", name: { en: "Older" }, parentId: below.id };
    expect(refusalOf(await shop.ask("POST", "/v1/categories", { body: child }))).toEqual([409, "CATEGORY_RETIRED"]);
    const { token } = await shop.done("POST", `/v1/categories/${old.id}/reinstate`);
    await shop.done("POST", "/v1/products", body);
    expect(await shop.declared("category.get", `/v1/categories/${below.id}`, [token])).toMatchObject({
      status: "active",
    });
  });
});

describe("products of the tree in the search", () => {
  test("are found by their category and all above it, and follow a rename and a move at once", async () => {
    const tools = await category("tools", null);
    const saws = await category("saws", tools);
    const yard = await category("yard", null);
    const saw = { title: { en: "Bow saw" }, channels: [], publish: true, categoryId: saws.id };
    const product = await shop.done("POST", "/v1/products", saw);
    const search = async (query: string, ...after: string[]) =>
      shop.declared("product.search", `/v1/products?q=saw&${query}`, [product.token, saws.token, ...after]);
    for (const named of ["tools", "saws", "TOOLS", "TOOLS/SAWS"]) {
      const hit = { id: product.id, categoryPath: ["TOOLS", "SAWS"] };
      expect(await search(`category=${named}`)).toMatchObject({ total: 1, items: [hit] });
    }
    const renamed = await shop.done("PATCH", `/v1/categories/${saws.id}`, { name: { en: "Handsaws" } });
    const moved = await shop.done("POST", `/v1/categories/${saws.id}/move`, { parentId: yard.id });
    const found = await search("category=yard", renamed.token, moved.token, yard.token);
    expect(found).toMatchObject({ total: 1, items: [{ categoryPath: ["YARD", "Handsaws"] }] });
    expect((found["facets"] as Body)["category"]).toEqual([
      { value: "saws", label: "Handsaws", parent: "yard", count: 1 },
      { value: "yard", label: "YARD", parent: null, count: 1 },
    ]);
    expect(await search("category=tools", moved.token)).toMatchObject({ total: 0 });
    const view = await shop.declared("product.get", `/v1/products/${product.id}`, [moved.token]);
    expect(view).toMatchObject({ categoryId: saws.id, categoryPath: ["YARD", "Handsaws"] });
  });
});

test("a draft is told its category and its double; why, again, and what became of it", async () => {
  const parent = await category("lighting", null);
  const arcs = await category("arc-lamps", parent);
  const thing = (title: string, more: object) => ({ title: { en: title }, channels: [], publish: true, ...more });
  const own = await shop.done(
    "POST",
    "/v1/products",
    thing("Arc lamp Zenith", { brand: "Lumora", categoryId: arcs.id }),
  );
  const rug = await shop.done("POST", "/v1/products", thing("Wool rug Zenith", { categoryPath: ["Home", "Rugs"] }));
  await shop.ask("GET", "/v1/products?q=zenith", { headers: { "stoa-token": `${own.token},${rug.token}` } });
  const path = "/v1/listings/suggestions";
  const draft = { title: { en: "Zenith arc lamp" }, brand: "Lumora" };
  const places = [{ categoryId: arcs.id, path: ["LIGHTING", "ARC-LAMPS"] }, { path: ["Home", "Rugs"] }];
  // the names of a category that is new are known to searches a moment later
  const body = await eventually("both places are named", async () => {
    const answer = await shop.ask("POST", path, { body: draft });
    expect(answer).toMatchObject({ status: 200, body: { categories: places } });
    return answer.body;
  });
  expect(body["duplicates"]).toMatchObject([{ productId: own.id, title: { en: "Arc lamp Zenith" } }]);
  const [double] = body["duplicates"] as readonly { decisionId: string; probability: number }[];
  expect(double?.probability).toBeGreaterThan(0.5);
  for (const id of [body["categoryDecisionId"], double?.decisionId]) {
    expect(await shop.ask("GET", `/v1/decisions/${String(id)}/replay`)).toMatchObject({
      ...{ status: 200, body: { equal: true } },
    });
  }
  const answer = (of: unknown, label: string, where: object = {}) =>
    shop.ask("POST", `${path}/${String(of)}/answer`, { body: { answer: label, ...where } });
  expect(await answer(double?.decisionId, "same")).toMatchObject({ status: 200, body: { label: "same" } });
  expect((await answer(double?.decisionId, "taken")).status).toBe(404);
  const told = await shop.ask("GET", `/v1/decisions/${String(double?.decisionId)}`);
  expect(told.body).toMatchObject({ kind: "duplicate", outcome: { label: "same" }, taken: { verdict: "same" } });
  const placed = body["categoryDecisionId"];
  expect((await answer(placed, "taken", { categoryId: arcs.id, path: ["Home"] })).status).toBe(400);
  const nowhere = { label: "other", what: "p:Home/Garden" };
  expect(await answer(placed, "other", { path: ["Home", "Garden"] })).toMatchObject({ status: 200, body: nowhere });
  const what = `c:${arcs.id}`;
  expect(await answer(placed, "taken", { categoryId: arcs.id })).toMatchObject({ status: 200, body: { what } });
  expect((await shop.ask("GET", `/v1/decisions/${String(placed)}`)).body).toMatchObject({
    ...{ kind: "category", outcome: { label: "taken", what }, taken: { features: { suggested_1: what } } },
  });
  const again = await shop.ask("POST", path, { body: { ...draft, productId: own.id } });
  expect(again.body["duplicates"]).toEqual([]);
});
