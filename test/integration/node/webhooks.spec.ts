/** Telling endpoints outside, on a real node: what is told, to whom, signed, again, and after a restart. */
import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { compileFunction } from "node:vm";
import pino from "pino";
import { openNode, type RunningNode } from "../../../bin/node/node";
import { contracts } from "../../../models/contracts";
import { issueToken } from "../../../services/gateway/tokens";
import { startBacking, type Backing } from "../../support/backing";
import { START_WITHIN_MS } from "../../support/elasticsearch";
import { eventually } from "../../support/eventually";
import { openReceiver, says, type Receiver, type Told } from "../../support/receiver";

type Body = Readonly<Record<string, unknown>>;

let backing: Backing;
let node: RunningNode;
let receiver: Receiver;
let open: () => Promise<RunningNode>;

beforeAll(async () => {
  backing = await startBacking();
  receiver = await openReceiver();
  const config = backing.config({
    STOA_NAMESPACE: `t${randomUUID().slice(0, 8)}`,
    STOA_WEBHOOK_NETWORKS: "127.0.0.0/8",
  });
  open = () => openNode(config, pino({ level: "silent" }));
  node = await open();
}, START_WITHIN_MS);
afterAll(async () => {
  await node.stop();
  await Promise.all([backing.stop(), receiver.stop()]);
}, START_WITHIN_MS);

const SECRET = "a secret for tests that is long enough";
const mall = { permissions: ["*"] };
const ownerOf = (sellerId: string) => ({ permissions: [], grants: [{ role: "seller-owner", party: sellerId }] });

interface As {
  readonly permissions: readonly string[];
  /** Of what was written before. */
  readonly after?: string | null;
}

async function ask(method: string, path: string, body?: object, { after, ...as }: As = mall) {
  const token = issueToken(SECRET, { id: "tester", ...as });
  const response = await fetch((node.url ?? "") + path, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body && { "content-type": "application/json" }),
      ...(after && { "stoa-token": after }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const written = response.headers.get("stoa-token");
  return { status: response.status, body: (await response.json()) as Body, written };
}

async function done(method: string, path: string, body?: object, as?: As): Promise<Body & { id: string }> {
  const answer = await ask(method, path, body, as);
  expect([path, answer.body["detail"]]).toEqual([path, undefined]);
  return answer.body as Body & { id: string };
}

const declared = (action: string, body: Body): Body => {
  const result = contracts.map(({ actions }) => actions[action]?.result).find((found) => found !== undefined);
  expect(result?.validate(body, { convert: false, abortEarly: false })).toEqual({ value: body });
  return body;
};

const price = (amountMinor: number) => ({ amountMinor, currency: "EUR" });

/** An offer of a seller, for an article of its own. */
async function offered(sellerId: string, sku: string): Promise<string> {
  const product = { title: { en: `Lamp ${sku}` }, categoryPath: ["Lamps"], channels: [], publish: true };
  const { id: productId } = await done("POST", "/v1/products", product);
  const terms = { productId, sellerId, sku, price: price(1_900), condition: "new" };
  return (await done("POST", "/v1/offers", terms)).id;
}

const reprice = (id: string, amountMinor: number) =>
  done("PUT", `/v1/offers/${id}/price`, { price: price(amountMinor) });
const told = (path: string, wanted: number) =>
  eventually(`${path} is told ${wanted}`, () => {
    const events = receiver.events(path);
    return events.length >= wanted && events;
  });

const add = (path: string, events: string[], more: object = {}, as?: As) =>
  done("POST", "/v1/webhooks", { url: receiver.url + path, events, ...more }, as);

/** The check that the documentation gives to those who are told. */
async function documented(): Promise<
  (secret: unknown, headers: Told["headers"], body: string, now?: number) => boolean
> {
  const page = await readFile(path.join(__dirname, "../../../docs/webhooks.md"), "utf8");
  const [, code = ""] = /```js\n([^]*?)```/.exec(page) ?? [];
  const made = code.replace(/^import .*$/m, "").replace("export function", "return function");
  const given = compileFunction(made, ["createHmac", "timingSafeEqual", "Buffer"]) as (...of: unknown[]) => never;
  return given(createHmac, timingSafeEqual, Buffer);
}

const isSignedBy = (secret: unknown, { headers, body }: Told): boolean => {
  const key = Buffer.from(String(secret).replace("whsec_", ""), "base64");
  const signed = `${String(headers["webhook-id"])}.${String(headers["webhook-timestamp"])}.${body}`;
  const wanted = `v1,${createHmac("sha256", key).update(signed).digest("base64")}`;
  return String(headers["webhook-signature"]).split(" ").includes(wanted);
};

test("who adds an endpoint finds it in the list at once, and sees a new secret there", async () => {
  const asked = { url: `${receiver.url}/seen`, events: ["offer.repriced"], sellerId: "seller-seen" };
  const list = async (after: string | null) =>
    (await ask("GET", "/v1/webhooks?sellerId=seller-seen", undefined, { ...mall, after })).body["items"] as Body[];
  // so that what is known is younger than a second
  expect(await list(null)).toEqual([]);
  const { body, written } = await ask("POST", "/v1/webhooks", asked, ownerOf("seller-seen"));
  expect((await list(written)).map(({ id }) => id)).toEqual([body["id"]]);
  const path = `/v1/webhooks/${String(body["id"])}/rotate`;
  const rotated = await ask("POST", path, { sellerId: "seller-seen" }, ownerOf("seller-seen"));
  expect((await list(rotated.written))[0]?.["secrets"]).toHaveLength(2);
});

test("an endpoint is told exactly the events that it chose, signed, and how it went can be looked at", async () => {
  const hook = declared("webhook.add", await add("/chosen", ["offer.repriced"]));
  const id = await offered("seller-a", "a-1");
  await reprice(id, 2_100);
  const [event] = await told("/chosen", 1);
  expect(event).toEqual({
    id: expect.any(String) as string,
    ...{ type: "offer.repriced", aggregate: "offer", aggregateId: id, version: 2 },
    timestamp: expect.stringMatching(/^20.*Z$/) as string,
    position: expect.any(String) as string,
    data: { price: price(2_100) },
  });
  const [got] = receiver.told.filter(({ path }) => path === "/chosen");
  expect(got && isSignedBy(hook["secret"], got)).toBe(true);
  expect(got?.headers["webhook-id"]).toBe(event?.id);
  const check = await documented();
  const { headers = {}, body: text = "" } = got ?? {};
  expect(check(hook["secret"], headers, text)).toBe(true);
  expect([check("whsec_AAAA", headers, text), check(hook["secret"], headers, `${text} `)]).toEqual([false, false]);
  expect(check(hook["secret"], headers, text, Date.now() + 301_000)).toBe(false);
  const at = `/v1/webhooks/${String(hook["id"])}`;
  const { items } = await eventually("it is recorded", async () => {
    const list = (await done("GET", `${at}/deliveries`)) as unknown as { items: Body[] };
    return list.items[0]?.["status"] === "delivered" && list;
  });
  expect(declared("webhook.deliveries", { sellerId: null, items, next: null })).toMatchObject({
    items: [{ eventId: event?.id, attempts: 1, last: { status: 200, answer: "thanks", reason: null } }],
  });
  const view = declared("webhook.get", await done("GET", at));
  expect(JSON.stringify(view)).not.toContain(String(hook["secret"]));
  expect(JSON.stringify(await done("GET", `/v1/history/webhook/${String(hook["id"])}`))).not.toContain("enc:");
});

test("a seller is told of its own things alone, and sees no endpoint but its own", async () => {
  const own = ownerOf("seller-b");
  const hook = await add("/seller-b", ["offer.*"], { sellerId: "seller-b" }, own);
  await add("/all", ["offer.*"]);
  const [theirs, foreign] = [await offered("seller-b", "b-1"), await offered("seller-c", "c-1")];
  await Promise.all([reprice(theirs, 3_000), reprice(foreign, 3_100)]);
  // who is told all is told of both, and by then the seller would have been told, too
  await told("/all", 4);
  const events = await told("/seller-b", 2);
  expect([...new Set(events.map(({ aggregateId }) => aggregateId))]).toEqual([theirs]);
  const type = (answer: { body: Body }) => String(answer.body["type"]).replace("urn:stoa:refusal:", "");
  const path = `/v1/webhooks/${hook.id}`;
  expect((await ask("GET", `${path}/deliveries`, undefined, own)).status).toBe(200);
  for (const [method, at, body] of [
    ["GET", path],
    ["GET", `${path}/deliveries`],
    ["PATCH", path, { description: "mine" }],
    ["POST", `${path}/rotate`, { sellerId: "seller-b" }],
    ["POST", `${path}/test`, {}],
  ] as const) {
    const answer = await ask(method, at, body, ownerOf("seller-c"));
    expect([at, [403, 404].includes(answer.status)]).toEqual([at, true]);
  }
  const foreignAsk = { sellerId: "seller-c" };
  expect(type(await ask("POST", `${path}/test`, foreignAsk, ownerOf("seller-c")))).toBe("NOT_FOUND");
  const tooMuch = { url: receiver.url, events: ["account.opened"], sellerId: "seller-b" };
  expect(type(await ask("POST", "/v1/webhooks", tooMuch, own))).toBe("WEBHOOK_EVENTS");
});

test("a secret that is replaced signs beside the new one until the overlap ends", async () => {
  const hook = await add("/rotated", ["offer.repriced"]);
  const path = `/v1/webhooks/${hook.id}`;
  const second = declared("webhook.rotate", await done("POST", `${path}/rotate`, { overlapHours: 1 }));
  await done("POST", `${path}/test`, {});
  await told("/rotated", 1);
  const third = await done("POST", `${path}/rotate`, { overlapHours: 0 });
  await done("POST", `${path}/test`, {});
  await told("/rotated", 2);
  const [before, after] = receiver.told.filter((one) => one.path === "/rotated") as [Told, Told];
  const signs = (one: Told) => [hook, second, third].map(({ secret }) => isSignedBy(secret, one));
  expect([signs(before), signs(after)]).toEqual([
    [true, true, false],
    [false, false, true],
  ]);
});

test("what was committed while nobody listened is told after a restart, and all of it again when asked", async () => {
  const hook = await add("/restarted", ["offer.*"]);
  receiver.answer("/restarted", says(503));
  const id = await offered("seller-d", "d-1");
  for (const amount of [11, 12, 13, 14]) await reprice(id, amount);
  // at once: what was heard by now, put down, or told in vain is chance
  await node.stop();
  receiver.answer("/restarted", says(200));
  node = await open();
  const versions = () => new Set(receiver.events("/restarted").map(({ version }) => version));
  await eventually("all versions are told", () => versions().size === 5, { timeoutMs: 30_000 });
  const path = `/v1/webhooks/${hook.id}`;
  const begun = receiver.events("/restarted").length;
  await done("POST", `${path}/replay`, { from: "2020-01-01T00:00:00.000Z" });
  await eventually("they are told again", () => receiver.events("/restarted").length >= begun + 5);
  const ids = new Set(
    receiver
      .events("/restarted")
      .filter((one) => one.aggregateId === id)
      .map((one) => one.id),
  );
  expect(ids.size).toBe(5);
  const { items } = (await done("GET", `${path}/deliveries?status=delivered`)) as unknown as { items: Body[] };
  const count = receiver.told.length;
  await done("POST", `${path}/deliveries/${String(items[0]?.["id"])}/redeliver`, {});
  await eventually("one is told once more", () => receiver.told.length > count);
});

test("an endpoint that says it is gone is disabled, and tried no more until somebody enables it", async () => {
  const hook = await add("/gone", ["offer.repriced"]);
  receiver.answer("/gone", says(410));
  const path = `/v1/webhooks/${hook.id}`;
  await done("POST", `${path}/test`, {});
  await eventually("it is disabled", async () => (await done("GET", path))["reason"] === "GONE");
  expect((await ask("POST", `${path}/test`, {})).status).toBe(409);
  await done("POST", `${path}/enable`, {});
  expect(await done("GET", path)).toMatchObject({ status: "enabled", reason: null });
});
