import * as fc from "fast-check";
import { add, AMOUNT_MINOR_MAX, moneySchema, split } from "../../../../models/kernel/money";

const eur = (amountMinor: number) => ({ amountMinor, currency: "EUR" });
const amount = fc.integer({ min: 0, max: AMOUNT_MINOR_MAX });
const weights = fc
  .array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 60 })
  .filter((list) => list.some((weight) => weight > 0));

describe("money", () => {
  it("is split so that the parts make the whole, each within one unit of its share", () => {
    fc.assert(
      fc.property(amount, weights, (whole, shares) => {
        const parts = split(eur(whole), shares);
        const sum = shares.reduce((total, share) => total + share, 0);
        expect(parts.reduce((total, part) => total + part.amountMinor, 0)).toBe(whole);
        parts.forEach(({ amountMinor, currency }, i) => {
          expect(currency).toBe("EUR");
          expect(Math.abs(amountMinor - (whole * (shares[i] ?? 0)) / sum)).toBeLessThanOrEqual(1.001);
        });
      }),
    );
  });

  it("that is refunded is split to the same parts with the other sign, to the last unit", () => {
    fc.assert(
      fc.property(amount, weights, (whole, shares) => {
        const parts = split(eur(-whole), shares);
        expect(parts.reduce((total, part) => total + part.amountMinor, 0)).toBe(0 - whole);
      }),
    );
  });

  it("gives what is left over to the largest remainder, and of equals to the first", () => {
    expect(split(eur(100), [1, 1, 1]).map((part) => part.amountMinor)).toEqual([34, 33, 33]);
    expect(split(eur(5), [0.1, 0.6, 0.3]).map((part) => part.amountMinor)).toEqual([1, 3, 1]);
    expect(split(eur(7), [0, 1]).map((part) => part.amountMinor)).toEqual([0, 7]);
  });

  it.each([[[]], [[0, 0]], [[1, -1]], [[NaN]]])("cannot be split by %p", (shares) => {
    expect(() => split(eur(1), shares)).toThrow(RangeError);
  });

  it("is added within one currency only", () => {
    expect(add(eur(1), eur(2))).toEqual(eur(3));
    expect(() => add(eur(1), { amountMinor: 1, currency: "USD" })).toThrow(
      expect.objectContaining({ type: "CURRENCY_MISMATCH", data: { currencies: ["EUR", "USD"] } }) as Error,
    );
  });

  it.each([
    eur(-1),
    eur(0.5),
    eur(AMOUNT_MINOR_MAX + 1),
    { amountMinor: 1, currency: "eur" },
    { amountMinor: 1 },
    { ...eur(1), tax: 1 },
  ])("as a price is not %j", (price) => {
    expect(moneySchema.validate(price).error).toBeDefined();
  });
});
