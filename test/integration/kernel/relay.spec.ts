import { write } from "../../support/commits";
import { delivery, type Delivery } from "../../support/delivery";
import { eventually } from "../../support/eventually";
import { startTestNats, type TestNats } from "../../support/nats";

let nats: TestNats;
let mall: Delivery;

beforeEach(async () => {
  nats = await startTestNats();
  mall = await delivery(nats.url);
});

afterEach(async () => {
  await mall.close();
  await nats.stop();
});

const unpublished = async (): Promise<number> => (await mall.things.unpublished(null, 100_000)).length;
const allMarked = async (): Promise<boolean> => (await unpublished()) === 0;

async function messages(): Promise<number> {
  const { state } = await mall.stream.jsm.streams.info(mall.stream.name);
  return state.messages;
}

test("everything offered is in the stream once, and marked", async () => {
  // the sweeper has no part in it, however busy the machine is
  const relay = mall.relay({ graceMs: 60_000 });
  await relay.start();
  for (let i = 0; i < 300; i++) relay.offer(await write(mall.things, { id: `t-${i}`, versions: 2 }));
  await eventually("all rows are marked", allMarked);
  expect(await messages()).toBe(600);
  expect(relay.status()).toMatchObject({ published: 600, queued: 0, parked: 0, dropped: 0, swept: 0 });
});

test("a commit offered twice, or published again because its mark was lost, is in the stream once", async () => {
  const relay = mall.relay();
  await relay.start();
  const commits = await write(mall.things, { id: "t-1", versions: 3, ageMs: 60_000 });
  relay.offer([...commits, ...commits]);
  await eventually("all rows are marked", allMarked);
  for (const { _id } of commits) {
    const row = mall.things.rows.get(_id);
    if (row) mall.things.rows.set(_id, { ...row, published: false });
  }
  await eventually("the sweeper publishes them again", () => relay.status().swept >= 3 && allMarked());
  expect(await messages()).toBe(3);
});

test("the message carries commit, headers and id", async () => {
  const relay = mall.relay();
  await relay.start();
  const [commit] = await write(mall.things, { id: "t-1" });
  if (!commit) throw new Error("nothing was written");
  relay.offer([commit]);
  await eventually("the row is marked", allMarked);
  const message = await mall.stream.jsm.streams.getMessage(mall.stream.name, { seq: 1 });
  expect(message.json()).toEqual(commit);
  expect(message.subject).toMatch(new RegExp(`^${mall.stream.namespace}\\.commits\\.thing\\.\\d{1,2}$`));
  expect(message.header.get("Nats-Msg-Id")).toBe(`${mall.stream.namespace}/thing/t-1@1`);
  expect(message.header.get("Stoa-Id")).toBe("t-1");
});

test("what a crash left behind is swept, but not what is too young", async () => {
  await write(mall.things, { id: "old", versions: 1_200, ageMs: 60_000 });
  await write(mall.things, { id: "young", ageMs: -60_000 });
  const relay = mall.relay({ pageSize: 100 });
  await relay.start();
  await eventually("the old rows are marked", async () => (await unpublished()) === 1);
  expect(await messages()).toBe(1_200);
});

test("a full queue drops, and the sweeper publishes what was dropped", async () => {
  const relay = mall.relay({ queueMax: 10, inFlightMax: 1 });
  await relay.start();
  relay.offer(await write(mall.things, { id: "many", versions: 200 }));
  expect(relay.status().dropped).toBeGreaterThan(100);
  await eventually("all rows are marked", allMarked);
  expect(await messages()).toBe(200);
});

test("NATS is down: offering goes on, memory is bounded, and everything is published afterwards", async () => {
  const relay = mall.relay({ queueMax: 50 });
  await relay.start();
  await nats.kill();
  await eventually("the loss is noticed", () => !mall.stream.connected());
  for (let i = 0; i < 100; i++) relay.offer(await write(mall.things, { id: `t-${i}`, versions: 10 }));
  expect(relay.status().queued).toBeLessThanOrEqual(50);
  expect(relay.status().inFlight).toBeLessThanOrEqual(256);
  expect(await unpublished()).toBe(1_000);
  await nats.restart();
  await eventually("all rows are marked", allMarked, { timeoutMs: 20_000 });
  expect(await messages()).toBe(1_000);
});

test("a server killed while publishing loses nothing", async () => {
  const relay = mall.relay({ inFlightMax: 8 });
  await relay.start();
  for (let round = 0; round < 3; round++) {
    for (let i = 0; i < 50; i++) relay.offer(await write(mall.things, { id: `t-${round}-${i}`, versions: 10 }));
    await eventually("publishing is under way", () => relay.status().published > round * 500);
    await nats.kill();
    await nats.restart();
  }
  await eventually("all rows are marked", allMarked, { timeoutMs: 30_000 });
  await eventually("the server is found again", () => mall.stream.connected());
  expect(await messages()).toBe(1_500);
});

test("what is too large is parked with its reason, holds up nothing, and can be replayed", async () => {
  const relay = mall.relay();
  await relay.start();
  const state = (): unknown => ({ text: "x".repeat(1_100_000) });
  const large = await write(mall.things, { id: "large", state, ageMs: 60_000 });
  relay.offer(large);
  relay.offer(await write(mall.things, { id: "small", versions: 5 }));
  await eventually("all rows left the outbox", allMarked);
  expect(await messages()).toBe(5);
  expect(relay.status()).toMatchObject({ published: 5, parked: 1 });
  const [entry] = await mall.parked.of("relay", "", 10);
  expect(entry).toMatchObject({ aggregate: "thing", aggregateId: "large", version: 1 });
  expect(entry?.reason).toMatch(/payload/i);
  // the cause is still there: it stays parked
  expect(await relay.replayParked()).toBe(0);
  const row = mall.things.rows.get("large@000000001");
  if (row) mall.things.rows.set(row._id, { ...row, state: { text: "short" } });
  expect(await relay.replayParked()).toBe(1);
  expect(await messages()).toBe(6);
  expect(relay.status().parked).toBe(0);
});

test("the stream is bounded in bytes and in time, takes nothing it has no room for, and knows doubles", async () => {
  await mall.relay().start();
  const { config } = await mall.stream.jsm.streams.info(mall.stream.name);
  expect(config).toMatchObject({ discard: "new", retention: "limits", storage: "file" });
  for (const bound of [config.max_bytes, config.max_age, config.duplicate_window]) expect(bound).toBeGreaterThan(0);
  expect(config.subjects).toEqual([expect.stringMatching(/\.commits\.>$/)]);
});

test("a full stream makes room of what every consumer has read", async () => {
  const relay = mall.relay();
  await relay.start();
  const { config } = await mall.stream.jsm.streams.info(mall.stream.name);
  // what ensure() compares is put back by it, so the bound here is the number of messages
  await mall.stream.jsm.streams.update(mall.stream.name, { ...config, max_msgs: 100 });
  relay.offer(await write(mall.things, { id: "many", versions: 350 }));
  await eventually("all rows are marked", allMarked, { timeoutMs: 20_000 });
  expect(relay.status()).toMatchObject({ published: 350, parked: 0 });
});

test("stopping publishes what is queued, and ends in time when NATS is gone", async () => {
  const relay = mall.relay();
  await relay.start();
  relay.offer(await write(mall.things, { id: "many", versions: 500 }));
  await relay.stop();
  expect(await unpublished()).toBe(0);
  const other = mall.relay();
  await other.start();
  await nats.kill();
  other.offer(await write(mall.things, { id: "late", versions: 500 }));
  const before = Date.now();
  await other.stop();
  expect(Date.now() - before).toBeLessThan(5_000);
  expect(await unpublished()).toBe(500);
});
