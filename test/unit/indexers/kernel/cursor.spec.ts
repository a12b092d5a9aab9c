import { fingerprint, readCursor, writeCursor } from "../../../../indexers/kernel/cursor";
import { isRefusal } from "../../../../models/kernel/refusal";

const print = fingerprint({ q: "lamp" });

const refused = (cursor: string): unknown => {
  try {
    return readCursor(cursor, print, 2);
  } catch (error) {
    return isRefusal(error, "CURSOR_INVALID");
  }
};

describe("a cursor", () => {
  it("gives back the sort values it was made of", () => {
    for (const values of [
      [1.5, "a"],
      [null, "b"],
      ["2026-01-01", "ü"],
    ]) {
      expect(readCursor(writeCursor(print, values), print, 2)).toEqual(values);
    }
  });

  it("is refused when it is none of ours", () => {
    const forged = [
      "",
      "x",
      "%%%",
      Buffer.from("[").toString("base64url"),
      Buffer.from("{}").toString("base64url"),
      Buffer.from(JSON.stringify([print, { a: 1 }, "b"])).toString("base64url"),
      writeCursor(print, [1]),
      writeCursor(print, [1, "a", "b"]),
    ];
    for (const cursor of forged) expect(refused(cursor)).toBe(true);
  });

  it("is refused for another question", () => {
    expect(refused(writeCursor(fingerprint({ q: "chair" }), [1, "a"]))).toBe(true);
  });
});
