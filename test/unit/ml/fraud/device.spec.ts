/** What is known of a device, and the counts, sums and means of everybody who is the same. */
import { attemptFact, attemptOf } from "../../../../ml/fraud/facts.service";
import { checkoutFeatures, type Attempt, type Before } from "../../../../ml/fraud/checkout-features";
import { CHECKOUT_FEATURES, type CheckoutFeature } from "../../../../models/fraud/fraud.features.contract";

const DAY = 86_400;
const NOW = 1_767_225_600;
const NOBODY: Before = { customer: [], card: [], device: [], address: [], seller: [] };

const attempt = (daysAgo: number, amount: number, more: Partial<Attempt> = {}): Attempt => ({
  ...{ id: `a${daysAgo}-${amount}`, seconds: NOW - daysAgo * DAY, amount, ratio: 1, stopped: false },
  ...{ customer: "c", card: "k", device: "d", address: "h", seller: "s" },
  ...more,
});

function featuresOf(before: Partial<Before>, known: (id: string) => boolean = () => false) {
  const { values } = checkoutFeatures(attempt(0, 50), { ...NOBODY, ...before }, known);
  return (name: CheckoutFeature): number => values[CHECKOUT_FEATURES.indexOf(name)] as number;
}

it.each(["card", "device", "address"] as const)(
  "counts, sums and means what the same %s did, by 1, 7 and 30 days",
  (who) => {
    const of = featuresOf({ [who]: [attempt(31, 1_000), attempt(20, 300), attempt(5, 60), attempt(0.5, 30)] });
    expect([of(`${who}_attempts_1_day`), of(`${who}_attempts_7_days`), of(`${who}_attempts_30_days`)]).toEqual([
      1, 2, 3,
    ]);
    expect([of(`${who}_sum_1_day`), of(`${who}_sum_7_days`), of(`${who}_sum_30_days`)]).toEqual([30, 90, 390]);
    expect([of(`${who}_mean_1_day`), of(`${who}_mean_7_days`), of(`${who}_mean_30_days`)]).toEqual([30, 45, 130]);
  },
);

it("sums and means what a seller was paid, and what a customer paid", () => {
  const of = featuresOf({ seller: [attempt(20, 300), attempt(0.5, 30)], customer: [attempt(20, 7), attempt(0.5, 3)] });
  expect([of("seller_sum_1_day"), of("seller_sum_7_days"), of("seller_sum_30_days")]).toEqual([30, 30, 330]);
  expect([of("seller_mean_1_day"), of("seller_mean_7_days"), of("seller_mean_30_days")]).toEqual([30, 30, 165]);
  expect([of("customer_sum_1_day"), of("customer_sum_7_days"), of("customer_sum_30_days")]).toEqual([3, 3, 10]);
});

it("sees one device in the hands of many, with many cards, this payment's own among them", () => {
  const of = featuresOf(
    {
      device: [
        attempt(8, 1, { customer: "long ago" }),
        attempt(2, 2, { customer: "x", card: "x1" }),
        attempt(1.5, 3, { customer: "x", card: "x2" }),
        attempt(0.01, 4, { customer: "c", card: null }),
      ],
    },
    (id) => id === "a2-2",
  );
  expect([of("device_customers_7_days"), of("device_cards_7_days"), of("device_known_frauds")]).toEqual([2, 3, 1]);
  expect(of("device_attempts_1_hour")).toBe(1);
});

it("knows nothing of a device that nobody told of, neither now nor of what was kept before devices were", () => {
  const of = featuresOf({});
  expect([of("device_attempts_30_days"), of("device_mean_30_days"), of("device_known_frauds")]).toEqual([0, 0, 0]);
  const { values } = checkoutFeatures(attempt(0, 1, { device: null }), NOBODY, () => false);
  expect(values[CHECKOUT_FEATURES.indexOf("device_customers_7_days")]).toBe(0);
  const { device: _device, ...older } = attemptFact(attempt(1, 2));
  expect(attemptOf(older).device).toBeNull();
});
