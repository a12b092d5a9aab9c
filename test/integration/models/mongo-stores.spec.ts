/** Claims, keys of subjects and checkpoints against a MongoDB: the outcomes that their stores in memory promise. */
import mongoose, { type Connection } from "mongoose";
import { writeCheckpoint } from "../../../models/kernel/checkpoint";
import { factId, type Fact } from "../../../models/kernel/facts";
import { createMongoFacts } from "../../../models/kernel/mongo-facts";
import { createMongoCountedFacts } from "../../../models/kernel/mongo-counted-facts";
import { createMongoSealedFacts } from "../../../models/kernel/mongo-sealed-facts";
import { openFact, sealFact } from "../../../models/kernel/sealed-facts";
import { mongoCheckpoints, rawRows } from "../../../models/kernel/mongo-checkpoints";
import { createMongoClaims } from "../../../models/kernel/mongo-claims";
import { createHistories } from "../../../models/kernel/mongo-histories";
import { mongoKeyRows } from "../../../models/kernel/mongo-subject-keys";
import { createSigner, newPrivateKey } from "../../../models/kernel/signer";
import { createSubjectKeys } from "../../../models/kernel/subject-keys";
import { verify } from "../../../models/kernel/verify";
import { startTestMongo, type TestMongo } from "../../support/mongo";
import { chainOf } from "../../support/rows";

let mongo: TestMongo;
let connection: Connection;

beforeAll(async () => {
  mongo = await startTestMongo();
  connection = await mongoose.createConnection(mongo.url, { dbName: "deep", autoIndex: false }).asPromise();
});
afterAll(async () => {
  await connection.close();
  await mongo.stop();
});

test("a claim is taken, refused, taken over when stale, and given back", async () => {
  const held = new Map<string, string[]>([["thing/a", ["k/1"]]]);
  const fenced: string[] = [];
  const claims = await createMongoClaims(connection, {
    holdersClaims: (holder) => Promise.resolve({ claims: held.get(holder) ?? [] }),
    fence: (holder) => {
      fenced.push(holder);
      return Promise.resolve("fenced");
    },
    grace: () => Promise.resolve(),
  });
  await Promise.all(["k/1", "k/2", "k/3"].map((key) => claims.take("thing/a", [key])));
  await expect(claims.take("thing/b", ["k/9", "k/1"])).rejects.toMatchObject({ type: "CLAIM_TAKEN" });
  await claims.take("thing/b", ["k/2"]);
  expect(fenced).toEqual(["thing/a"]);
  await claims.release("thing/a", ["k/2", "k/3"]);
  const rows = await connection.collection("claims").find().sort({ _id: 1 }).toArray();
  expect(rows.map(({ _id, holder }) => [String(_id), holder as string])).toEqual([
    ["k/1", "thing/a"],
    ["k/2", "thing/b"],
  ]);
});

test("a key of a subject is made once, and its tombstone stays", async () => {
  const secret = "a secret of at least thirty-two characters";
  const [one, two] = [1, 2].map(() => createSubjectKeys(mongoKeyRows(connection), secret));
  const made = await Promise.all([one?.create("c1"), two?.create("c1")]);
  expect(made[0]).toEqual(made[1]);
  await one?.destroy("c1");
  two?.forget("c1");
  await expect(two?.create("c1")).rejects.toMatchObject({ type: "SUBJECT_ERASED" });
});

test("a checkpoint finds a history that was cut off", async () => {
  const histories = await createHistories(connection, { aggregate: "thing" }, 1);
  await histories.insert(chainOf("a", [{ n: 1 }, { n: 2 }]), true);
  const store = mongoCheckpoints(connection);
  const signer = createSigner(newPrivateKey());
  const sources = [rawRows(connection, "thing")];
  const work = { sources, store, signer, now: () => "2026-01-31T12:00:00.000Z" };
  for (const seq of [1, 2, 3]) expect((await writeCheckpoint(work)).checkpoint).toMatchObject({ seq, heads: 1 });
  expect(await connection.collection("checkpoint.leaves").countDocuments()).toBe(2);
  const trusted = [signer.publicKey];
  expect((await verify({ sources, store, trusted })).findings).toEqual([]);
  await connection.collection<{ _id: string }>("thing.history").deleteOne({ _id: "a@000000002" });
  expect((await verify({ sources, store, trusted })).findings).toMatchObject([{ kind: "history-truncated", id: "a" }]);
});

test("facts are added, once each, paged from the newest on by what is asked for, and end by themselves", async () => {
  const kind = { collection: "things.seen", indexed: ["who"], keptDays: 30 };
  const facts = await createMongoFacts<Fact & { readonly who: string }>(connection, kind);
  const seen = [1, 2, 3, 4].map((second) => {
    const at = `2026-01-01T00:00:0${second}.000Z`;
    return { _id: factId(at), at, who: second % 2 === 0 ? "ann" : "ben" };
  });
  const [first, second, third, fourth] = seen;
  await facts.append(seen.slice(0, 3));
  await facts.append(seen);
  expect(await facts.page({ where: {}, limit: 10 })).toEqual([fourth, third, second, first]);
  expect(await facts.page({ where: { who: "ann" }, limit: 10 })).toEqual([fourth, second]);
  expect(await facts.page({ where: { who: "ann" }, before: fourth?._id ?? "", limit: 1 })).toEqual([second]);
  const range = { from: "2026-01-01T00:00:02.000Z", to: "2026-01-01T00:00:04.000Z" };
  expect(await facts.page({ where: {}, ...range, limit: 10 })).toEqual([third, second]);
  const ids = await facts.ids({ where: { who: "ben" }, limit: 10 });
  expect(ids).toEqual([third?._id, first?._id]);
  expect(await facts.those(ids.slice(1))).toEqual([first]);
  const kept = await connection.collection("things.seen").findOne({ at: "2026-01-01T00:00:01.000Z" });
  expect(kept?.["expiresAt"]).toEqual(new Date("2026-01-31T00:00:01.000Z"));
});

test("facts of a person are added once each, told the newest first, and gone when they are removed", async () => {
  const facts = await createMongoSealedFacts(connection, { collection: "steps", keptDays: 30 });
  const key = Buffer.alloc(32, 7);
  const made = ["ann/1", "ann/2", "ann/3", "ben/1"].map((_id, n) => {
    const place = { _id, who: _id.slice(0, 3), at: `2099-01-01T00:00:0${n}.000Z` };
    return sealFact(key, place, { n });
  });
  for (const fact of [...made, ...made]) await facts.add(fact);
  const found = await facts.newest("ann", 2);
  expect(found).toEqual([made[2], made[1]]);
  expect(found.map((fact) => openFact(key, fact))).toEqual([{ n: 2 }, { n: 1 }]);
  await facts.remove("ann");
  expect(await facts.newest("ann", 10)).toEqual([]);
  expect(await facts.newest("ben", 10)).toEqual([made[3]]);
});

test("facts that are counted are taken in once each, told which came again, and read in their order", async () => {
  const counted = await createMongoCountedFacts(connection, { collection: "counted", keptDays: 30 });
  const made = [1, 2, 3].map((n) => ({ _id: `fact-${4 - n}`, at: `2099-01-01T00:00:0${n}.000Z` }));
  expect(await counted.append(made.slice(0, 2))).toEqual(new Set());
  expect(await counted.append(made)).toEqual(new Set(["fact-3", "fact-2"]));
  expect(await counted.since("2099-01-01T00:00:02.000Z", 10)).toEqual(made.slice(1));
  expect(await counted.since("2099-01-01T00:00:00.000Z", 2)).toEqual(made.slice(0, 2));
});
