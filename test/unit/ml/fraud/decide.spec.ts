/** What is done about a payment, why, again, and if the rules were others. */
import { decideFraud, FIRST_POLICY, replayFraud, whatIf, type FraudDecision } from "../../../../ml/fraud/decide";
import type { FraudModel } from "../../../../ml/fraud/model";
import { reasonFor } from "../../../../ml/fraud/reasons";
import { MODEL_FEATURES } from "../../../../ml/fraud/train";

const zeros = MODEL_FEATURES.map(() => 0);
const scaling = { means: zeros, deviations: zeros.map(() => 1), logarithmic: false };
const at = (name: (typeof MODEL_FEATURES)[number]): number => MODEL_FEATURES.indexOf(name);

/** Says what the ratio to the usual amount says, and nothing else. */
const model: FraudModel = {
  features: MODEL_FEATURES,
  trees: { base: 0, trees: [] },
  logistic: { scaling, bias: -6, weights: zeros.map((_zero, f) => (f === at("amount_to_usual") ? 1.5 : 0)) },
  net: { scaling, layers: [{ inputs: zeros.length, outputs: 1, weights: zeros, biases: [0] }] },
  shares: { trees: 0, logistic: 1, net: 0 },
  calibration: { slope: 1, intercept: 0 },
};
const known = { hash: "a".repeat(64), model };
const row = (ratio: number, amount = 10): Float32Array => {
  const features = new Float32Array(MODEL_FEATURES.length);
  features[at("amount_to_usual")] = ratio;
  features[at("TX_AMOUNT")] = amount;
  return features;
};
const decide = (ratio: number, amount?: number): FraudDecision => decideFraud(known, row(ratio, amount), FIRST_POLICY);

describe("a decision", () => {
  it.each([
    [1, "allow"],
    [3.5, "challenge"],
    [4.5, "review"],
    [9, "block"],
  ])("on a payment of %d times the usual amount is %s", (ratio, outcome) => {
    expect(decide(ratio).outcome).toBe(outcome);
  });

  it("says in words what raised it", () => {
    const [reason, ...more] = decide(5).reasons;
    expect([reason?.code, more]).toEqual(["AMOUNT_TO_USUAL", []]);
    expect(reason?.text).toMatchObject({
      en: "The amount is 5.0 times what this customer usually spends.",
      de: "Der Betrag ist das 5.0-Fache dessen, was diese Person sonst ausgibt.",
    });
    const told = MODEL_FEATURES.map((name) => reasonFor(name, 2).text);
    expect(told.every(({ en }) => /^[A-Z].*\.$/.test(en))).toBe(true);
    for (const text of told) expect(new Set(Object.values(text)).size).toBe(4);
  });

  it("is made harder by a rule, never milder", () => {
    const rule = { name: "large", feature: "TX_AMOUNT", atLeast: 500, outcome: "review" } as const;
    const policy = { ...FIRST_POLICY, rules: [rule] };
    expect(decideFraud(known, row(1, 500), policy)).toMatchObject({ outcome: "review", rules: ["large"] });
    expect(decideFraud(known, row(9, 500), policy).outcome).toBe("block");
    expect(decideFraud(known, row(1, 499), policy)).toMatchObject({ outcome: "allow", rules: [] });
  });

  it("comes out with the same bits when it is made again from what was kept", () => {
    const kept = JSON.parse(JSON.stringify(decide(3.7, 123.45))) as FraudDecision;
    expect(replayFraud(known, kept, FIRST_POLICY)).toEqual(decide(3.7, 123.45));
    expect(JSON.stringify(replayFraud(known, kept, FIRST_POLICY))).toBe(JSON.stringify(kept));
  });
});

describe("what if", () => {
  const past = [
    { decision: decide(1), label: 0 },
    { decision: decide(3.5), label: 0 },
    { decision: decide(4.5), label: 1 },
    { decision: decide(9), label: null },
  ] as const;

  it("counts what would come out otherwise, and whom it would stop", () => {
    const lax = { ...FIRST_POLICY, thresholds: { challenge: 0.6, review: 0.8, block: 0.99 } };
    expect(whatIf(past, MODEL_FEATURES, lax)).toEqual({
      moved: { "challenge>allow": 1, "review>challenge": 1 },
      fraudsStopped: 1,
      honestStopped: 0,
    });
    expect(whatIf(past, MODEL_FEATURES, FIRST_POLICY)).toEqual({ moved: {}, fraudsStopped: 1, honestStopped: 1 });
  });
});
