import { explained, unexplained } from "../../../../models/decision/decision.words.contract";

const model = { name: "fraud", version: 2, hash: "x" };
const taken = {
  features: {},
  contributions: [
    { name: "amount_to_usual", value: 2 },
    { name: "bias", value: -4 },
    { name: "odd_3_days", value: 0.5 },
  ],
  residual: 0.25,
  score: -1.25,
};

it("says what came out, the reasons, the strongest parts without the bias, and what acts together", () => {
  const reasons = [{ code: "A", text: { en: "The amount is odd." } }];
  expect(explained(model, { ...taken, verdict: "block", reasons })["en"]).toBe(
    'The model fraud, version 2, came to a score of -1.250 and to "block". The amount is odd. ' +
      "For it spoke amount to usual (+2.00), odd 3 days (+0.500); against it nothing. " +
      "How they act together adds +0.250.",
  );
});

it("says it in each language, and a reason that is older than the others in English", () => {
  const reasons = [{ code: "A", text: { en: "The amount is odd.", ko: "금액이 이상합니다." } }];
  const said = explained(model, { ...taken, verdict: "block", reasons });
  expect(said.de).toBe(
    "Das Modell fraud, Version 2, kam auf einen Wert von -1.250 und auf „block“. The amount is odd. " +
      "Dafür sprach amount to usual (+2.00), odd 3 days (+0.500); dagegen nichts. " +
      "Wie sie zusammenwirken, macht +0.250 aus.",
  );
  expect(said.ko).toContain("금액이 이상합니다.");
  expect(said.ar).toContain("لا شيء");
});

it("finds what parts leave unexplained, and bears rounding", () => {
  expect(unexplained(taken)).toBe(0);
  expect(unexplained({ ...taken, residual: 0.25 + 1e-13 })).toBe(0);
  expect(unexplained({ ...taken, residual: 0.2501 })).toBeCloseTo(1e-4);
});
