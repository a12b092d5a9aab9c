/** What decides in a mall that has learnt nothing yet: a crowd is let through, what speaks against somebody is not. */
import { decideFraud, FIRST_POLICY } from "../../../../ml/fraud/decide";
import type { Attempt } from "../../../../ml/fraud/checkout-features";
import type { Finding } from "../../../../ml/fraud/attempts";
import { FIRST_HASH, FIRST_MODEL } from "../../../../ml/fraud/first";
import { foldAttempts } from "../../../../ml/fraud/learning";
import { CHECKOUT_FEATURES } from "../../../../models/fraud/fraud.features.contract";

const START = 1_767_225_600;
const PEOPLE = 400;
const names: readonly string[] = CHECKOUT_FEATURES;

const attempt = (n: number, more: Partial<Attempt> = {}): Attempt => ({
  ...{ id: `a${n}`, seconds: START + n * 5, amount: 10 + ((n * 37) % 190), ratio: 1, stopped: false },
  ...{ customer: `c${n}`, card: `k${n}`, device: null, address: "one house", seller: `s${n % 7}` },
  ...more,
});

function outcomes(attempts: readonly Attempt[], findings: readonly Finding[] = []): string[] {
  const rows = foldAttempts({ attempts, findings, now: START + 90 * 86_400 });
  return rows.map(({ values }) => {
    const row = Float32Array.from(FIRST_MODEL.features, (name) => values[names.indexOf(name)] as number);
    return decideFraud({ hash: FIRST_HASH, model: FIRST_MODEL }, row, FIRST_POLICY).outcome;
  });
}

const crowd = Array.from({ length: PEOPLE }, (_, n) => attempt(n));

it("lets four hundred people through who have their goods sent to one house within half an hour", () => {
  expect(new Set(outcomes(crowd))).toEqual(new Set(["allow"]));
});

it("does not let it through where frauds of that house are known", () => {
  const findings = [1, 2, 3, 4, 5, 6].map((n) => ({ id: `a${n}`, seconds: START + PEOPLE * 5, fraud: true }));
  const after = attempt(PEOPLE, { seconds: START + 30 * 86_400 - 3_600 });
  expect(outcomes([...crowd, after], findings).at(-1)).not.toBe("allow");
});
