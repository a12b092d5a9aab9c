import { encode } from "../../../services/kernel/wire";
import { parkedOf, replayParked } from "../../../services/kernel/replay-parked";
import { write } from "../../support/commits";
import { delivery, testReader, type Delivery, type TestReader } from "../../support/delivery";
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

const has = (reader: TestReader, count: number) => (): boolean => reader.seen.size >= count;
const down = (): Error => Object.assign(new Error("the search engine is down"), { code: 503 });

async function running(reader: TestReader): Promise<void> {
  const relay = mall.relay();
  const consumer = mall.consumer(reader);
  await relay.start();
  await consumer.start();
  await eventually("the consumer reads", () => consumer.status().attached && consumer.status().reconciling === null);
}

test("reads what was before it began and what comes after", async () => {
  const reader = testReader("r1");
  await write(mall.things, { id: "before", versions: 3 });
  const relay = mall.relay();
  const consumer = mall.consumer(reader);
  await relay.start();
  await consumer.start();
  await eventually("the newest version is read from the history", () => reader.seen.has("thing/before@3"));
  expect(reader.seen.has("thing/before@1")).toBe(false);
  for (let i = 0; i < 100; i++) relay.offer(await write(mall.things, { id: `t-${i}`, versions: 3 }));
  relay.offer(await write(mall.others, { id: "unwanted" }));
  const newest = Array.from({ length: 100 }, (_, i) => `thing/t-${i}@3`);
  await eventually("the newest version of each is read", () => newest.every((ref) => reader.seen.has(ref)));
  expect([...reader.seen.keys()].some((ref) => ref.startsWith("other/"))).toBe(false);
  await eventually("all is acknowledged", () => consumer.status().ackPending === 0);
  expect(consumer.status()).toMatchObject({ parked: 0, targetDown: null });
  expect(consumer.status().lastReadAt).not.toBeNull();
});

test("a reader of several aggregates gets those, and every version when it asks for it", async () => {
  await write(mall.things, { id: "before", versions: 3 });
  const reader = testReader("r2", ["thing", "other"], false);
  await running(reader);
  await write(mall.others, { id: "swept", versions: 2, ageMs: 60_000 });
  await eventually("both are read", has(reader, 5));
  expect(new Set(reader.seen.keys())).toEqual(
    new Set(["thing/before@1", "thing/before@2", "thing/before@3", "other/swept@1", "other/swept@2"]),
  );
});

test("doubles and disorder in the stream reach the reader, and nothing is missing", async () => {
  const reader = testReader("r3", ["thing"], false);
  await running(reader);
  const commits = await write(mall.things, { id: "t-1", versions: 20 });
  for (const commit of [...commits, ...commits].reverse()) {
    const message = encode(mall.stream.namespace, commit);
    // another id each: as if the duplicate window were over
    await mall.stream.publish({ ...message, msgId: `${message.msgId}#${Math.random()}` }, 1_000);
  }
  await eventually("each is read twice", () => [...reader.seen.values()].filter((times) => times >= 2).length === 20);
});

test("poison is parked alone with its reason, others are read, and it can be replayed", async () => {
  const reader = testReader("r4");
  reader.poison = ({ aggregateId }) => aggregateId === "t-13" || aggregateId === "t-77";
  const relay = mall.relay();
  const consumer = mall.consumer(reader);
  await relay.start();
  await consumer.start();
  await eventually("the consumer reads", () => consumer.status().attached);
  for (let i = 0; i < 100; i++) relay.offer(await write(mall.things, { id: `t-${i}` }));
  await eventually("all others are read", has(reader, 98));
  await eventually("both are parked", () => consumer.status().parked === 2);
  const entries = await parkedOf(mall.parked, "r4");
  expect(entries.map(({ aggregateId }) => aggregateId)).toEqual(["t-13", "t-77"]);
  expect(entries[0]).toMatchObject({ aggregate: "thing", version: 1, reason: "this commit is poison", attempts: 5 });
  await eventually("poison is acknowledged", () => consumer.status().ackPending === 0);

  reader.poison = ({ aggregateId }) => aggregateId === "t-77";
  const histories = [mall.things, mall.others];
  expect(await replayParked(reader, histories, mall.parked)).toEqual({ replayed: 1, failed: 1 });
  reader.poison = () => false;
  expect(await replayParked(reader, histories, mall.parked)).toEqual({ replayed: 1, failed: 0 });
  expect(reader.seen.size).toBe(100);
  expect(await parkedOf(mall.parked, "r4")).toEqual([]);
});

test("what is no commit is parked too", async () => {
  const reader = testReader("r5");
  await running(reader);
  await mall.stream.js.publish(`${mall.stream.namespace}.commits.thing.1`, new TextEncoder().encode("{nonsense"));
  await eventually("it is parked", async () => (await parkedOf(mall.parked, "r5")).length === 1);
  const [entry] = await parkedOf(mall.parked, "r5");
  expect(entry?.reason).toMatch(/JSON/);
});

test("a target that is down parks nothing, and is caught up with", async () => {
  const reader = testReader("r6");
  const relay = mall.relay();
  const consumer = mall.consumer(reader, { limits: { ackWaitMs: 1_000, ackPendingMax: 100 } });
  await relay.start();
  await consumer.start();
  await eventually("the consumer reads", () => consumer.status().attached);
  reader.down = down();
  for (let i = 0; i < 300; i++) relay.offer(await write(mall.things, { id: `t-${i}` }));
  await eventually("it is known", () => consumer.status().targetDown === "the search engine is down");
  await eventually("everything is published", async () => (await mall.things.unpublished(null, 1_000)).length === 0);
  await eventually("the bound is reached", () => consumer.status().ackPending === 100);
  expect(reader.seen.size).toBe(0);
  reader.down = null;
  await eventually("all is read", has(reader, 300));
  expect(consumer.status().parked).toBe(0);
  await eventually("it is known to be up", () => consumer.status().targetDown === null);
  // telling the server that it is being worked on kept it from being delivered twice
  expect([...reader.seen.values()].filter((times) => times > 1).length).toBe(0);
});

test("a killed server is found again and nothing is missing", async () => {
  const reader = testReader("r7", ["thing"], false);
  const relay = mall.relay();
  const consumer = mall.consumer(reader);
  await relay.start();
  await consumer.start();
  for (let round = 0; round < 3; round++) {
    for (let i = 0; i < 30; i++) relay.offer(await write(mall.things, { id: `t-${round}-${i}`, versions: 5 }));
    await nats.kill();
    await nats.restart();
  }
  await eventually("all is read", has(reader, 450), { timeoutMs: 30_000 });
});

test("a consumer that was away goes on where it was", async () => {
  const reader = testReader("r8", ["thing"], false);
  const relay = mall.relay();
  const first = mall.consumer(reader);
  await relay.start();
  await first.start();
  await eventually("the consumer reads", () => first.status().attached && first.status().reconciling === null);
  relay.offer(await write(mall.things, { id: "t-1", versions: 50 }));
  await eventually("all is read", has(reader, 50));
  await first.stop();
  relay.offer(await write(mall.things, { id: "t-2", versions: 50 }));
  const second = mall.consumer(reader);
  await second.start();
  await eventually("the rest is read", has(reader, 100));
  // once by the stream: had the histories been read again, it would have come by them too
  expect(reader.seen.get("thing/t-2@1")).toBe(1);
});

test("the stream is deleted: it is made anew, and what it held is found in the histories", async () => {
  const reader = testReader("r9");
  await running(reader);
  reader.down = down();
  // published and marked, but read by nobody
  const relay = mall.relay();
  await relay.start();
  relay.offer(await write(mall.things, { id: "lost", versions: 3 }));
  await eventually("it is marked", async () => (await mall.things.unpublished(null, 10)).length === 0);
  await mall.stream.jsm.streams.delete(mall.stream.name);
  reader.down = null;
  await eventually("the newest is found", () => reader.seen.has("thing/lost@3"), { timeoutMs: 20_000 });
  relay.offer(await write(mall.things, { id: "later" }));
  await eventually("the new stream works", () => reader.seen.has("thing/later@1"), { timeoutMs: 20_000 });
});

test("NATS comes back with an empty folder: the histories are read again", async () => {
  const reader = testReader("r10");
  await running(reader);
  const relay = mall.relay();
  await relay.start();
  relay.offer(await write(mall.things, { id: "known" }));
  await eventually("it is read", has(reader, 1));
  reader.down = down();
  relay.offer(await write(mall.things, { id: "lost" }));
  await eventually("it is marked", async () => (await mall.things.unpublished(null, 10)).length === 0);
  await nats.restart(true);
  reader.down = null;
  await eventually("it is found", () => reader.seen.has("thing/lost@1"), { timeoutMs: 20_000 });
  await eventually("it was read from the histories", () => (reader.seen.get("thing/known@1") ?? 0) >= 2);
});

test("messages that went before they were read are found in the histories", async () => {
  const reader = testReader("r11");
  const relay = mall.relay();
  const first = mall.consumer(reader);
  await relay.start();
  await first.start();
  relay.offer(await write(mall.things, { id: "t-1" }));
  await eventually("it is read", has(reader, 1));
  await eventually("its position is kept", async () => ((await mall.positions.get("r11"))?.readTo ?? 0) >= 1);
  await first.stop();
  relay.offer(await write(mall.things, { id: "purged" }));
  await eventually("it is marked", async () => (await mall.things.unpublished(null, 10)).length === 0);
  await mall.stream.jsm.streams.purge(mall.stream.name);
  relay.offer(await write(mall.things, { id: "t-3" }));
  await mall.consumer(reader).start();
  await eventually("it is found", () => reader.seen.has("thing/purged@1") && reader.seen.has("thing/t-3@1"));
});

test("a reader that begins now does not read what was before, and is told on demand", async () => {
  await write(mall.things, { id: "before" });
  const reader = testReader("r12");
  const relay = mall.relay();
  const consumer = mall.consumer(reader, { from: "now" });
  await consumer.start();
  await eventually("the consumer reads", () => consumer.status().attached);
  await relay.start();
  relay.offer(await write(mall.things, { id: "now" }));
  await eventually("it is read", () => reader.seen.has("thing/now@1"));
  expect(reader.seen.has("thing/before@1")).toBe(false);
  expect(await consumer.reconcile()).toEqual({ rows: 2, commits: 2 });
  expect(reader.seen.has("thing/before@1")).toBe(true);
});

test("a commit of a newer build waits for a node that can read it", async () => {
  const reader = testReader("r13");
  await running(reader);
  const [commit] = await write(mall.things, { id: "new" });
  if (!commit) throw new Error("nothing was written");
  await mall.stream.publish(encode(mall.stream.namespace, { ...commit, schema: 2 }), 1_000);
  mall.relay().offer(await write(mall.things, { id: "t-1" }));
  await eventually("others are read", () => reader.seen.has("thing/t-1@1"));
  expect(await parkedOf(mall.parked, "r13")).toEqual([]);
  // that a thing was read is seen before it is acknowledged; the one that is left is older than what was delivered last
  await eventually("the one that cannot be read is left, and nothing else", async () => {
    const info = await mall.stream.jsm.consumers.info(mall.stream.name, "r13");
    const older = info.delivered.stream_seq - info.ack_floor.stream_seq >= 2;
    return older && info.num_ack_pending + info.num_pending === 1;
  });
});
