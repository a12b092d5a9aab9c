import { driftText } from "../../../../bin/drift/drift-text";

describe("what a comparison found", () => {
  it("is that the index equals the histories, all of them or a sample", () => {
    expect(driftText("products", { sources: 4_187, findings: [] }, false)).toBe(
      "The index of products equals the fold of 4,187 sources of its histories.",
    );
    expect(driftText("products", { sources: 20, findings: [] }, true)).toContain("20 sources of a sample");
  });

  it("names document, field and both values, bounded, and what to do", () => {
    const findings = [
      { document: "a", field: "brand", expected: "Lumora", found: undefined },
      { document: "b", field: "", expected: { long: "x".repeat(900) }, found: null },
    ];
    const [, first, second, todo] = driftText("products", { sources: 2, findings }, false).split("\n");
    expect(first).toBe('  - document a, field "brand": it is nothing, and by the histories "Lumora"');
    expect(second).toMatch(/^ {2}- document b, as a whole: it is null, and by the histories \{"long":"x+…$/);
    expect(second?.length).toBeLessThan(300);
    expect(todo).toContain("stoa rebuild products");
  });
});
