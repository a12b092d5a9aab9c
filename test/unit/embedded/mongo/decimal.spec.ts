import { Decimal128 } from "bson";
import fc from "fast-check";
import { addDecimals } from "../../../../embedded/mongo/decimal";

const sum = (a: string, b: string): string =>
  addDecimals(Decimal128.fromString(a), Decimal128.fromString(b)).toString();

describe("a sum of decimals", () => {
  it.each([
    ["10.5", "0.1", "10.6"],
    ["0.1", "0.2", "0.3"],
    ["1.10", "1.1", "2.20"],
    ["-1.5", "1.5", "0.0"],
    ["-0", "-0", "-0"],
    ["1E+3", "1", "1001"],
    ["9999999999999999999999999999999999", "1", "1.000000000000000000000000000000000E+34"],
    ["1", "0E-6176", "1.000000000000000000000000000000000"],
  ])("%s + %s = %s", (a, b, expected) => {
    expect(sum(a, b)).toBe(expected);
  });

  it.each([
    ["1E+40", "1"],
    ["9999999999999999999999999999999999", "0.5"],
    ["9999999999999999999999999999999999E+6111", "9999999999999999999999999999999999E+6111"],
    ["NaN", "1"],
    ["Infinity", "1"],
  ])("%s + %s is refused, for it has no exact place", (a, b) => {
    expect(() => sum(a, b)).toThrow(expect.objectContaining({ code: 115 }) as Error);
  });

  it("is what integers of cents say", () => {
    const cents = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });
    const money = (value: bigint): string => `${value}E-2`;
    fc.assert(
      fc.property(cents, cents, (a, b) => {
        expect(sum(money(a), money(b))).toBe(Decimal128.fromString(money(a + b)).toString());
      }),
    );
  });
});
