/** A store that is cut off is found again; MongoDB's driver alone would lose it, see models/kernel/mongo-driver. */
import { randomUUID } from "node:crypto";
import type { Connection } from "mongoose";
import { connectStore } from "../../../bin/node/store";
import { openDoor, type Door } from "../../support/door";
import { eventually } from "../../support/eventually";
import { startTestMongo, type TestMongo } from "../../support/mongo";

const WRITERS = 12;
const CUTS = 5;
/** The driver asks a server at most every half second how it is: sooner, and it waits before it asks. */
const BETWEEN_CUTS_MS = 700;

let mongo: TestMongo;
let door: Door;
let store: Connection;
const state = { stopping: false, written: 0, failed: 0 };

beforeAll(async () => {
  mongo = await startTestMongo();
  door = await openDoor();
  door.leadTo(Number(new URL(mongo.url).port));
  store = await connectStore({ url: `mongodb://127.0.0.1:${door.port}`, namespace: `cut${Date.now()}` });
});
afterAll(async () => {
  state.stopping = true;
  await store.close();
  await door.close();
  await mongo.stop();
});

/** Writes of many at a time, one after the other; a write that fails is followed by the next one. */
function startWriters(): void {
  const rows = store.collection<{ _id: string; text: string }>("rows");
  const writer = async (): Promise<void> => {
    while (!state.stopping) {
      const row = { _id: randomUUID(), text: "x".repeat(500) };
      await rows.insertOne(row).then(
        () => (state.written += 1),
        () => (state.failed += 1),
      );
    }
  };
  for (let n = 0; n < WRITERS; n++) void writer();
}

const passed = (ms: number) => {
  const end = performance.now() + ms;
  return eventually("some time", () => performance.now() >= end);
};

it("finds the store again, however often all its connections are cut at once", async () => {
  startWriters();
  for (let cut = 0; cut < CUTS; cut++) {
    await passed(BETWEEN_CUTS_MS);
    const before = state.failed;
    door.leadTo(Number(new URL(mongo.url).port));
    await eventually("a write that the cut hit", () => state.failed > before);
    const { written } = state;
    await eventually("more is written", () => state.written > written + WRITERS, { timeoutMs: 4_000 });
  }
});
