/**
 * A market of card holders and terminals with three kinds of fraud, as the Fraud Detection Handbook (Le Borgne et al.,
 * Université Libre de Bruxelles) describes it in its chapter on simulated data: same laws, own dice. It is for tests
 * and for the choice of settings; it carries its own signal and says nothing of the quality on a real market.
 */
import { chance, permutation, seedOf, type Chance } from "../kernel/random";
import { SECONDS_A_DAY, transactionsBuilder, type Transactions } from "./transactions";

export interface MarketSize {
  readonly customers: number;
  readonly terminals: number;
  readonly days: number;
}

export const HANDBOOK_SIZE: MarketSize = { customers: 5_000, terminals: 10_000, days: 183 };
/** 2018-04-01, a Sunday, in seconds since 1970. */
export const HANDBOOK_START = Date.UTC(2018, 3, 1) / 1_000;

const FIELD = 100;
const RADIUS = 5;
const NOON = SECONDS_A_DAY / 2;
const NOON_DEVIATION = 20_000;

interface Sale {
  readonly seconds: number;
  readonly customer: number;
  readonly terminal: number;
  amount: number;
  label: number;
}

interface Place {
  readonly x: number;
  readonly y: number;
}

interface Customer extends Place {
  readonly meanAmount: number;
  readonly salesPerDay: number;
}

const placed = (random: Chance): Place => ({ x: random.next() * FIELD, y: random.next() * FIELD });
const near = (a: Place, b: Place): boolean => (a.x - b.x) ** 2 + (a.y - b.y) ** 2 < RADIUS ** 2;

/** Knuth's method: good for rates of a few. */
function poisson({ next }: Chance, rate: number): number {
  const limit = Math.exp(-rate);
  let count = 0;
  for (let product = next(); product > limit; product *= next()) count += 1;
  return count;
}

const amountOf = (random: Chance, mean: number): number => {
  const drawn = mean + (random.normal() * mean) / 2;
  return Math.round((drawn < 0 ? random.next() * mean * 2 : drawn) * 100) / 100;
};

function salesOfDay(
  random: Chance,
  customer: Customer & { id: number },
  reach: readonly number[],
  day: number,
): Sale[] {
  const sales: Sale[] = [];
  const count = poisson(random, customer.salesPerDay);
  for (let i = 0; i < count; i++) {
    const time = Math.trunc(NOON + random.normal() * NOON_DEVIATION);
    const amount = amountOf(random, customer.meanAmount);
    if (time <= 0 || time >= SECONDS_A_DAY || reach.length === 0) continue;
    const terminal = reach[random.below(reach.length)] as number;
    sales.push({ seconds: day * SECONDS_A_DAY + time, customer: customer.id, terminal, amount, label: 0 });
  }
  return sales;
}

function honestSales(size: MarketSize, seed: number): Sale[] {
  const random = chance(seedOf(seed, 1));
  const terminals = Array.from({ length: size.terminals }, () => placed(random));
  const sales: Sale[] = [];
  for (let id = 0; id < size.customers; id++) {
    const customer = {
      id,
      ...placed(random),
      meanAmount: 5 + random.next() * 95,
      salesPerDay: random.next() * 4,
    };
    const reach = [...terminals.keys()].filter((t) => near(terminals[t] as Place, customer));
    for (let day = 0; day < size.days; day++) sales.push(...salesOfDay(random, customer, reach, day));
  }
  return sales.sort((a, b) => a.seconds - b.seconds);
}

/** Those of `count` that are hit on each day, `each` of them. */
const drawnPerDay = (random: Chance, { days }: MarketSize, count: number, each: number): number[][] =>
  Array.from({ length: days - 1 }, () => Array.from({ length: each }, () => random.below(count)));

/** Rows by customer or by terminal. */
function grouped(sales: readonly Sale[], by: "customer" | "terminal"): Map<number, Sale[]> {
  const groups = new Map<number, Sale[]>();
  for (const sale of sales) {
    const group = groups.get(sale[by]);
    if (group) group.push(sale);
    else groups.set(sale[by], [sale]);
  }
  return groups;
}

const during = (sales: readonly Sale[] | undefined, day: number, days: number): Sale[] =>
  (sales ?? []).filter(({ seconds }) => seconds >= day * SECONDS_A_DAY && seconds < (day + days) * SECONDS_A_DAY);

function compromiseTerminals(sales: readonly Sale[], size: MarketSize, random: Chance): void {
  const ofTerminal = grouped(sales, "terminal");
  drawnPerDay(random, size, size.terminals, 2).forEach((hit, day) => {
    for (const terminal of hit) for (const sale of during(ofTerminal.get(terminal), day, 28)) sale.label = 1;
  });
}

function compromiseCustomers(sales: readonly Sale[], size: MarketSize, random: Chance): void {
  const ofCustomer = grouped(sales, "customer");
  drawnPerDay(random, size, size.customers, 3).forEach((hit, day) => {
    const all = hit.flatMap((customer) => during(ofCustomer.get(customer), day, 14));
    const order = permutation(all.length, random.below(2 ** 32));
    for (const index of order.subarray(0, Math.floor(all.length / 3))) {
      const sale = all[index] as Sale;
      sale.amount = Math.round(sale.amount * 500) / 100;
      sale.label = 1;
    }
  });
}

/** The same seed gives the same market. */
export function marketOf(seed: number, size: MarketSize = HANDBOOK_SIZE): Transactions {
  const sales = honestSales(size, seed);
  for (const sale of sales) if (sale.amount > 220) sale.label = 1;
  compromiseTerminals(sales, size, chance(seedOf(seed, 2)));
  compromiseCustomers(sales, size, chance(seedOf(seed, 3)));
  const builder = transactionsBuilder();
  sales.forEach((sale, id) =>
    builder.add({
      id,
      seconds: HANDBOOK_START + sale.seconds,
      customer: String(sale.customer),
      terminal: String(sale.terminal),
      amount: sale.amount,
      label: sale.label,
    }),
  );
  return builder.done();
}
