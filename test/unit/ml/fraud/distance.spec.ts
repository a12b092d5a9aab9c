/** How far a delivery lies from those before it. */
import { CHECKOUT_FEATURES } from "../../../../models/fraud/fraud.features.contract";
import { checkoutFeatures, type Attempt, type NewAttempt } from "../../../../ml/fraud/checkout-features";
import { attemptFact, attemptOf } from "../../../../ml/fraud/facts.service";

const START = 1_767_225_600;
const to = (region: string | null, address: string | null = `street in ${region ?? "nowhere"}`, n = 1): Attempt => ({
  ...{ id: `a${n}`, seconds: START + n, amount: 10, ratio: 1, stopped: false },
  ...{ customer: "c", card: null, device: null, address, region, seller: "s" },
});

function distance(now: NewAttempt, ...customer: readonly Attempt[]): number {
  const { values } = checkoutFeatures(now, { customer, card: [], device: [], address: [], seller: [] }, () => false);
  return values[CHECKOUT_FEATURES.indexOf("delivery_distance")] as number;
}

describe("the distance of a delivery", () => {
  const now = to("DE-10", "here", 9);

  it("grows from the same address to another country, and the nearest before counts", () => {
    expect(distance(now, to("DE-10", "here"))).toBe(0);
    expect(distance(now, to("DE-10"))).toBe(1);
    expect(distance(now, to("DE-80"))).toBe(2);
    expect(distance(now, to("FR-75"))).toBe(3);
    expect(distance(now, to("FR-75"), to("DE-10"), to("DE-80"))).toBe(1);
  });

  it("is nothing where there is nothing to compare with", () => {
    expect(distance(now)).toBe(0);
    expect(distance(now, to(null))).toBe(0);
    expect(distance(to(null, null), to("FR-75"))).toBe(0);
  });

  it("is the same of attempts that were kept, and of those from before regions were", () => {
    const kept = attemptFact(to("FR-75"));
    expect(distance(now, attemptOf(kept))).toBe(3);
    const { region: _region, ...older } = kept;
    expect(distance(now, attemptOf(older))).toBe(0);
  });
});
