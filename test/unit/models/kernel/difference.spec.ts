import * as fc from "fast-check";
import { applyPatch } from "rfc6902";
import { changedFields, patchOf, touches } from "../../../../models/kernel/difference";

/** Names that no object of the mall has, and that no patch may touch. */
const harmless = (value: unknown): boolean => !/__proto__|constructor|prototype/.test(JSON.stringify(value));
const state = fc.dictionary(fc.string(), fc.jsonValue()).filter(harmless);

describe("a difference", () => {
  it("is a patch that makes the one of the other", () => {
    fc.assert(
      fc.property(state, state, (a, b) => {
        const [was, is] = JSON.parse(JSON.stringify([a, b])) as [object, object];
        const made = structuredClone(was);
        expect(applyPatch(made, patchOf(was, is)).every((fault) => fault === null)).toBe(true);
        expect(made).toEqual(is);
      }),
    );
  });

  it("names each field that differs, as a person would", () => {
    const was = { title: { en: "Lamp" }, price: { amountMinor: 1, currency: "EUR" }, tags: ["a"], sizes: [{ n: 1 }] };
    const is = {
      title: { en: "Lamp", de: "Lampe" },
      price: { amountMinor: 2, currency: "EUR" },
      tags: [],
      sizes: [{ n: 2 }],
    };
    expect(changedFields(was, is)).toEqual([
      { field: "price.amountMinor", was: 1, is: 2 },
      { field: "sizes[0].n", was: 1, is: 2 },
      { field: "tags", was: ["a"], is: [] },
      { field: "title.de", is: "Lampe" },
    ]);
    expect(changedFields(is, was)[3]).toEqual({ field: "title.de", was: "Lampe" });
    expect(changedFields(was, structuredClone(was))).toEqual([]);
  });

  it("knows which fields hold which", () => {
    expect(touches("title", "title.de")).toBe(true);
    expect(touches("sizes[0].n", "sizes")).toBe(true);
    expect(touches("title", "titles")).toBe(false);
    expect(touches("", "anything")).toBe(true);
  });
});
