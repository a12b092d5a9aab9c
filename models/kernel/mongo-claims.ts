/**
 * Claims in MongoDB. `_id` is the key, so that the primary index is the guarantee and shards by it. Claims that are
 * wanted while an insert is under way are written together by the next one: an import claims one key per command,
 * and thousands of single inserts would each wait for the journal.
 */
import type { Connection, mongo } from "mongoose";
import type { ClaimRows } from "./claim-rows";
import { createClaims, type ClaimingDeps } from "./claiming";
import type { Claim, Claims } from "./claims";
import { outcomesOf } from "./mongo-histories";
import { refuseKernel } from "./refusal";

const COLLECTION = "claims";
const BATCH_MAX = 1_000;
const WAITING_MAX = 20_000;
const durable = { writeConcern: { w: "majority", journal: true } } as const;

/** Creates the collection's index when it is missing. Called once at start. */
export async function createMongoClaims(connection: Connection, deps: Omit<ClaimingDeps, "rows">): Promise<Claims> {
  const rows = connection.collection<Claim>(COLLECTION) as unknown as mongo.Collection<Claim>;
  // to find what a holder has: for people, and for those who clean up
  await rows.createIndexes([{ key: { holder: 1 }, name: "holder" }]);
  return createClaims({ ...deps, rows: mongoClaimRows(rows) });
}

export function mongoClaimRows(rows: mongo.Collection<Claim>): ClaimRows {
  return {
    insert: coalescing((claims) => insertAll(rows, claims)),
    async find(keys) {
      const found = await rows.find({ _id: { $in: [...keys] } }, { readConcern: "majority" }).toArray();
      return new Map(found.map((claim) => [claim._id, claim]));
    },
    async swap(was, next) {
      const { holder, epoch } = next;
      const done = await rows.updateOne({ ...was }, { $set: { holder, epoch } }, durable);
      return done.matchedCount === 1;
    },
    async remove(claims) {
      await rows.bulkWrite(
        claims.map((claim) => ({ deleteOne: { filter: { ...claim } } })),
        { ordered: false, ...durable },
      );
    },
  };
}

async function insertAll(rows: mongo.Collection<Claim>, claims: readonly Claim[]): Promise<readonly boolean[]> {
  try {
    await rows.insertMany([...claims], { ordered: false, ...durable });
    return claims.map(() => true);
  } catch (error) {
    return outcomesOf(error, claims.length, false).map((outcome) => outcome === "inserted");
  }
}

interface Waiting {
  readonly claim: Claim;
  readonly done: (inserted: boolean) => void;
}

/** One write at a time; what is asked for meanwhile goes together into the next one. `write` never throws. */
export function coalescing(
  write: (claims: readonly Claim[]) => Promise<readonly boolean[]>,
): (claim: Claim) => Promise<boolean> {
  const waiting: Waiting[] = [];
  let writing = false;
  const drain = async (): Promise<void> => {
    writing = true;
    await Promise.resolve(); // so that everything asked for in this turn goes together
    while (waiting.length > 0) {
      const batch = waiting.splice(0, BATCH_MAX);
      const inserted = await write(batch.map(({ claim }) => claim));
      batch.forEach(({ done }, i) => done(inserted[i] ?? false));
      await Promise.resolve();
    }
    writing = false;
  };
  return (claim) => {
    if (waiting.length >= WAITING_MAX) {
      refuseKernel("STORE_UNAVAILABLE", `${WAITING_MAX} claims wait to be written; ask again in a moment.`);
    }
    return new Promise((done) => {
      waiting.push({ claim, done });
      if (!writing) void drain();
    });
  };
}
