/**
 * Looking back over HTTP, at a whole node on real services: as-of, diff, restore, proof, several things at one moment,
 * who may look; and that nothing is ever written of a thing but a new version, seen at the driver.
 */
import { randomUUID } from "node:crypto";
import pino from "pino";
import { openNode, type RunningNode } from "../../../bin/node/node";
import { contracts } from "../../../models/contracts";
import { issueToken } from "../../../services/gateway/tokens";
import { startBacking } from "../../support/backing";
import { START_WITHIN_MS } from "../../support/elasticsearch";

type Body = Readonly<Record<string, unknown>>;

interface Answer {
  readonly status: number;
  readonly body: Body;
}

let node: RunningNode;
let secret: string;
const ending: (() => Promise<void>)[] = [];

async function ask(
  method: string,
  path: string,
  more: { body?: object; as?: string[]; key?: string } = {},
): Promise<Answer> {
  const { body, as = ["*"], key } = more;
  const token = issueToken(secret, { id: "tester", permissions: as });
  const response = await fetch(`${node.url ?? ""}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body && { "content-type": "application/json" }),
      ...(key !== undefined && { "idempotency-key": key }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Body };
}

/** What a query answers, held against what its contract declares. */
async function declared(action: string, path: string): Promise<Body> {
  const { status, body } = await ask("GET", path);
  expect([path, status]).toEqual([path, 200]);
  const result = contracts.map(({ actions }) => actions[action]?.result).find((found) => found !== undefined);
  expect(result?.validate(body, { convert: false, abortEarly: false })).toEqual({ value: body });
  return body;
}

const refusal = (type: string) => `urn:stoa:refusal:${type}`;

async function made(path: string, body: object): Promise<string> {
  const answer = await ask("POST", path, { body });
  expect([path, answer.status]).toEqual([path, 201]);
  return answer.body["id"] as string;
}

const lamp = (more: object = {}) => ({ title: { en: "Lamp" }, brand: "Stoa", channels: [], publish: true, ...more });
const price = (amountMinor: number) => ({ price: { amountMinor, currency: "EUR" } });
const offerOf = (productId: string, sku: string) => ({
  productId,
  sellerId: "seller-1",
  sku,
  ...price(1_900),
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

describe("the history of a thing", () => {
  test("shows it as it was, at a version and at a moment, under its own address", async () => {
    const product = await made("/v1/products", lamp());
    const id = await made("/v1/offers", offerOf(product, "as-of"));
    const repriced = await ask("PUT", `/v1/offers/${id}/price`, { body: price(900) });
    const then = (query: string) => declared("history.page", `/v1/history/offer/${id}?${query}`);
    expect(await then("version=1")).toMatchObject({ items: [{ version: 1 }], next: null, state: price(1_900) });
    const at = encodeURIComponent(repriced.body["committedAt"] as string);
    expect(await then(`at=${at}`)).toMatchObject({ items: [{ version: 2 }], state: price(900) });
    expect(await then("limit=1")).toMatchObject({ items: [{ version: 1, command: "offer.make" }], next: 1 });
    const never = await ask("GET", `/v1/history/offer/${id}?at=2020-W10`);
    expect([never.status, never.body["type"]]).toEqual([400, refusal("VALIDATION_FAILED")]);
  });

  test("tells recorded time from business time", async () => {
    const product = await made("/v1/products", lamp());
    const at = encodeURIComponent("2020-06-01T00:00:00Z");
    const early = await ask("GET", `/v1/history/product/${product}?at=${at}&time=occurred`);
    expect(early.status).toBe(404);
    const now = encodeURIComponent(new Date().toISOString());
    const found = await declared("history.asOf", `/v1/history/product/${product}/as-of?at=${now}&time=occurred`);
    expect(found).toMatchObject({ version: 1, state: { brand: "Stoa" } });
  });

  test("tells what differs, as a patch and field by field with who, when and by which command", async () => {
    const id = await made("/v1/products", lamp());
    await ask("PATCH", `/v1/products/${id}`, { body: { brand: "Other" } });
    await ask("PATCH", `/v1/products/${id}`, { body: { title: { en: "Lantern" } } });
    const whole = await declared("history.diff", `/v1/history/product/${id}/diff?from=1&to=3`);
    expect(whole["patch"]).toEqual(
      expect.arrayContaining([
        { op: "replace", path: "/brand", value: "Other" },
        { op: "replace", path: "/title/en", value: "Lantern" },
      ]),
    );
    expect(whole["changes"]).toMatchObject([
      { field: "brand", was: "Stoa", is: "Other", version: 2, command: "product.revise", by: "tester" },
      { field: "title.en", was: "Lamp", is: "Lantern", version: 3 },
    ]);
    const last = await declared("history.diff", `/v1/history/product/${id}/diff`);
    expect(last).toMatchObject({ from: 2, to: 3, changes: [{ field: "title.en" }] });
    const back = await declared("history.diff", `/v1/history/product/${id}/diff?from=3&to=2`);
    expect(back["changes"]).toMatchObject([{ field: "title.en", was: "Lantern", is: "Lamp", version: 3 }]);
    const all = await declared("history.diff", `/v1/history/product/${id}/diff?from=0`);
    expect(all["changes"]).toContainEqual(expect.objectContaining({ field: "brand", is: "Other" }));
    expect((await ask("GET", `/v1/history/product/${id}/diff?to=9`)).status).toBe(404);
  });
});

describe("restoring", () => {
  const restore = (aggregate: string, id: string, version: number, more = {}) =>
    ask("POST", `/v1/history/${aggregate}/${id}/restore`, { body: { version }, ...more });

  test("makes a new version with the old content, once, and leaves the rest as it is", async () => {
    const id = await made("/v1/products", lamp());
    await ask("PATCH", `/v1/products/${id}`, { body: { brand: "Other", attributes: { watts: 7 } } });
    await ask("POST", `/v1/products/${id}/withdraw`, { body: {} });
    const key = randomUUID();
    const restored = await restore("product", id, 1, { key });
    expect(restored).toMatchObject({ status: 200, body: { id, version: 4 } });
    expect((await restore("product", id, 1, { key })).body).toEqual(restored.body);
    const { state } = await declared("history.page", `/v1/history/product/${id}?version=4`);
    expect(state).toMatchObject({ brand: "Stoa", status: "withdrawn" });
    expect(state).not.toHaveProperty("attributes");
    expect((await restore("product", id, 99)).status).toBe(404);
  });

  test("claims again, or is refused when another has the key; a price is never brought back", async () => {
    const product = await made("/v1/products", lamp());
    const id = await made("/v1/offers", offerOf(product, "first"));
    await ask("PATCH", `/v1/offers/${id}`, { body: { sku: "second" } });
    await ask("PUT", `/v1/offers/${id}/price`, { body: price(700) });
    const other = await made("/v1/offers", offerOf(product, "first"));
    const taken = await restore("offer", id, 1);
    expect([taken.status, taken.body["type"]]).toEqual([409, refusal("CLAIM_TAKEN")]);
    await ask("PATCH", `/v1/offers/${other}`, { body: { sku: "third" } });
    expect((await restore("offer", id, 1)).status).toBe(200);
    expect((await ask("GET", `/v1/offers/${id}`)).body).toMatchObject({ sku: "first", ...price(700) });
    expect((await ask("POST", "/v1/offers", { body: offerOf(product, "first") })).status).toBe(409);
  });

  test("is refused where no contract declares it, and to whom may not change the thing", async () => {
    const product = await made("/v1/products", lamp());
    const offer = await made("/v1/offers", offerOf(product, "stocked"));
    const received = await ask("POST", `/v1/offers/${offer}/stock/main/receive`, { body: { quantity: 4 } });
    const stock = await restore("stock", received.body["id"] as string, 1);
    expect([stock.status, stock.body["type"]]).toEqual([409, refusal("RESTORE_NOT_ALLOWED")]);
    await ask("PATCH", `/v1/products/${product}`, { body: { brand: "Other" } });
    const reader = await restore("product", product, 1, { as: ["history.read"] });
    expect([reader.status, reader.body["permission"]]).toEqual([403, "product.write"]);
    const writer = await restore("product", product, 1, { as: ["product.write"] });
    expect([writer.status, writer.body["permission"]]).toEqual([403, "history.read"]);
    expect((await restore("nothing", product, 1)).status).toBe(404);
  });
});
