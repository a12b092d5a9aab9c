/** The embedded MongoDB as a process: killed under load, kept off a folder in use, equal with and without indexes. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import mongoose from "mongoose";
import { startMongo } from "../../../embedded/mongo/mongo";
import { type Service } from "../../../embedded/service";

const { MongoClient } = mongoose.mongo;
type Client = InstanceType<typeof MongoClient>;
const ROUNDS = 4;
const WRITERS = 8;
const durable = { writeConcern: { w: 1, journal: true } } as const;

let folder: string;
let running: Service | undefined;
const clients: Client[] = [];
const log = (): void => undefined;

async function start(): Promise<{ server: Service; client: Client }> {
  running = await startMongo({ dataDir: path.join(folder, "db"), log });
  const options = { retryWrites: false, serverSelectionTimeoutMS: 2_000, maxPoolSize: WRITERS };
  const client = new MongoClient(running.url, options);
  clients.push(client);
  return { server: running, client: await client.connect() };
}

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "stoa-mongo-"));
});

// whatever became of the test: a client left open keeps the runner from ending
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  await running?.stop();
  running = undefined;
  await rm(folder, { recursive: true, force: true });
});

type Row = { aggregateId: string; version: number; published: boolean };
const rowsOf = (client: Client) => client.db("crash").collection<Row>("rows");

/** Writes until the server is gone; kills it when `killAfter` writes are acknowledged. */
async function loadUntilKilled(client: Client, server: Service, round: number, killAfter: number) {
  const acknowledged: Row[] = [];
  const write = async (writer: number): Promise<void> => {
    // bounded by the count, for another server may get the port of the killed one
    for (let version = 1; acknowledged.length < killAfter; version++) {
      const row = { aggregateId: `${round}-${writer}`, version, published: false };
      try {
        await rowsOf(client).insertOne({ ...row }, durable);
        const marked = await rowsOf(client).updateOne(row, { $set: { published: true } }, durable);
        if (marked.modifiedCount === 1) acknowledged.push({ ...row, published: true });
      } catch {
        return;
      }
      if (acknowledged.length === killAfter) process.kill(server.pid, "SIGKILL");
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
  expect((await server.exited).signal).toBe("SIGKILL");
  return acknowledged;
}

it("loses nothing that it acknowledged, whenever it is killed", async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const first = await start();
    await rowsOf(first.client).createIndexes([{ key: { aggregateId: 1, version: 1 }, unique: true }]);
    const acknowledged = await loadUntilKilled(first.client, first.server, round, 100 + round * 130);
    await first.client.close();
    expect(acknowledged.length).toBeGreaterThanOrEqual(100 + round * 130);
    const { server, client } = await start();
    const rows = rowsOf(client);
    for (const row of acknowledged) expect(await rows.findOne(row)).not.toBeNull();
    const [sample] = acknowledged;
    await expect(rows.insertOne({ ...(sample as Row) })).rejects.toMatchObject({ code: 11000 });
    const found = await rows.countDocuments({});
    expect(await rows.countDocuments({ version: { $gt: 0 } })).toBe(found);
    await client.close();
    await server.stop();
  }
});

it("tells the log that it is ready, once, and a failed start why", async () => {
  const lines: string[] = [];
  const dataDir = path.join(folder, "told");
  running = await startMongo({ dataDir, log: (line) => lines.push(line) });
  expect(lines).toEqual([`ready ${new URL(running.url).host}`]);
  await running.stop();
  await running.stop();
  expect(await running.exited).toEqual({ code: 0, signal: null });
  expect(lines).toHaveLength(1);
});

it("keeps its collections' validators when it starts again", async () => {
  const $jsonSchema = { properties: { n: { bsonType: "int" } } };
  const first = await start();
  await first.client.db("kept").createCollection("c", { validator: { $jsonSchema } });
  await first.client.close();
  await first.server.stop();
  const { client } = await start();
  await expect(client.db("kept").collection("c").insertOne({ n: "x" })).rejects.toMatchObject({ code: 121 });
});

it("keeps a second server off its folder", async () => {
  await start();
  await expect(startMongo({ dataDir: path.join(folder, "db"), log })).rejects.toThrow(/is in use by process \d+/);
});

it("says that a port is taken", async () => {
  const { server } = await start();
  const port = Number(new URL(server.url).port);
  await expect(startMongo({ dataDir: path.join(folder, "other"), log, port })).rejects.toThrow(/Port \d+ is taken/);
});

it("does not touch data of a newer version", async () => {
  const dataDir = path.join(folder, "newer");
  const built = path.resolve(__dirname, "../../../dist/embedded/mongo");
  const script = `
    const { Storage } = require("${built}/storage.js");
    const { keyWriter } = require("${built}/keys.js");
    require("node:fs").mkdirSync("${dataDir}");
    const storage = new Storage("${dataDir}");
    const bytes = require("bson").serialize({ format: 99, nextTable: 1, garbage: [] });
    storage.write(() => storage.put(keyWriter(0).byte(1).finish(), bytes));
    void storage.close();
  `;
  const writer = spawn(process.execPath, ["-e", script], { stdio: "inherit" });
  expect(await once(writer, "exit")).toEqual([0, null]);
  await expect(startMongo({ dataDir, log })).rejects.toThrow(/newer version/);
});

it("ends with its parent", async () => {
  const main = path.resolve(__dirname, "../../../dist/embedded/mongo/main.js");
  const dataDir = path.join(folder, "child");
  const child = spawn(process.execPath, [main, "--port", "0", "--dbpath", dataDir, "--with-parent"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  expect(line.toString()).toMatch(/^ready 127\.0\.0\.1:\d+\n/);
  child.stdin.end();
  expect(await once(child, "exit")).toEqual([0, null]);
});

it("tells requests for what it cannot do that it cannot", async () => {
  const { client } = await start();
  const db = client.db("refusals");
  await db.collection("c").insertOne({ a: 1 });
  await expect(db.createCollection("capped", { capped: true, size: 4096 })).rejects.toMatchObject({ code: 115 });
  await expect(db.collection("c").createIndexes([{ key: { a: "text" } }])).rejects.toMatchObject({ code: 67 });
  await expect(db.collection("c").find({ $where: "true" }).toArray()).rejects.toMatchObject({ code: 115 });
  const stream = db.collection("c").aggregate([{ $changeStream: {} }]);
  await expect(stream.toArray()).rejects.toMatchObject({ code: 40573 });
});

/** A small generator with a seed, so that a failing run can be repeated. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1103515245 + 12345) & 0x7fffffff;
    return (state >> 8) % below;
  };
}

it.each([1, 2, 3])("answers the same with indexes as without (seed %i)", async (seed) => {
  const { client } = await start();
  const next = random(seed);
  const pick = <T>(items: readonly T[]): T => items[next(items.length)] as T;
  const value = (): unknown => pick([0, 1, 2, 1.5, "x", "y", null, true, new Date(1e12), ["x", 1], []]);
  const scalar = (): unknown => pick([0, 1, 2, "x"]);
  const fields = ["a", "b", "c.d"];
  const plain = client.db("fuzz").collection<{ _id: number }>("plain");
  const indexed = client.db("fuzz").collection<{ _id: number }>("indexed");
  await indexed.createIndexes([{ key: { a: 1, b: -1 } }, { key: { "c.d": 1, a: 1 } }, { key: { b: 1 }, sparse: true }]);
  const docs = Array.from({ length: 150 }, (_, _id) => ({
    _id,
    ...(next(5) && { a: pick([0, 1, 2, 1.5, "x", "y", null, true]) }),
    ...(next(5) && { b: next(3) ? scalar() : value() }),
    ...(next(3) && { c: next(4) ? { d: scalar() } : [{ d: scalar() }, { d: scalar() }] }),
  }));
  await Promise.all([plain, indexed].map((target) => target.insertMany(docs)));
  const condition = (): object => ({
    [pick(fields)]: pick<unknown>([
      value(),
      { $gt: scalar() },
      { $gte: next(3), $lt: 1 + next(3) },
      { $in: [scalar(), value()] },
      { $ne: value() },
      { $exists: next(2) === 1 },
    ]),
  });
  for (let i = 0; i < 250; i++) {
    const filter = next(5) ? { ...condition(), ...condition() } : { $or: [condition(), condition()] };
    const sort = { [pick(fields)]: pick([1, -1] as const), _id: pick([1, -1] as const) };
    const ask = async (target: typeof plain): Promise<number[]> =>
      (
        await target
          .find(filter)
          .sort(sort)
          .limit(next(1) + 20)
          .toArray()
      ).map(({ _id }) => _id);
    expect({ filter, sort, found: await ask(indexed) }).toEqual({ filter, sort, found: await ask(plain) });
    const change = { $set: { [pick(["a", "b"])]: scalar() } };
    const target = { _id: { $in: [next(150), next(150)] } };
    for (const each of [plain, indexed]) await each.updateMany(target, change);
  }
});
