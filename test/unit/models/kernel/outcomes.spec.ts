import { mongo } from "mongoose";
import { outcomesOf } from "../../../../models/kernel/mongo-histories";

interface Failure {
  readonly index: number;
  readonly code: number;
}

/** The driver's own error, as it throws it for these rows. */
const bulkError = (failures: readonly Failure[], concernErrors: readonly object[] = []): unknown => {
  const result = { getWriteConcernError: () => concernErrors[0], insertedCount: 0 };
  const error = { message: "bulk write failed", code: 11000, writeErrors: failures };
  return new mongo.MongoBulkWriteError(error as never, result as never);
};

const DUPLICATE = 11000;
const TOO_LARGE = 10334;

describe("what became of rows when the driver threw", () => {
  it("is unknown for each when the connection broke", () => {
    expect(outcomesOf(new mongo.MongoNetworkError("reset"), 3, true)).toEqual(["unknown", "unknown", "unknown"]);
    expect(outcomesOf("nonsense", 1, false)).toEqual(["unknown"]);
  });

  it("is told row by row when they were independent", () => {
    const error = bulkError([
      { index: 1, code: DUPLICATE },
      { index: 3, code: DUPLICATE },
    ]);
    expect(outcomesOf(error, 5, false)).toEqual(["inserted", "conflict", "inserted", "conflict", "inserted"]);
  });

  it("ends with the first failure when they were ordered", () => {
    expect(outcomesOf(bulkError([{ index: 1, code: DUPLICATE }]), 4, true)).toEqual([
      "inserted",
      "conflict",
      "untried",
      "untried",
    ]);
  });

  it("is unknown for a failure that is no conflict", () => {
    expect(outcomesOf(bulkError([{ index: 0, code: TOO_LARGE }]), 2, false)).toEqual(["unknown", "inserted"]);
  });

  it("is not inserted without the majority's word", () => {
    expect(outcomesOf(bulkError([], [{ code: 64 }]), 2, false)).toEqual(["unknown", "unknown"]);
    expect(outcomesOf(bulkError([{ index: 0, code: DUPLICATE }], [{ code: 64 }]), 2, false)).toEqual([
      "conflict",
      "unknown",
    ]);
  });
});
