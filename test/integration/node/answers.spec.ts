/**
 * A whole node on real services, asked over HTTP as anybody would: what it answers is what the contracts declare, what
 * was written is found at once, and refusals mean what they say.
 */
import { randomUUID } from "node:crypto";
import pino from "pino";
import { openNode, type RunningNode } from "../../../bin/node/node";
import { contracts } from "../../../models/contracts";
import { stockIdOf } from "../../../models/stock/stock.contract";
import { issueToken } from "../../../services/gateway/tokens";
import { startBacking } from "../../support/backing";
import { START_WITHIN_MS } from "../../support/elasticsearch";

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

interface Asked {
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

let node: RunningNode;
const ending: (() => Promise<void>)[] = [];
let secret: string;

const bearer = (permissions: readonly string[]) => ({
  authorization: `Bearer ${issueToken(secret, { id: "tester", permissions })}`,
});

async function ask(method: string, path: string, { body, headers }: Asked = {}): Promise<Answer> {
  const response = await fetch(`${node.url ?? ""}${path}`, {
    method,
    headers: { ...bearer(["*"]), ...(body && { "content-type": "application/json" }), ...headers },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Answer["body"] };
}

/** What a query of the contracts answers, held against what it declares: more or less than that is a fault. */
async function declared(action: string, path: string, headers = {}): Promise<Answer["body"]> {
  const { status, body } = await ask("GET", path, { headers });
  expect([action, status]).toEqual([action, 200]);
  const result = contracts.map(({ actions }) => actions[action]?.result).find((found) => found !== undefined);
  expect(result?.validate(body, { convert: false, abortEarly: false })).toEqual({ value: body });
  return body;
}

async function made(path: string, body: object): Promise<{ id: string; token: string }> {
  const { status, headers, body: receipt } = await ask("POST", path, { body });
  expect([path, status, receipt["type"]]).toEqual([path, 201, undefined]);
  return { id: receipt["id"] as string, token: headers.get("stoa-token") ?? "" };
}

const lamp = (more: object = {}) => ({ title: { en: "Lamp" }, channels: [], publish: true, ...more });
const offerOf = (productId: string, sku: string) => ({
  productId,
  sellerId: "seller-1",
  sku,
  price: { amountMinor: 1_900, currency: "EUR" },
  condition: "new",
});

beforeAll(async () => {
  const backing = await startBacking();
  ending.push(() => backing.stop());
  const config = backing.config({ STOA_NAMESPACE: `t${randomUUID().slice(0, 8)}` });
  ({ secret } = config);
  node = await openNode(config, pino({ level: "silent" }));
  ending.push(() => node.stop());
}, START_WITHIN_MS);

afterAll(async () => {
  for (const end of ending.reverse()) await end();
}, START_WITHIN_MS);

describe("the answers of a node", () => {
  test("are what the contracts declare, and nothing more", async () => {
    const code = "main";
    const channel = await made("/v1/channels", {
      code,
      name: { en: "Main" },
      currency: "EUR",
      languages: ["en"],
      taxInclusive: true,
    });
    const product = await made("/v1/products", {
      ...lamp({ title: { en: "Desk lamp", de: "Schreibtischlampe" }, brand: "Stoa", categoryPath: ["Home", "Lamps"] }),
      channels: [channel.id],
      attributes: { colour: "red", watts: 7, dimmable: true },
      options: [{ name: "size", values: ["s", "m"] }],
      variants: [{ id: "small", options: { size: "s" }, ean: "4006381333931" }],
      media: [{ kind: "image", url: "https://example.org/lamp.jpg", alt: { en: "A lamp" } }],
    });
    const offer = await made("/v1/offers", { ...offerOf(product.id, "lamp-1"), variantId: "small" });
    const received = await ask("POST", `/v1/offers/${offer.id}/stock/berlin/receive`, { body: { quantity: 4 } });
    const seen = { "stoa-token": [channel.token, offer.token, received.headers.get("stoa-token") ?? ""].join(",") };

    const hits = await declared("product.search", "/v1/products?q=desk+lamp&attribute=colour:red", seen);
    expect(hits).toMatchObject({ total: 1, items: [{ id: product.id, quantity: 4, offerCount: 1 }] });
    expect(hits["facets"]).toMatchObject({ colour: [{ value: "red", count: 1 }] });
    const view = await declared("product.get", `/v1/products/${product.id}`, seen);
    expect(view).toMatchObject({ quantity: 4, offers: [{ id: offer.id, variantId: "small", quantity: 4 }] });
    expect(await declared("offer.get", `/v1/offers/${offer.id}`)).toMatchObject({ sku: "lamp-1", version: 1 });
    expect(await declared("channel.get", `/v1/channels/${channel.id}`)).toMatchObject({ code, status: "open" });
    const channels = await declared("channel.list", "/v1/channels", seen);
    expect(channels["items"]).toMatchObject([{ id: channel.id }]);
    const stock = await declared("stock.get", `/v1/offers/${offer.id}/stock/berlin`);
    expect(stock).toMatchObject({ id: stockIdOf({ offerId: offer.id, location: "berlin" }), onHand: 4 });
    const history = await declared("history.page", `/v1/history/product/${product.id}`);
    expect(history).toMatchObject({ items: [{ version: 1, command: "product.create", by: "tester" }], next: null });
    const asOf = await declared("history.asOf", `/v1/history/offer/${offer.id}/as-of?version=1`);
    expect(asOf).toMatchObject({ state: { status: "open", sku: "lamp-1" } });
  });

  test("also of a product of which nothing was said but its title", async () => {
    const { id, token } = await made("/v1/products", lamp());
    const view = await declared("product.get", `/v1/products/${id}`, { "stoa-token": token });
    expect(view).toMatchObject({ brand: null, offers: [], price: null, description: {} });
  });
});

describe("a caller", () => {
  test("finds what it has written at once, with the token of its answer", async () => {
    for (let n = 0; n < 5; n++) {
      const word = `marker${n}`;
      const { id, token } = await made("/v1/products", lamp({ title: { en: word } }));
      const { body } = await ask("GET", `/v1/products?q=${word}&token=${encodeURIComponent(token)}`);
      expect(body).toMatchObject({ total: 1, items: [{ id }] });
      const revised = await ask("PATCH", `/v1/products/${id}`, { body: { brand: `brand${n}` } });
      const again = { "stoa-token": revised.headers.get("stoa-token") ?? "" };
      expect((await ask("GET", `/v1/products/${id}`, { headers: again })).body).toMatchObject({ brand: `brand${n}` });
    }
  });

  test("that repeats a command with its key gets the same answer, and nothing is done twice", async () => {
    const headers = { "idempotency-key": randomUUID() };
    const send = (body: object) => ask("POST", "/v1/products", { body, headers });
    const [first, second] = [await send(lamp()), await send(lamp())];
    expect([second.status, second.body]).toEqual([201, first.body]);
    const { body } = await ask("GET", `/v1/history/product/${first.body["id"] as string}`);
    expect(body["items"]).toHaveLength(1);
    const other = await send(lamp({ title: { en: "Another lamp" } }));
    expect([other.status, other.body["type"]]).toEqual([422, "urn:stoa:refusal:IDEMPOTENCY_KEY_REUSED"]);
  });

  test("that has seen an older version is refused with If-Match, and nothing changes", async () => {
    const { id } = await made("/v1/products", lamp());
    const revise = (brand: string, version: number) =>
      ask("PATCH", `/v1/products/${id}`, { body: { brand }, headers: { "if-match": `"${version}"` } });
    expect((await revise("first", 1)).body).toMatchObject({ version: 2 });
    const late = await revise("late", 1);
    expect([late.status, late.body["type"]]).toEqual([412, "urn:stoa:refusal:VERSION_MISMATCH"]);
    expect((await revise("third", 2)).body).toMatchObject({ version: 3 });
  });

  test("reads a thing as it was, by version and by time", async () => {
    const product = await made("/v1/products", lamp());
    const { id } = await made("/v1/offers", offerOf(product.id, "as-of"));
    const repriced = await ask("PUT", `/v1/offers/${id}/price`, {
      body: { price: { amountMinor: 900, currency: "EUR" } },
    });
    const asOf = async (query: string) => (await ask("GET", `/v1/history/offer/${id}/as-of?${query}`)).body;
    expect(await asOf("version=1")).toMatchObject({ version: 1, state: { price: { amountMinor: 1_900 } } });
    const at = encodeURIComponent(repriced.body["committedAt"] as string);
    expect(await asOf(`at=${at}`)).toMatchObject({ version: 2, state: { price: { amountMinor: 900 } } });
    const before = await ask("GET", `/v1/history/offer/${id}/as-of?at=2020-01-01T00:00:00Z`);
    expect(before.body["type"]).toBe("urn:stoa:refusal:NOT_FOUND");
  });

  test("without the permission is refused, and nothing is made", async () => {
    const body = lamp({ title: { en: "forbidden fruit" } });
    const refused = await ask("POST", "/v1/products", { body, headers: bearer(["offer.write"]) });
    expect([refused.status, refused.body["permission"]]).toEqual([403, "product.write"]);
    const history = await ask("GET", "/v1/history/product/p-1", { headers: bearer([]) });
    expect([history.status, history.body["permission"]]).toEqual([403, "history.read"]);
  });

  test("cannot take a seller's SKU twice, until it is free", async () => {
    const product = await made("/v1/products", lamp());
    const { id } = await made("/v1/offers", offerOf(product.id, "sku-1"));
    const body = offerOf(product.id, "sku-1");
    const taken = await ask("POST", "/v1/offers", { body });
    expect([taken.status, taken.body["type"]]).toEqual([409, "urn:stoa:refusal:CLAIM_TAKEN"]);
    expect((await ask("POST", "/v1/offers", { body: { ...body, sellerId: "seller-2" } })).status).toBe(201);
    expect((await ask("PATCH", `/v1/offers/${id}`, { body: { sku: "sku-2" } })).status).toBe(200);
    expect((await ask("POST", "/v1/offers", { body })).status).toBe(201);
  });
});
