/**
 * Looking back over HTTP, at a whole node on real services: as-of, diff, restore, proof, several things at one moment,
 * who may look; and that nothing is ever written of a thing but a new version, seen at the driver.
 */
import { createHash, randomUUID, verify } from "node:crypto";
import { kept } from "../../../models";
import { writeCheckpoint } from "../../../models/kernel/checkpoint";
import { mongoCheckpoints, rawRows } from "../../../models/kernel/mongo-checkpoints";
import { refold, together } from "../../../models/kernel/refold";
import { loadSigner } from "../../../models/kernel/signer";
import { START_WITHIN_MS } from "../../support/elasticsearch";
import { eventually } from "../../support/eventually";
import { openNodeOverHttp, type Answer, type Body, type NodeOverHttp } from "../../support/node-over-http";

let mall: NodeOverHttp;
const ask: NodeOverHttp["ask"] = (...asked) => mall.ask(...asked);
const declared: NodeOverHttp["declared"] = (...asked) => mall.declared(...asked);
const made: NodeOverHttp["made"] = (...asked) => mall.made(...asked);

const refusal = (type: string) => `urn:stoa:refusal:${type}`;

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
  mall = await openNodeOverHttp();
}, START_WITHIN_MS);

afterAll(() => mall.stop(), START_WITHIN_MS);

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

describe("several things at one moment", () => {
  test("are shown as they stood then, once nothing can come before it any more", async () => {
    const product = await made("/v1/products", lamp());
    const offer = await made("/v1/offers", offerOf(product, "together"));
    const { committedAt } = (await ask("PUT", `/v1/offers/${offer}/price`, { body: price(900) })).body;
    const late = await made("/v1/products", lamp());
    const ids = `offer/${offer},product/${product},product/${late}`;
    const begun = Date.now();
    const all = await declared("history.together", `/v1/as-of?at=${String(committedAt)}&ids=${ids}`);
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(committedAt as string) + 5_000);
    expect(Date.now() - begun).toBeLessThan(30_000);
    expect(all["items"]).toMatchObject([
      { aggregate: "offer", id: offer, version: 2, state: price(900) },
      { aggregate: "product", id: product, version: 1, state: { brand: "Stoa" } },
      { aggregate: "product", id: late, version: null, state: null },
    ]);
    const ahead = await ask("GET", `/v1/as-of?at=2099-01-01T00:00:00Z&ids=${ids}`);
    expect([ahead.status, ahead.body["type"]]).toEqual([400, refusal("MOMENT_AHEAD")]);
  });
});

describe("the owner of a thing", () => {
  const seller = (party: string) => ({ grants: [{ role: "seller-owner", party }] });

  test("looks at its history and restores it, and nobody else's", async () => {
    const product = await made("/v1/products", lamp());
    const id = await made("/v1/offers", offerOf(product, "owned"));
    await ask("PATCH", `/v1/offers/${id}`, { body: { condition: "used" } });
    for (const path of ["", "/diff", "/verify", "?version=1"]) {
      expect((await ask("GET", `/v1/history/offer/${id}${path}`, seller("seller-1"))).status).toBe(200);
      const other = await ask("GET", `/v1/history/offer/${id}${path}`, seller("seller-2"));
      expect([other.status, other.body["type"]]).toEqual([403, refusal("FORBIDDEN")]);
    }
    const path = `/v1/history/offer/${id}/restore`;
    expect((await ask("POST", path, { body: { version: 1 }, ...seller("seller-2") })).status).toBe(403);
    expect((await ask("POST", path, { body: { version: 1 }, ...seller("seller-1") })).status).toBe(200);
    const at = new Date(Date.now() - 60_000).toISOString();
    expect((await ask("GET", `/v1/as-of?at=${at}&ids=offer/${id}`, seller("seller-2"))).status).toBe(403);
    expect((await ask("GET", `/v1/history/product/${product}`, seller("seller-1"))).status).toBe(403);
  });

  test("is told the same of what is another's and of what does not exist", async () => {
    const product = await made("/v1/products", lamp());
    const id = await made("/v1/offers", offerOf(product, "another"));
    const answers = [id, "nothing"].map((one) => ask("GET", `/v1/history/offer/${one}`, seller("seller-2")));
    const [there, nowhere] = await Promise.all(answers);
    const told = ({ status, body }: Answer) => ({ status, type: body["type"], detail: body["detail"] });
    expect(told(there as Answer)).toEqual(told(nowhere as Answer));
  });
});

describe("the proof of a history", () => {
  const sha = (...parts: (Buffer | string)[]) =>
    parts.reduce((sum, part) => sum.update(part), createHash("sha256")).digest();

  /** Climbs from the leaf to the root with nothing but SHA-256, as RFC 9162 says. */
  function rootOf(leaf: string, { index, count, path }: { index: number; count: number; path: string[] }): string {
    let node = sha(Buffer.of(0), leaf);
    let [fn, sn] = [index, count - 1];
    for (const text of path) {
      const beside = Buffer.from(text, "hex");
      const right = fn % 2 === 1 || fn === sn;
      node = right ? sha(Buffer.of(1), beside, node) : sha(Buffer.of(1), node, beside);
      if (right) while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn >> 1, sn >> 1];
      [fn, sn] = [fn >> 1, sn >> 1];
    }
    return node.toString("hex");
  }

  test("can be checked by an outsider, against the signed checkpoint; a changed row is found", async () => {
    const id = await made("/v1/products", lamp());
    expect(await declared("history.verify", `/v1/history/product/${id}/verify`)).toMatchObject({ ok: true, rows: 1 });
    const { connection } = mall.node.store;
    const sources = kept.map(({ aggregate }) => rawRows(connection, aggregate.name));
    const work = { sources, store: mongoCheckpoints(connection), signer: await loadSigner(mall.dataDir) };
    await writeCheckpoint({ ...work, now: () => new Date().toISOString() });
    await ask("PATCH", `/v1/products/${id}`, { body: { brand: "Later" } });
    const proof = await declared("history.verify", `/v1/history/product/${id}/verify`);
    expect(proof).toMatchObject({ ok: true, rows: 2, head: { version: 2 }, inclusion: { leaf: { id, version: 1 } } });
    const { leaf, checkpoint, publicKey, ...path } = proof["inclusion"] as {
      leaf: { aggregate: string; id: string; version: number; hash: string };
      checkpoint: Record<string, string>;
      publicKey: string;
      index: number;
      count: number;
      path: string[];
    };
    expect(rootOf(JSON.stringify([leaf.aggregate, leaf.id, leaf.version, leaf.hash]), path)).toBe(checkpoint["root"]);
    const { hash = "", signature = "", ...body } = checkpoint;
    const text = JSON.stringify(body, Object.keys(body).sort());
    expect(sha(text).toString("hex")).toBe(hash);
    expect(verify(null, Buffer.from(hash, "hex"), publicKey, Buffer.from(signature, "base64url"))).toBe(true);

    await connection.collection("product.history").updateOne({ aggregateId: id, version: 1 }, { $set: { by: "x" } });
    const forged = await declared("history.verify", `/v1/history/product/${id}/verify`);
    expect(forged).toMatchObject({ ok: false, findings: [{ kind: "row-changed" }] });
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

describe("a change of whatever thing", () => {
  /** What is kept beside the histories: bookkeeping of the kernel, none of it a thing of the mall. */
  const BOOKKEEPING = /^(claims|timers|positions|parked|outbox|denials|facts|subject|checkpoint)/;

  test("is written by the insert of a version with its snapshot, and only `published` is changed later", async () => {
    const { writes } = mall;
    writes.length = 0;
    const product = await made("/v1/products", lamp());
    const offer = await made("/v1/offers", offerOf(product, "watched"));
    await ask("PUT", `/v1/offers/${offer}/price`, { body: price(800) });
    await ask("POST", `/v1/offers/${offer}/stock/main/receive`, { body: { quantity: 4 } });
    await ask("POST", `/v1/products/${product}/withdraw`, { body: {} });
    await ask("POST", `/v1/history/product/${product}/restore`, { body: { version: 1 } });
    const histories = kept.map(({ aggregate }) => `${aggregate.name}.history`);
    const ofThings = writes.filter(({ collection }) => histories.includes(collection));
    for (const { collection } of writes.filter((one) => !ofThings.includes(one))) {
      expect(collection).toMatch(BOOKKEEPING);
    }
    for (const { name, updates = [] } of ofThings) {
      expect(["insert", "update"]).toContain(name);
      for (const { u } of updates) expect(u).toEqual({ $set: { published: true } });
    }
    const inserted = ofThings.flatMap(({ documents = [] }) => documents);
    expect(inserted.length).toBeGreaterThanOrEqual(5);
    for (const row of inserted) {
      expect(row["events"]).not.toEqual([]);
      expect(row["state"]).toMatchObject({ status: expect.any(String) as string });
    }
    // whoever marks them (it need not be this driver) changes that and nothing else
    const rows = mall.node.store.connection.collection("product.history");
    const of = async () => (await rows.find({ aggregateId: product }).toArray()) as unknown as Body[];
    await eventually("the rows are marked as published", async () => (await of()).every((row) => row["published"]));
    const bare = (row: Body) => ({ ...row, published: null });
    expect((await of()).map(bare)).toEqual(inserted.filter((row) => row["aggregateId"] === product).map(bare));
  });

  test("has a snapshot that is what its events lead to: 100 %, also as the metric", async () => {
    const looked = kept.map(({ aggregate, model }) =>
      refold({ aggregate, model, histories: mall.node.store.of(aggregate.name), rows: 100_000, after: "" }),
    );
    const { changes, snapshots } = together(await Promise.all(looked));
    expect(changes).toBeGreaterThan(20);
    expect(snapshots / changes).toBe(1);
    const metrics = await (await fetch(`${mall.url}/metrics`)).text();
    expect(metrics).toMatch(/^stoa_history_snapshot_ratio 1$/m);
    expect(Number(/^stoa_history_changes_refolded (\d+)$/m.exec(metrics)?.[1])).toBeGreaterThan(0);
  });
});
