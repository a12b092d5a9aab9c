import { minorOf } from "../../../../bin/import/decimal";

it.each([
  ["49.99", "EUR", 4_999],
  [49.99, "USD", 4_999],
  [1.005, "USD", 101],
  ["40.000", "PLN", 4_000],
  ["59.995", "USD", 6_000],
  ["0.994", "USD", 99],
  ["12", "USD", 1_200],
  ["12.6", "JPY", 13],
  ["1.2345", "KWD", 1_235],
])("%s %s is %d minor units", (amount, currency, minor) => {
  expect(minorOf(amount, currency)).toBe(minor);
});

it.each(["", "-1", "1,5", "1e3", "cheap", "99999999999999", "."])("%j is no amount", (amount) => {
  expect(minorOf(amount, "USD")).toBeNull();
});
