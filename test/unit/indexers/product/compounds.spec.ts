import { partsIn, partsOfWord } from "../../../../indexers/product/products.compounds.projection";

describe("the parts of a long word", () => {
  it.each([
    ["stehlampe", ["lampe"]],
    ["schreibtischlampen", ["lampe", "schreibtisch", "tisch"]],
    ["kühlschrank", ["schrank"]],
    ["bücherregal", ["regal"]],
    ["häuserdächer", ["dach", "haus"]],
    ["lampe", []],
    ["tischler", []],
    ["spargel", []],
    ["blumentopf", ["topf", "blume"]],
  ])("%s: %j", (word, parts) => expect(partsOfWord(word)).toEqual(expect.arrayContaining(parts)));

  it.each(["lampe", "tischler", "spargel", "stein", "einladung"])("%s is one of its own", (word) =>
    expect(partsOfWord(word)).toEqual([]),
  );

  it("are those of texts in a language that joins words, and bounded", () => {
    expect(partsIn("Stehlampe, Messing", "de-at")).toBe("lampe");
    expect([partsIn("Stehlampe", "en"), partsIn("", "de")]).toEqual(["", ""]);
    expect(partsOfWord("lampe".repeat(8)).length).toBeLessThanOrEqual(4);
    expect(partsIn("lampe".repeat(100), "de")).toBe("");
  });
});
