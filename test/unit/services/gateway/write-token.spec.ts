import fc from "fast-check";
import { isRefusal } from "../../../../models/kernel/refusal";
import { MARKS_MAX, readWrites, signWrites, TARGETS_MAX } from "../../../../services/gateway/write-token";

const SECRET = "a secret that is long enough to sign";

const name = fc.string({ minLength: 1, maxLength: 30 });
const mark = fc.record({
  source: name,
  version: fc.integer({ min: 1 }),
  targets: fc.array(fc.record({ projection: name, id: name }), { maxLength: 5 }),
});

test("what was signed is read back, one token or several", () => {
  fc.assert(
    fc.property(fc.array(mark, { maxLength: 5 }), fc.array(mark, { maxLength: 5 }), (a, b) => {
      const joined = [a, b].map((marks) => signWrites(SECRET, marks)).join(", ");
      expect(readWrites(SECRET, joined)).toEqual([...a, ...b]);
    }),
  );
});

test("no change of one letter goes through", () => {
  const token = signWrites(SECRET, [{ source: "offer/a", version: 2, targets: [{ projection: "products", id: "p" }] }]);
  const whole = token ?? "";
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.".split("");
  fc.assert(
    fc.property(fc.nat(whole.length - 2), fc.constantFrom(...letters), (at, letter) => {
      fc.pre(whole.charAt(at) !== letter);
      expect(() => readWrites(SECRET, whole.slice(0, at) + letter + whole.slice(at + 1))).toThrow("consistency token");
    }),
  );
});

test("any text is a refusal, never another error", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      try {
        readWrites(SECRET, text);
        throw new Error("read what nobody signed");
      } catch (error) {
        expect(isRefusal(error, "TOKEN_INVALID")).toBe(true);
      }
    }),
  );
});

test("a token is bounded: what does not fit is not signed", () => {
  const one = { source: "offer/a", version: 1, targets: [] };
  const targets = (count: number) => Array.from({ length: count }, () => ({ projection: "products", id: "p" }));
  expect(
    signWrites(
      SECRET,
      Array.from({ length: MARKS_MAX + 1 }, () => one),
    ),
  ).toBeUndefined();
  expect(signWrites(SECRET, [{ ...one, targets: targets(TARGETS_MAX + 1) }])).toBeUndefined();
  expect(signWrites(SECRET, [{ ...one, source: "x".repeat(10_000) }])).toBeUndefined();
  expect(signWrites(SECRET, [{ ...one, targets: targets(TARGETS_MAX) }])).toBeDefined();
  const many = Array.from({ length: MARKS_MAX }, () => signWrites(SECRET, [one])).join(",");
  expect(readWrites(SECRET, many)).toHaveLength(MARKS_MAX);
  const pairs = signWrites(SECRET, [one, one]) ?? "";
  expect(() => readWrites(SECRET, Array(MARKS_MAX).fill(pairs).join(","))).toThrow(`more than ${MARKS_MAX}`);
});
