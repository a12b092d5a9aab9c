import { exportText, readExport, type Exported } from "../../../../bin/checkpoint/export";

const exported = { checkpoint: { seq: 2, hash: "ab", root: "cd" }, publicKey: "PEM" } as unknown as Exported;

describe("an exported checkpoint", () => {
  it("is read as it was written", () => expect(readExport(exportText(exported), "a.json")).toEqual(exported));

  it.each(["", "null", "[]", "7", '{"checkpoint":{"seq":1}}', '{"publicKey":"PEM"}', "x".repeat(70_000)])(
    "is told apart from what is none (%#)",
    (text) => expect(() => readExport(text, "a.json")).toThrow("a.json holds no checkpoint"),
  );
});
