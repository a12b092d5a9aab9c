/** Reasons in words, with a code for machines: what a person who reviews a payment, or disputes a refusal, is told. */

export interface Reason {
  readonly code: string;
  readonly text: string;
}

const times = (x: number): string => `${x.toFixed(1)} times`;
const days = (x: number): string => `${Math.floor(x)} days`;

const WORDS: Readonly<Record<string, (value: number) => string>> = {
  TX_AMOUNT: (x) => `The amount is ${x.toFixed(2)}.`,
  TERMINAL_ID_RISK_30DAY_WINDOW: (x) => `Of the known payments there of 30 days, ${(100 * x).toFixed(0)} % were fraud.`,
  amount_to_usual: (x) => `The amount is ${times(x)} what this customer usually spends.`,
  amount_deviations: (x) => `The amount is ${x.toFixed(1)} deviations from what this customer usually spends.`,
  odd_3_days: (x) => `This customer made ${x} other payments of unusual amounts in the last 3 days.`,
  odd_14_days: (x) => `This customer made ${x} other payments of unusual amounts in the last 14 days.`,
  largest_ratio_14_days: (x) => `A payment of the last 14 days was ${times(x)} the usual amount.`,
  ratio_mean_7_days: (x) => `Payments of the last 7 days were ${times(x)} the usual amount on average.`,
  terminal_risk_shrunk: (x) => `The share of fraud at this place is taken to be ${(100 * x).toFixed(1)} %.`,
  terminal_series_frauds: (x) => `The last ${x} known payments at this place were all fraud.`,
  terminal_series_age: (x) => `A series of frauds at this place began ${days(x)} ago.`,
  terminal_series_age_max: (x) => `The last honest payment before a series of frauds there was ${days(x)} ago.`,
  terminal_series_start_known: () => "When the series of frauds at this place began is known closely.",
  terminal_last_known_age: (x) => `Of the last ${days(x)} at this place nothing is known yet.`,
  customer_attempts_1_hour: (x) => `This customer tried to pay ${x} times in the last hour.`,
  customer_stopped_7_days: (x) => `${x} payments of this customer were stopped in the last 7 days.`,
  customer_known_frauds: (x) => `${x} payments of this customer turned out to be fraud.`,
  card_attempts_1_day: (x) => `This card was used ${x} times in the last day.`,
  card_known_frauds: (x) => `${x} payments with this card turned out to be fraud.`,
  address_known_frauds: (x) => `${x} payments for this address turned out to be fraud.`,
  delivery_distance: (x) =>
    x >= 3 ? "The goods go to another country than ever before." : "The goods go to a place where none went before.",
  address_customers_7_days: (x) => `${x} customers ordered to this address in the last 7 days.`,
  terminal_honest_since: (x) => `At this place, ${x} payments since the last fraud were honest.`,
};

export function reasonFor(feature: string, value: number): Reason {
  const words = WORDS[feature];
  return { code: feature.toUpperCase(), text: words ? words(value) : `${feature} is ${value}.` };
}
