import { Binary, Long, MaxKey, MinKey, ObjectId, Timestamp } from "bson";
import fc from "fast-check";
import { documentKey, keyWriter } from "../../../../embedded/mongo/keys";
import { compareValues } from "../../../../embedded/mongo/order";

const leaf: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(null, undefined, true, false, new MinKey(), new MaxKey(), 0, -0, 1, Infinity, -Infinity, NaN),
  fc.integer({ min: -3, max: 3 }),
  fc.double(),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((value) => Long.fromBigInt(value)),
  fc.constantFrom(2n ** 53n, 2n ** 53n + 1n, -(2n ** 53n) - 1n, 2n ** 62n).map((value) => Long.fromBigInt(value)),
  fc.constantFrom(2 ** 53, 2 ** 62, -(2 ** 53)),
  fc.string({ unit: "binary" }),
  fc.constantFrom("", "a", "a\0", "a\0b", "ab", "\uffff", "😀", "\ue000"),
  fc.uint8Array({ maxLength: 4 }).map((bytes) => new Binary(bytes, bytes.length % 2)),
  fc.uint8Array({ minLength: 12, maxLength: 12 }).map((bytes) => new ObjectId(bytes)),
  fc.date({ noInvalidDate: true }),
  fc.record({ t: fc.nat(5), i: fc.nat(5) }).map((value) => new Timestamp(value)),
);

const { value: anyValue } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    leaf,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("a", "b", "a\0", "z"), tie("value"), { maxKeys: 3 }),
  ),
}));

const sign = (order: number): number => (order > 0 ? 1 : order < 0 ? -1 : 0);
const encode = (value: unknown, descending = false): Buffer => keyWriter(7).value(value, descending).finish();

describe("keys", () => {
  it("are in the order of the values", () => {
    fc.assert(
      fc.property(anyValue, anyValue, (a, b) => {
        expect(sign(Buffer.compare(encode(a), encode(b)))).toBe(sign(compareValues(a, b)));
      }),
      { numRuns: 3_000 },
    );
  });

  it("of a descending field are in the opposite order", () => {
    fc.assert(
      fc.property(anyValue, anyValue, (a, b) => {
        expect(sign(Buffer.compare(encode(a, true), encode(b, true)))).toBe(sign(compareValues(b, a)));
      }),
    );
  });

  it("of two fields are in the order of the first, then of the second", () => {
    fc.assert(
      fc.property(anyValue, anyValue, anyValue, anyValue, (a, b, c, d) => {
        const one = keyWriter(1).value(a).value(b, true).finish();
        const two = keyWriter(1).value(c).value(d, true).finish();
        expect(sign(Buffer.compare(one, two))).toBe(sign(compareValues(a, c) || compareValues(d, b)));
      }),
      { numRuns: 1_000 },
    );
  });

  it("agree on numbers of different types that are equal", () => {
    expect(documentKey(1, Long.fromNumber(5))).toEqual(documentKey(1, 5));
    expect(documentKey(1, Long.fromBigInt(2n ** 53n + 1n))).not.toEqual(documentKey(1, 2 ** 53));
  });

  it("refuse what is too long rather than cut it off", () => {
    expect(() => documentKey(1, "x".repeat(2_000))).toThrow(expect.objectContaining({ code: 17280 }) as Error);
  });
});
