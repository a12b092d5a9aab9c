/**
 * The features of a payment at a checkout: one pure function for training and for serving, of the attempts before it
 * by the same customer, card, address and seller, and of what was known by then to have been fraud. The seller who gets
 * most of the money stands where the Handbook's terminal does.
 */
import { AT_CHECKOUT, CHECKOUT_FEATURES } from "../../models/fraud/fraud.features.contract";
import { FEATURES, foldTransaction, type CustomerState, type TerminalState } from "./features";
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

/** Of the last so many seconds, this attempt not among them. */
const lately = (attempts: readonly Attempt[], { seconds }: NewAttempt, within: number): readonly Attempt[] =>
  attempts.filter((one) => one.seconds > seconds - within);

const sumOf = (attempts: readonly Attempt[]): number => attempts.reduce((sum, { amount }) => sum + amount, 0);

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

/** In the order of `AT_CHECKOUT`. */
function atCheckout(now: NewAttempt, before: Before, known: KnownFraud): readonly number[] {
  const { customer, card, address } = before;
  const frauds = (attempts: readonly Attempt[]): number => attempts.filter(({ id }) => known(id, now.seconds)).length;
  const count = (attempts: readonly Attempt[], within: number): number => lately(attempts, now, within).length;
  const week = lately(customer, now, 7 * SECONDS_A_DAY);
  const there = new Set([now.customer, ...lately(address, now, 7 * SECONDS_A_DAY).map((one) => one.customer)]);
  return [
    Math.floor((now.seconds % SECONDS_A_DAY) / HOUR),
    count(customer, HOUR),
    week.filter(({ stopped }) => stopped).length,
    frauds(customer),
    sumOf(week),
    count(card, HOUR),
    count(card, SECONDS_A_DAY),
    count(card, 7 * SECONDS_A_DAY),
    sumOf(lately(card, now, SECONDS_A_DAY)),
    frauds(card),
    count(address, SECONDS_A_DAY),
    count(address, 7 * SECONDS_A_DAY),
    count(address, 30 * SECONDS_A_DAY),
    there.size,
    frauds(address),
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
