import { mongo } from "mongoose";
import { isRefusal } from "../../../../models/kernel/refusal";
import { isStoreAway, reaching } from "../../../../services/kernel/store-away";

const failing = (error: Error) => () => Promise.reject(error);
const gone = new mongo.MongoNetworkError("connection 3 to 127.0.0.1:27017 closed");

describe("a store that is away", () => {
  it("is told as such, and for a command that it may have been kept", async () => {
    const asked = await reaching("query", failing(gone)).catch((error: unknown) => error);
    expect(isRefusal(asked, "STORE_UNAVAILABLE")).toBe(true);
    expect(asked).toMatchObject({ code: 503, message: "The store does not answer; try again soon." });
    const sent = await reaching("command", failing(gone)).catch((error: unknown) => error);
    expect(sent).toMatchObject({ type: "STORE_UNAVAILABLE", message: expect.stringContaining("same key") as string });
  });

  it.each([
    ["a server that ends", new mongo.MongoServerError({ message: "interrupted at shutdown", code: 11600 }), true],
    ["a question that it refuses", new mongo.MongoServerError({ message: "unknown operator", code: 2 }), false],
    ["a key that is taken", new mongo.MongoServerError({ message: "duplicate key", code: 11000 }), false],
    ["a fault of ours", new TypeError("undefined is not a function"), false],
  ])("is seen in %s, or is not", (_what, error, away) => {
    expect(isStoreAway(error)).toBe(away);
  });

  it("leaves other faults and answers alone", async () => {
    const fault = new TypeError("a fault of ours");
    await expect(reaching("query", failing(fault))).rejects.toBe(fault);
    await expect(reaching("query", () => Promise.resolve(1))).resolves.toBe(1);
  });
});
