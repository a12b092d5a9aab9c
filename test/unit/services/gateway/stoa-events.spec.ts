/** The script for browsers, run as one would: what it sends, what it keeps, and that it is small. */
import { readFileSync } from "node:fs";
import path from "node:path";
import vm from "node:vm";
import { projectRoot } from "../../../../embedded/root";
import { eventSchema, type VisitorEvent } from "../../../../models/visitor/visitor.events.contract";
import { eventually } from "../../../support/eventually";

const FILE = path.join(projectRoot(), "services/gateway/pages/events/stoa-events.js");
const SCRIPT = readFileSync(FILE, "utf8");

interface Sent {
  readonly url: string;
  readonly body: { visitorId: string; consent?: boolean; events?: VisitorEvent[] };
  readonly authorization?: string;
  readonly beacon?: boolean;
}

interface Stoa {
  track(action: string, what?: object): void;
  flush(): Promise<void>;
  visitor(): string | null;
  consent(given: boolean): Promise<void>;
  login(token?: string): void;
}

/** A page with the script in it. Its timers never fire: the tests flush. */
function page(status: () => number = () => 200, more: object = {}) {
  const sent: Sent[] = [];
  const kept = new Map<string, string>();
  const heard = new Map<string, (event: object) => unknown>();
  const document = { currentScript: { src: "https://mall.example/stoa-events.js" }, hidden: false };
  const blobs: Promise<void>[] = [];
  const window: { stoa?: Stoa } = {};
  const world = {
    ...{ window, document, URL, Blob, JSON, clearTimeout: () => undefined, setTimeout: () => 1 },
    crypto: { randomUUID: () => globalThis.crypto.randomUUID() },
    localStorage: {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
      removeItem: (key: string) => kept.delete(key),
    },
    addEventListener: (name: string, listener: (event: object) => unknown) => heard.set(name, listener),
    fetch: (url: string, { body, headers }: { body: string; headers: Record<string, string> }) => {
      sent.push({ url, body: JSON.parse(body) as Sent["body"], authorization: headers["authorization"] } as Sent);
      return Promise.resolve({ status: status() });
    },
    navigator: {
      sendBeacon: (url: string, blob: Blob) => {
        const read = blob.text().then((text) => void sent.push({ url, body: JSON.parse(text) as never, beacon: true }));
        return blobs.push(read) > 0;
      },
      ...more,
    },
  };
  vm.runInNewContext(SCRIPT, world);
  return { stoa: window.stoa as Stoa, sent, kept, heard, document };
}

it("is smaller than 3 kB", () => expect(Buffer.byteLength(SCRIPT)).toBeLessThan(3_000));

it("sends what the contract takes, in batches of a hundred at most", async () => {
  const { stoa, sent } = page();
  stoa.track("search", { query: "lamp", queryId: "q-1", results: 7 });
  const paid = { amountMinor: 1_000, currency: "EUR" };
  stoa.track("purchase", { productId: "p-1", position: 0, revenue: paid });
  for (let n = 0; n < 120; n++) stoa.track("view", { productId: `p-${n}`, position: "3" });
  await stoa.flush();
  await stoa.flush();
  expect(sent.map(({ body }) => body.events?.length)).toEqual([100, 22]);
  for (const one of sent[0]?.body.events ?? [])
    expect(eventSchema.validate(one, { convert: false }).error).toBeUndefined();
  expect(sent[0]?.body.events?.[0]).toMatchObject({ action_name: "search", user_query: "lamp", query_id: "q-1" });
});

it("keeps nothing and says so until there is consent, and keeps one id from then on", async () => {
  const { stoa, sent, kept } = page();
  stoa.track("view");
  await stoa.flush();
  expect(sent[0]?.body).toMatchObject({ consent: false });
  expect([kept.size, stoa.visitor()]).toEqual([0, null]);
  await stoa.consent(true);
  stoa.track("view");
  await stoa.flush();
  expect(sent[1]?.body).toMatchObject({ consent: true, visitorId: kept.get("stoa-visitor") });
  expect(stoa.visitor()).toBe(kept.get("stoa-visitor"));
});

it("has everything deleted when consent is taken back, and is another visitor then", async () => {
  const { stoa, sent, kept } = page();
  await stoa.consent(true);
  const before = stoa.visitor();
  await stoa.consent(false);
  expect(sent.at(-1)).toMatchObject({ url: "https://mall.example/v1/visitors/forget", body: { visitorId: before } });
  expect([kept.get("stoa-visitor"), stoa.visitor()]).toEqual([undefined, null]);
});

it("takes a browser's signal of privacy for a no", async () => {
  const { stoa, sent } = page(() => 200, { globalPrivacyControl: true });
  await stoa.consent(true);
  stoa.track("view");
  await stoa.flush();
  expect(sent.at(-1)?.body).toMatchObject({ consent: false });
});

it("sends the same events again where the mall could not take them, and gives up on what it refuses", async () => {
  let status = 503;
  const { stoa, sent } = page(() => status);
  stoa.track("view", { productId: "p-1" });
  await stoa.flush();
  status = 400;
  await stoa.flush();
  await stoa.flush();
  expect(sent).toHaveLength(2);
  expect(sent[1]?.body.events).toEqual(sent[0]?.body.events);
});

it("tells of clicks by itself, and sends a beacon when the page is left", async () => {
  const { heard, document, sent } = page();
  const attributes: Record<string, string> = { product: "p-9", position: "4", query: "q-7" };
  const name = (text: string): string => text.replace(/^\[?data-stoa-|\]$/g, "");
  const closest = (selector: string) => ({ getAttribute: () => attributes[name(selector)] });
  heard.get("click")?.({ target: { closest } });
  document.hidden = true;
  heard.get("visibilitychange")?.({});
  await eventually("the beacon is there", () => sent.length === 1);
  expect(sent[0]).toMatchObject({ beacon: true, body: { events: [{ action_name: "click", query_id: "q-7" }] } });
});

it("brings the token of who is logged in, and is another visitor after the log-out", async () => {
  const { stoa, sent } = page();
  await stoa.consent(true);
  const before = stoa.visitor();
  stoa.login("a token");
  stoa.track("view");
  await stoa.flush();
  expect(sent.at(-1)).toMatchObject({ authorization: "Bearer a token", body: { visitorId: before } });
  stoa.login();
  expect(stoa.visitor()).not.toBe(before);
});
