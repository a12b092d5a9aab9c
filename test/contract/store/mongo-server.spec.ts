/**
 * What Stoa uses of MongoDB, asked of whatever `startTestMongo` gives: the embedded server by default, a real mongod
 * with MONGODB_URL or MONGOMS_*. A difference between the two is a fault here.
 */
import { randomUUID } from "node:crypto";
import mongoose from "mongoose";
import { startTestMongo, type TestMongo } from "../../support/mongo";

const { MongoClient } = mongoose.mongo;
type Row = {
  _id: string;
  aggregateId: string;
  version: number;
  command: { id: string };
  hlc: string;
  published: boolean;
};

let mongo: TestMongo;
let client: InstanceType<typeof MongoClient>;
const database = `contract_${randomUUID().slice(0, 8)}`;
const collection = (name: string) => client.db(database).collection<Row>(name);

beforeAll(async () => {
  mongo = await startTestMongo();
  client = await new MongoClient(mongo.url, { writeConcern: { w: "majority", journal: true } }).connect();
});

afterAll(async () => {
  try {
    await client.db(database).dropDatabase();
  } finally {
    await Promise.all([client.close(), mongoose.disconnect()]);
    await mongo.stop();
  }
});

const row = (aggregateId: string, version: number, more: Partial<Row> = {}): Row => ({
  _id: `${aggregateId}.${version}`,
  aggregateId,
  version,
  command: { id: `c${version}` },
  hlc: String(version).padStart(8, "0"),
  published: false,
  ...more,
});

async function histories(name: string) {
  const rows = collection(name);
  await rows.createIndexes([
    { key: { aggregateId: 1, version: 1 }, unique: true },
    { key: { aggregateId: 1, "command.id": 1 }, unique: true },
    { key: { hlc: 1 }, partialFilterExpression: { published: false } },
  ]);
  return rows;
}

describe("histories", () => {
  it("accept a version once, and say which key was taken", async () => {
    const rows = await histories("once");
    await rows.insertOne(row("a", 1));
    await expect(rows.insertOne(row("a", 1, { _id: "other", command: { id: "x" } }))).rejects.toMatchObject({
      code: 11000,
      keyPattern: { aggregateId: 1, version: 1 },
      keyValue: { aggregateId: "a", version: 1 },
    });
    await expect(rows.insertOne(row("a", 2, { command: { id: "c1" } }))).rejects.toMatchObject({
      code: 11000,
      keyPattern: { aggregateId: 1, "command.id": 1 },
    });
    expect(await rows.countDocuments({})).toBe(1);
  });

  it("let exactly one of many racers win", async () => {
    const rows = await histories("race");
    const racers = Array.from({ length: 32 }, (_, i) => rows.insertOne(row("r", 1, { _id: `r${i}` })));
    const results = await Promise.allSettled(racers);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await rows.countDocuments({})).toBe(1);
  });

  it("stop an ordered insertMany at the first conflict, and go on in an unordered one", async () => {
    const rows = await histories("many");
    await rows.insertOne(row("a", 2));
    const batch = [row("a", 1), row("a", 2), row("a", 3)];
    await expect(rows.insertMany(batch)).rejects.toMatchObject({ code: 11000, insertedCount: 1 });
    const again = rows.insertMany(batch, { ordered: false });
    const failed: unknown = await again.catch((error: unknown) => error);
    expect(failed).toMatchObject({ code: 11000, insertedCount: 1 });
    const { writeErrors } = failed as { writeErrors: { index: number }[] };
    expect(writeErrors.map(({ index }) => index)).toEqual([0, 1]);
    expect(await rows.countDocuments({ aggregateId: "a" })).toBe(3);
  });

  it("give the newest row, a version, and all in order", async () => {
    const rows = await histories("read");
    await rows.insertMany([3, 1, 5, 2, 4].map((version) => row("a", version)));
    await rows.insertMany([7, 8].map((version) => row("b", version)));
    expect(await rows.find({ aggregateId: "a" }).sort({ version: -1 }).limit(1).next()).toEqual(row("a", 5));
    expect(await rows.findOne({ aggregateId: "a", version: 2 })).toEqual(row("a", 2));
    const upTo = await rows
      .find({ aggregateId: "a", version: { $lte: 3 } })
      .sort({ version: -1 })
      .toArray();
    expect(upTo.map(({ version }) => version)).toEqual([3, 2, 1]);
    expect(await rows.findOne({ aggregateId: "a", "command.id": "c4" })).toEqual(row("a", 4));
  });

  it("hand out the outbox in order and mark it published", async () => {
    const rows = await histories("outbox");
    await rows.insertMany(Array.from({ length: 50 }, (_, i) => row("o", 50 - i)));
    const page = await rows.find({ published: false }).sort({ hlc: 1 }).limit(20).toArray();
    expect(page.map(({ version }) => version)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    const ids = page.map(({ _id }) => _id);
    const first = await rows.updateMany({ _id: { $in: ids } }, { $set: { published: true } });
    expect([first.matchedCount, first.modifiedCount]).toEqual([20, 20]);
    const second = await rows.updateMany({ _id: { $in: ids } }, { $set: { published: true } });
    expect([second.matchedCount, second.modifiedCount]).toEqual([20, 0]);
    const next = await rows.find({ published: false }).sort({ hlc: 1 }).limit(1).next();
    expect(next?.version).toBe(21);
  });

  it("are paged by _id", async () => {
    const rows = await histories("pages");
    const all = Array.from({ length: 95 }, (_, i) => row("p", i, { _id: `p${String(i).padStart(3, "0")}` }));
    await rows.insertMany(all);
    const seen: string[] = [];
    for (;;) {
      const page = await rows
        .find({ _id: { $gt: seen.at(-1) ?? "" } })
        .sort({ _id: 1 })
        .limit(10)
        .toArray();
      if (page.length === 0) break;
      seen.push(...page.map(({ _id }) => _id));
    }
    expect(seen).toEqual(all.map(({ _id }) => _id));
  });
});

describe("claims", () => {
  it("change hands only by compare-and-set", async () => {
    const claims = client.db(database).collection<{ _id: string; holder: string; epoch: number }>("claims");
    await claims.insertOne({ _id: "slug/x", holder: "a", epoch: 1 });
    const takers = Array.from({ length: 16 }, (_, i) =>
      claims.updateOne({ _id: "slug/x", holder: "a", epoch: 1 }, { $set: { holder: `b${i}`, epoch: 2 } }),
    );
    const won = (await Promise.all(takers)).filter(({ modifiedCount }) => modifiedCount === 1);
    expect(won).toHaveLength(1);
  });

  it("are taken by an upsert, and deleted", async () => {
    const claims = client.db(database).collection<{ _id: string; holder?: string; n?: number }>("upserts");
    const taken = await claims.findOneAndUpdate(
      { _id: "k" },
      { $setOnInsert: { holder: "a" }, $inc: { n: 1 } },
      { upsert: true, returnDocument: "after" },
    );
    expect(taken).toEqual({ _id: "k", holder: "a", n: 1 });
    expect(await claims.findOneAndUpdate({ _id: "k" }, { $inc: { n: 1 } })).toEqual({ _id: "k", holder: "a", n: 1 });
    expect((await claims.deleteOne({ _id: "k", n: 2 })).deletedCount).toBe(1);
    expect(await claims.findOne({ _id: "k" })).toBeNull();
  });
});

describe("filters", () => {
  type Any = { _id: number; x?: unknown };
  it("treat null, missing fields and arrays as MongoDB does", async () => {
    const any = client.db(database).collection<Any>("any");
    await any.insertMany([
      { _id: 1 },
      { _id: 2, x: null },
      { _id: 3, x: 5 },
      { _id: 4, x: [1, 9] },
      { _id: 5, x: "5" },
    ]);
    const ids = async (filter: object): Promise<number[]> =>
      (await any.find(filter).sort({ _id: 1 }).toArray()).map(({ _id }) => _id);
    for (const indexed of [false, true]) {
      if (indexed) await any.createIndexes([{ key: { x: 1 } }]);
      expect(await ids({ x: null })).toEqual([1, 2]);
      expect(await ids({ x: { $lte: null } })).toEqual([1, 2]);
      expect(await ids({ x: { $exists: false } })).toEqual([1]);
      expect(await ids({ x: { $gt: 4 } })).toEqual([3, 4]);
      expect(await ids({ x: { $gt: 4, $lt: 6 } })).toEqual([3, 4]);
      expect(await ids({ x: { $ne: 5 } })).toEqual([1, 2, 4, 5]);
      expect(await ids({ x: { $in: [9, "5"] } })).toEqual([4, 5]);
    }
  });
});

describe("indexes and collections", () => {
  it("are made again without harm, listed and dropped", async () => {
    const rows = await histories("indexed");
    await histories("indexed");
    const names = (await rows.indexes()).map(({ name }) => name).sort();
    expect(names).toEqual(["_id_", "aggregateId_1_command.id_1", "aggregateId_1_version_1", "hlc_1"]);
    await rows.dropIndex("hlc_1");
    expect(await rows.indexes()).toHaveLength(3);
    expect(await rows.drop()).toBe(true);
    expect(await client.db(database).listCollections({ name: "indexed" }).toArray()).toEqual([]);
  });

  it("refuse a unique index over documents that break it, and change nothing", async () => {
    const rows = collection("broken");
    await rows.insertMany([row("a", 1), row("a", 1, { _id: "twin" })]);
    await expect(rows.createIndexes([{ key: { aggregateId: 1, version: 1 }, unique: true }])).rejects.toMatchObject({
      code: 11000,
    });
    expect(await rows.indexes()).toHaveLength(1);
  });
});

describe("validators", () => {
  it("refuse documents on every way in, until they are taken away", async () => {
    const db = client.db(database);
    const $jsonSchema = { bsonType: "object", required: ["n"], properties: { n: { bsonType: "int", minimum: 1 } } };
    const rows = await db.createCollection<{ _id: number; n?: number }>("checked", { validator: { $jsonSchema } });
    const refused = { code: 121 };
    await rows.insertOne({ _id: 1, n: 1 });
    await expect(rows.insertOne({ _id: 2 })).rejects.toMatchObject(refused);
    await expect(rows.insertOne({ _id: 2, n: 1.5 })).rejects.toMatchObject(refused);
    await expect(rows.updateOne({ _id: 1 }, { $set: { n: 0 } })).rejects.toMatchObject(refused);
    await expect(rows.updateOne({ _id: 1 }, { $unset: { n: "" } })).rejects.toMatchObject(refused);
    await expect(rows.replaceOne({ _id: 1 }, {})).rejects.toMatchObject(refused);
    await expect(rows.findOneAndUpdate({ _id: 1 }, { $inc: { n: -1 } })).rejects.toMatchObject(refused);
    await expect(rows.updateOne({ _id: 3 }, { $set: { n: 0 } }, { upsert: true })).rejects.toMatchObject(refused);
    const some = rows.insertMany([{ _id: 4 }, { _id: 5, n: 5 }], { ordered: false });
    await expect(some).rejects.toMatchObject({ code: 121, insertedCount: 1 });
    expect(await rows.find().sort({ _id: 1 }).toArray()).toEqual([
      { _id: 1, n: 1 },
      { _id: 5, n: 5 },
    ]);
    const [listed] = await db.listCollections({ name: "checked" }).toArray();
    expect(listed).toMatchObject({ options: { validator: { $jsonSchema } } });
    await db.command({ collMod: "checked", validator: {} });
    await rows.insertOne({ _id: 2 });
    await db.command({ collMod: "checked", validator: { $jsonSchema } });
    await expect(rows.updateOne({ _id: 2 }, { $set: { m: 1 } })).rejects.toMatchObject(refused);
  });
});

describe("decimals", () => {
  it("are added exactly", async () => {
    const { Decimal128 } = mongoose.mongo;
    type Decimal = InstanceType<typeof Decimal128>;
    const rows = client.db(database).collection<{ _id: number; d?: Decimal; fresh?: Decimal; n?: number }>("decimals");
    await rows.insertOne({ _id: 1, d: Decimal128.fromString("10.5"), n: 1 });
    await rows.updateOne({ _id: 1 }, { $inc: { d: Decimal128.fromString("0.10"), fresh: Decimal128.fromString("2") } });
    const found = await rows.findOne({ _id: 1 });
    expect(String(found?.d)).toBe("10.60");
    expect(found).toMatchObject({ fresh: Decimal128.fromString("2") });
  });
});

describe("mongoose", () => {
  it("creates, finds, saves and aggregates", async () => {
    const connection = await mongoose.createConnection(`${mongo.url}/${database}`, { autoIndex: false }).asPromise();
    const schema = new mongoose.Schema({ sku: String, qty: Number });
    schema.index({ sku: 1 }, { unique: true });
    const Stock = connection.model("Stock", schema, "stock");
    await Stock.createIndexes();
    await Stock.create([
      { sku: "a", qty: 2 },
      { sku: "b", qty: 3 },
    ]);
    await expect(Stock.create({ sku: "a", qty: 1 })).rejects.toMatchObject({ code: 11000 });
    const doc = await Stock.findOne({ sku: "b" });
    doc?.set("qty", 5);
    await doc?.save();
    const [sum] = await Stock.aggregate<{ total: number }>([{ $group: { _id: null, total: { $sum: "$qty" } } }]);
    expect(sum?.total).toBe(7);
  });
});
