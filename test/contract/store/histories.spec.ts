import mongoose, { type Connection } from "mongoose";
import { createHistories } from "../../../models/kernel/mongo-histories";
import { CONSUMER_PARKED, createParkedStore } from "../../../services/kernel/parked";
import { createPositionStore } from "../../../services/kernel/positions";
import { createLookup } from "../../../services/kernel/lookup";
import { createTimerStore } from "../../../services/kernel/timer-store";
import { createMemoryParked, createMemoryPositions, createMemoryTimers } from "../../support/memory-delivery";
import { createMemoryLookup } from "../../support/memory-lookup";
import { memoryHistories } from "../../support/memory-histories";
import { startTestMongo, type TestMongo } from "../../support/mongo";
import { sharedHistories } from "../../system/simulator/shared-histories";
import { deliveryStoresSuite } from "./delivery-stores.suite";
import { historiesSuite } from "./histories.suite";
import { lookupSuite } from "./lookup.suite";

let mongo: TestMongo;
let spaces = 0;

beforeAll(async () => {
  mongo = await startTestMongo();
});
afterAll(() => mongo.stop());

/** A database of its own for each test. */
async function connected(): Promise<{ connection: Connection; close: () => Promise<void> }> {
  const dbName = `histories_${process.pid}_${++spaces}`;
  const connection = await mongoose.createConnection(mongo.url, { dbName, autoIndex: false }).asPromise();
  return {
    connection,
    async close() {
      await connection.dropDatabase();
      await connection.close();
    },
  };
}

const nothing = (): Promise<void> => Promise.resolve();

historiesSuite("in memory", () => Promise.resolve({ histories: memoryHistories("thing"), close: nothing }));

historiesSuite("in the simulator", () => Promise.resolve({ histories: sharedHistories("thing"), close: nothing }));

historiesSuite("in MongoDB", async () => {
  const { connection, close } = await connected();
  return { histories: await createHistories(connection, { aggregate: "thing" }, 1), close };
});

deliveryStoresSuite("in memory", () =>
  Promise.resolve({
    parked: createMemoryParked(),
    positions: createMemoryPositions(),
    timers: createMemoryTimers(),
    close: nothing,
  }),
);

deliveryStoresSuite("in MongoDB", async () => {
  const { connection, close } = await connected();
  return {
    parked: await createParkedStore(connection, CONSUMER_PARKED),
    positions: createPositionStore(connection),
    timers: await createTimerStore(connection),
    close,
  };
});

lookupSuite("in memory", () => Promise.resolve({ lookup: createMemoryLookup(), close: nothing }));

lookupSuite("in MongoDB", async () => {
  const { connection, close } = await connected();
  return { lookup: await createLookup(connection, "test.waiting"), close };
});
