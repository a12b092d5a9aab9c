/**
 * The exact sum of two Decimal128 numbers. A sum that needs more than 34 digits is refused rather than rounded; like
 * IEEE 754 asks, the exponent is the lesser of the two, or the nearest one at which the digits fit.
 */
import { Decimal128 } from "bson";
import { Refused } from "./errors";

const DIGITS_MAX = 34;
const EXPONENT_MAX = 6111;

type Parts = { negative: boolean; digits: bigint; exponent: number };

function partsOf(value: Decimal128): Parts {
  const found = /^(-?)(\d+)(?:\.(\d+))?(?:E([+-]?\d+))?$/.exec(value.toString());
  if (!found) throw new Refused(`Arithmetic on ${value.toString()}`);
  const [, sign, whole = "0", decimals = "", power = "0"] = found;
  const negative = sign === "-";
  const size = BigInt(whole + decimals);
  return { negative, digits: negative ? -size : size, exponent: Number(power) - decimals.length };
}

/** Gives up zeros at the end only. @throws Refused when that is not enough. */
function fitted(digits: string, exponent: number): string {
  const surplus = digits.length - DIGITS_MAX;
  if (surplus <= 0) return `${digits}E${exponent}`;
  if (!/^0+$/.test(digits.slice(-surplus)) || exponent + surplus > EXPONENT_MAX) {
    throw new Refused("A Decimal128 sum of more than 34 digits");
  }
  return `${digits.slice(0, -surplus)}E${exponent + surplus}`;
}

/** @throws Refused for infinities, NaN, and sums of more than 34 digits. */
export function addDecimals(a: Decimal128, b: Decimal128): Decimal128 {
  const [x, y] = [partsOf(a), partsOf(b)];
  const exponent = Math.min(x.exponent, y.exponent);
  const scaled = ({ digits, exponent: own }: Parts): bigint => digits * 10n ** BigInt(own - exponent);
  const sum = scaled(x) + scaled(y);
  const negative = sum < 0n || (sum === 0n && x.negative && y.negative);
  const size = sum < 0n ? -sum : sum;
  return Decimal128.fromString((negative ? "-" : "") + fitted(size.toString(), exponent));
}
