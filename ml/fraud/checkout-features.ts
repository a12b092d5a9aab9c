/**
 * The features of a payment at a checkout: one pure function for training and for serving, of the attempts before it
 * by the same customer, card, device, address and seller, and of what was known by then to have been fraud. The seller
 * who gets most of the money stands where the Handbook's terminal does.
 */
import { AT_CHECKOUT, CHECKOUT_FEATURES } from "../../models/fraud/fraud.features.contract";
import { FEATURES, foldTransaction, type CustomerState, type TerminalState } from "./features";
import { lately, sumsOf } from "./sums";
import { SECONDS_A_DAY } from "./transactions";
import { emptyUsual, HORIZON_DAYS, learnUsual, type Memory, type Remembered } from "./window";

/** An attempt to pay, as far as judging later ones needs it. Who it was stands here as codes. */
export interface Attempt {
  readonly id: string;
  /** Seconds since 1970, with their fraction. */
  readonly seconds: number;
  /** In major units of whatever currency. */
  readonly amount: number;
  readonly customer: string;
  readonly card: string | null;
  /** Of a browser that told which it is; older ones have none. */
  readonly device: string | null;
  readonly address: string | null;
  /** Coarse enough to be nobody's: a country and the beginning of a postal code, `DE-10`; older ones have none. */
  readonly region?: string | null;
  readonly seller: string;
  /** How many times the customer's usual amount, as it was then. */
  readonly ratio: number;
  /** Whether it was not simply let through. */
  readonly stopped: boolean;
}

export type NewAttempt = Omit<Attempt, "ratio" | "stopped">;

/** Attempts before one, oldest first, each by one who is the same. */
export interface Before {
  readonly customer: readonly Attempt[];
  readonly card: readonly Attempt[];
  readonly device: readonly Attempt[];
  readonly address: readonly Attempt[];
  readonly seller: readonly Attempt[];
}

/** Whether an attempt was known, by a moment, to have been fraud: what was found out later is not known. */
export type KnownFraud = (id: string, bySeconds: number) => boolean;

/** Of each who is the same so many are looked at, the newest. */
export const LOOKED_AT_MAX = 500;
const HOUR = 3_600;

const memoryOf = (attempts: readonly Attempt[], { seconds }: NewAttempt, known: KnownFraud): Memory => ({
  head: 0,
  list: attempts
    .filter((one) => one.seconds > seconds - HORIZON_DAYS * SECONDS_A_DAY)
    .map(({ id, seconds: at, amount, ratio }): Remembered => ({
      ...{ seconds: at, amount, ratio, id: 0, label: known(id, seconds) ? 1 : 0 },
    })),
});

function customerOf(attempts: readonly Attempt[], now: NewAttempt, known: KnownFraud): CustomerState {
  const memory = memoryOf(attempts, now, known);
  const usual = emptyUsual();
  for (const { amount } of memory.list) learnUsual(usual, amount);
  return { memory, usual };
}

const countryOf = (region: string): string => region.slice(0, region.indexOf("-"));

/** How far one delivery lies from another: the same address, the same part of a country, the same country, abroad. */
function stepsBetween(one: NewAttempt, other: NewAttempt): number {
  if (one.address !== null && one.address === other.address) return 0;
  const [here, there] = [one.region, other.region];
  if (!here || !there) return 0;
  if (here === there) return 1;
  return countryOf(here) === countryOf(there) ? 2 : 3;
}

/** From the nearest of what this customer had sent before; nothing where nothing was. */
const distanceOf = (now: NewAttempt, { customer }: Before): number =>
  customer.length === 0 ? 0 : Math.min(...customer.map((one) => stepsBetween(now, one)));

/** How many there were of each other kind within a week, this attempt's own among them. */
const different = (attempts: readonly Attempt[], now: NewAttempt, of: "customer" | "card"): number =>
  new Set([now, ...lately(attempts, now, 7 * SECONDS_A_DAY)].flatMap((one) => one[of] ?? [])).size;

/** In the order of `AT_CHECKOUT`. */
function atCheckout(now: NewAttempt, before: Before, known: KnownFraud): readonly number[] {
  const { customer, card, device, address, seller } = before;
  const frauds = (attempts: readonly Attempt[]): number => attempts.filter(({ id }) => known(id, now.seconds)).length;
  const inHour = (attempts: readonly Attempt[]): number => lately(attempts, now, HOUR).length;
  const all = (attempts: readonly Attempt[]): readonly number[] => {
    const { counts, sums, means } = sumsOf(attempts, now);
    return [...counts, ...sums, ...means];
  };
  const stopped = lately(customer, now, 7 * SECONDS_A_DAY).filter((one) => one.stopped).length;
  const there = now.device === null ? [0, 0] : [different(device, now, "customer"), different(device, now, "card")];
  const { sums, means } = sumsOf(seller, now);
  return [
    Math.floor((now.seconds % SECONDS_A_DAY) / HOUR),
    ...[inHour(customer), stopped, frauds(customer), ...sumsOf(customer, now).sums],
    ...[inHour(card), ...all(card), frauds(card)],
    ...[inHour(device), ...all(device), ...there, frauds(device)],
    ...[...all(address), different(address, now, "customer"), frauds(address)],
    ...[...sums, ...means],
    distanceOf(now, before),
  ];
}

export interface CheckoutFeatures {
  /** As 32-bit numbers, in the order of `CHECKOUT_FEATURES`. */
  readonly values: Float32Array;
  /** How many times the customer's usual amount. */
  readonly ratio: number;
}

export function checkoutFeatures(now: NewAttempt, before: Before, known: KnownFraud): CheckoutFeatures {
  const out = new Float64Array(FEATURES.length);
  const terminal: TerminalState = { memory: memoryOf(before.seller, now, known) };
  const one = { id: 0, seconds: now.seconds, amount: now.amount };
  const { ratio } = foldTransaction(one, customerOf(before.customer, now, known), terminal, out);
  const values = new Float32Array(CHECKOUT_FEATURES.length);
  values.set(out);
  values.set(atCheckout(now, before, known), CHECKOUT_FEATURES.length - AT_CHECKOUT.length);
  return { values, ratio };
}
