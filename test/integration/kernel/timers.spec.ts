import mongoose from "mongoose";
import { createHistories } from "../../../models/kernel/mongo-histories";
import type { Histories } from "../../../models/kernel/histories";
import { createClock } from "../../../models/kernel/clock";
import { CONSUMER_PARKED, createParkedStore } from "../../../services/kernel/parked";
import { createPositionStore } from "../../../services/kernel/positions";
import { createTimers, timersReader } from "../../../services/kernel/timers";
import { createTimerStore } from "../../../services/kernel/timer-store";
import { write } from "../../support/commits";
import { counter } from "../../support/counter";
import { delivery, quiet } from "../../support/delivery";
import { eventually } from "../../support/eventually";
import { startTestMongo, type TestMongo } from "../../support/mongo";
import { startTestNats, type TestNats } from "../../support/nats";

let nats: TestNats;
let mongo: TestMongo;

beforeAll(async () => {
  [nats, mongo] = await Promise.all([startTestNats(), startTestMongo()]);
});
afterAll(async () => {
  await nats.stop();
  await mongo.stop();
});

const aggregate = { ...counter, due: (state: unknown) => (state as { due: [] }).due };
const dueIn = (ms: number): object => ({
  due: [{ at: new Date(Date.now() + ms).toISOString(), command: "counter.add", params: { by: 1 } }],
});

/** One process: its connections, the reader of timers and the loop that sends them. */
async function startNode(dbName: string, sent: string[]) {
  const connection = await mongoose.createConnection(mongo.url, { dbName, autoIndex: false }).asPromise();
  const histories: Histories = await createHistories(connection, { aggregate: "counter" }, 1);
  const store = await createTimerStore(connection);
  const parked = await createParkedStore(connection, CONSUMER_PARKED);
  const positions = createPositionStore(connection);
  const space = await delivery(nats.url);
  const relay = space.relay({}, [histories]);
  const reader = timersReader([aggregate], store);
  const kept = [{ aggregate: counter, model: { aggregate: "counter" } }];
  const consumer = space.consumer(reader, { kept, histories: [histories], parked, positions });
  const timers = createTimers({
    store,
    clock: createClock(),
    log: quiet,
    send: (_command, _params, { commandId }) => Promise.resolve(sent.push(commandId)),
  });
  await relay.start();
  await consumer.start();
  return {
    histories,
    relay,
    timers,
    store,
    async close() {
      await timers.stop();
      await space.close();
      await connection.close();
    },
  };
}

test("timers fire once after a restart, also those that fell due meanwhile", async () => {
  const dbName = `timers_${process.pid}`;
  const sent: string[] = [];
  const first = await startNode(dbName, sent);
  for (let i = 0; i < 10; i++) {
    first.relay.offer(await write(first.histories, { id: `c-${i}`, state: () => dueIn(i < 5 ? 0 : 200) }));
  }
  await eventually("all are projected", async () => (await first.store.due("9999", 100)).length === 10);
  // the next nodes have a stream of their own, and so find everything in the histories; this one ends before it
  // has sent anything, and the last timers fall due while nobody runs
  await first.close();
  const second = await startNode(dbName, sent);
  second.timers.start();
  await eventually("all fire", () => sent.length === 10);
  await eventually("all are recorded", async () => (await second.store.next()) === null);
  await second.close();
  const third = await startNode(dbName, sent);
  third.timers.start();
  third.relay.offer(await write(third.histories, { id: "late", state: () => dueIn(0) }));
  await eventually("the late one fires", () => sent.length > 10);
  await third.close();
  expect(new Set(sent).size).toBe(11);
  expect(sent).toHaveLength(11);
});
