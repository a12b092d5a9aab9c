import fc from "fast-check";
import {
  corrected,
  meant,
  missingIn,
  mistyped,
  spacedOtherwise,
} from "../../../../indexers/product/products.spelling.query";

describe("how far words lie apart", () => {
  it.each([
    ["keyboard", "keyboard", 0],
    ["keybaord", "keyboard", 0.7],
    ["kwyboard", "keyboard", 0.7],
    ["keyboarrd", "keyboard", 0.7],
    ["keyboad", "keyboard", 1],
    ["keypoard", "keyboard", 1],
  ])("%s for %s is %d letters", (typed, right, letters) => {
    expect(mistyped(typed, right)).toBeCloseTo(letters);
  });

  it("is more where the first letter is wrong", () => {
    expect(mistyped("pamera", "camera")).toBeGreaterThan(mistyped("capera", "camera"));
  });

  it("is nothing only between equals, and never more than all letters", () => {
    const word = fc.string({ maxLength: 12, unit: fc.constantFrom("a", "b", "c", "d", "e", "q", "w") });
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(mistyped(a, b) === 0).toBe(a === b);
        expect(mistyped(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length) * 1.3 + 1e-9);
      }),
    );
  });
});

describe("the word that was meant", () => {
  it("is the nearer one, unless another is much more frequent", () => {
    expect(
      meant("keybord", [
        { text: "keyboard", freq: 500 },
        { text: "keyword", freq: 3 },
      ]),
    ).toBe("keyboard");
    expect(
      meant("tonner", [
        { text: "tuner", freq: 2 },
        { text: "toner", freq: 900 },
      ]),
    ).toBe("toner");
  });

  it("is none where two letters of a short one would be wrong", () => {
    expect(meant("caxb", [{ text: "card", freq: 900 }])).toBeNull();
    expect(meant("abcdefgh", [])).toBeNull();
  });
});

describe("a question put right", () => {
  it("has its words replaced where they stand", () => {
    const entry = (text: string, offset: number, options: { text: string; freq: number }[]) => ({
      ...{ text, offset, length: text.length, options },
    });
    const suggest = {
      missing: [
        entry("blutooth", 0, [{ text: "bluetooth", freq: 9 }]),
        entry("black", 9, []),
        entry("headphoens", 15, [{ text: "headphones", freq: 9 }]),
      ],
    };
    expect(corrected("blutooth black headphoens", missingIn(suggest))).toBe("bluetooth black headphones");
    expect(corrected("lamp", missingIn(undefined))).toBe("lamp");
  });

  it("has its blanks put in and taken out, within bounds", () => {
    expect(spacedOtherwise("head phones")[0]).toBe("headphones");
    expect(spacedOtherwise("gamingmouse")).toContain("gaming mouse");
    expect(spacedOtherwise("cable")).toEqual([]);
    expect(spacedOtherwise("marker1234")).toEqual([]);
    expect(spacedOtherwise("abcdefghijkl ".repeat(30).trim()).length).toBe(40);
    expect(spacedOtherwise("x".repeat(300))).toEqual([]);
  });
});
