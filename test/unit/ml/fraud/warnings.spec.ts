import { warningsOf, type WatchedAttempt } from "../../../../ml/fraud/warnings";

const NOW = 1_767_225_600;
const DAY = 86_400;
const attempt = (n: number, more: Partial<WatchedAttempt> = {}): WatchedAttempt => ({
  ...{ seconds: NOW - 2 * DAY - n * 600, seller: `s${n % 5}`, region: "DE-10", products: [`p${n % 9}`] },
  ...{ probability: 0.01, stopped: false, ...more },
});
const usual = Array.from({ length: 500 }, (_, n) => attempt(n));
const today = (n: number, more: Partial<WatchedAttempt> = {}) => attempt(n, { seconds: NOW - 60 * (n + 1), ...more });
const calm = Array.from({ length: 60 }, (_, n) => today(n));

describe("early warning", () => {
  it("is silent on a usual day, and of a handful", () => {
    expect(warningsOf([...usual, ...calm], NOW)).toEqual([]);
    const few = Array.from({ length: 4 }, (_, n) => today(n, { seller: "new", probability: 0.9, region: "FR-75" }));
    expect(warningsOf([...usual, ...calm, ...few], NOW).filter(({ id }) => id === "new")).toEqual([]);
  });

  it("names the seller, the product and the region whose payments have become risky, and nobody else", () => {
    const bad = { seller: "new", products: ["fake"], region: "FR-75", probability: 0.4 };
    const wave = Array.from({ length: 12 }, (_, n) => today(n, { ...bad, stopped: n < 3 }));
    const found = warningsOf([...usual, ...calm, ...wave], NOW);
    expect(
      found
        .slice(0, 3)
        .map(({ of, id }) => `${of}:${id}`)
        .sort(),
    ).toEqual(["product:fake", "region:FR-75", "seller:new"]);
    expect(found.map(({ id }) => id)).not.toContain("DE-10");
    expect(found[0]).toMatchObject({ attempts: 12, stopped: 3, usual: expect.closeTo(0.01) as number });
  });

  it("forgets after a day", () => {
    const wave = Array.from({ length: 12 }, (_, n) => attempt(n, { seller: "new", probability: 0.4 }));
    expect(warningsOf([...usual, ...wave], NOW)).toEqual([]);
  });
});
