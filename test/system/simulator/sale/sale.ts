/**
 * A sale from a seed: a few units of one thing, many who want it at the same moment, and processes that die meanwhile.
 * When the storm is over, late customers take what declined cards and closed windows gave back: then exactly what was
 * there is sold, and whoever got nothing was told what there was.
 */
import { checkout } from "../../../../models/checkout/checkout.aggregate";
import { erased } from "../../../../models/kernel/aggregate";
import { stock } from "../../../../models/stock/stock.aggregate";
import { stockIdOf } from "../../../../models/stock/stock.contract";
import { wait } from "../../../../services/kernel/wait";
import { openActors } from "../../../support/memory-actors";
import type { FaultCounts } from "../faults";
import { chanceOf } from "../random";
import { sharedHistories } from "../shared-histories";
import { takeTime } from "../virtual-time";
import { createWorld, type World } from "../world";
import { anyCustomer, buy, lateCustomer, metaOf } from "./customers";
import { openHouse, type Market, type SaleSabotage } from "./house";
import { newOutside, OFFER, SELLER, type Customer } from "./outside";
import { faultsOf, leftOf, stateOf, type Purchase, type Sale } from "./verdict";

export interface SaleOutcome {
  readonly seed: number;
  /** What is wrong; empty when nothing is. */
  readonly violations: readonly string[];
  readonly units: number;
  readonly customers: number;
  /** Commands to stock and checkouts that made a version. */
  readonly commands: number;
  readonly steps: number;
  readonly faults: FaultCounts;
  /** How many ended how. */
  readonly ends: ReadonlyMap<string, number>;
}

export interface SaleOptions {
  readonly seed: number;
  readonly sabotage?: SaleSabotage;
  readonly log?: (line: string) => void;
}

const HOUSES = [2, 3] as const;
const UNITS_MAX = 6;
const BACKORDERS_MAX = 3;
const CUSTOMERS_PER_UNIT = 4;
const RESTART_AFTER_MS = 400;
const TIMERS_EVERY_MS = 1_000;
/** A customer who does not come back from their bank holds what they have for a quarter of an hour. */
const OVER_WITHIN_MS = 30 * 60_000;
const STEPS_MAX = 400_000;
const LATE_MORE = 3;
const FAULTS_TOLD = 20;

async function until(world: World, done: () => boolean): Promise<number> {
  for (let steps = 0; steps < STEPS_MAX; steps++) {
    if (done()) return steps;
    if (!(await world.step())) throw new Error("nothing happens any more, and the sale is not over");
  }
  throw new Error(`the sale is not over after ${STEPS_MAX} steps`);
}

/** What the durable timers of a mall do: they go on with what nobody drives any more. */
function keepTimers(market: Market): void {
  const { checkouts, houses, world } = market;
  setInterval(() => {
    const now = new Date(world.time.now()).toISOString();
    const ids = new Set(checkouts.all().map(({ aggregateId }) => aggregateId));
    for (const id of ids) {
      const [due] = checkout.due?.(checkouts.of(id).at(-1)?.state) ?? [];
      const alive = houses.filter((house) => house.alive);
      if (due === undefined || due.at > now || alive.length === 0) continue;
      world.chance
        .pick(alive)
        .drive(id)
        .catch(() => undefined);
    }
  }, TIMERS_EVERY_MS);
}

function openMarket(world: World, sabotage: SaleSabotage): Market {
  const unique = sabotage.withoutIndexes !== true;
  const market: Market = {
    ...{ world, sabotage, houses: [], outside: newOutside() },
    stock: sharedHistories("stock", unique),
    checkouts: sharedHistories("checkout", unique),
  };
  let born = 0;
  const add = (): void => void market.houses.push(openHouse(market, `p${++born}`));
  world.onCrash = (crashed) => {
    crashed.alive = false;
    market.houses.splice(
      market.houses.findIndex((house) => house === crashed),
      1,
    );
    void wait(RESTART_AFTER_MS).then(add);
  };
  const houses = world.chance.pick(HOUSES);
  while (born < houses) add();
  keepTimers(market);
  return market;
}

/** What there is to be sold, in one place or two, received before anybody comes. */
async function stocked(market: Market): Promise<Pick<Sale, "stockIds" | "units">> {
  const { chance } = market.world;
  const calls = openActors({ served: [{ aggregate: erased(stock), histories: market.stock, keyOf: stockIdOf }] });
  const places = chance.in(0.5) ? ["berlin"] : ["berlin", "hamburg"];
  let units = 0;
  for (const location of places) {
    const [key, quantity] = [{ offerId: OFFER, location }, 1 + chance.below(UNITS_MAX)];
    const received = { ...key, productId: "product", sellerId: SELLER, quantity };
    await calls.call("stock.receive", received, { meta: metaOf(`receive-${location}`) });
    const backorderMax = chance.in(0.3) ? chance.below(BACKORDERS_MAX + 1) : 0;
    await calls.call("stock.limit", { ...key, backorderMax }, { meta: metaOf(`limit-${location}`) });
    units += quantity + backorderMax;
  }
  return { units, stockIds: places.map((location) => stockIdOf({ offerId: OFFER, location })) };
}

/** All of them at once, until each has an order or knows why not. */
async function rush(sale: Omit<Sale, "purchases">, customers: readonly Customer[], steps: Count): Promise<Purchase[]> {
  const { world } = sale.market;
  const purchases: Purchase[] = [];
  let failure: unknown = null;
  for (const customer of customers) {
    buy(sale, customer).then(
      (purchase) => purchases.push(purchase),
      (error: unknown) => (failure = error),
    );
  }
  const end = world.time.now() + OVER_WITHIN_MS;
  const over = (): boolean => {
    if (world.time.now() > end) failure = new Error("customers wait, and nothing comes of it");
    return failure !== null || purchases.length === customers.length;
  };
  steps.n += await until(world, over);
  if (failure !== null) throw failure instanceof Error ? failure : new Error("a customer failed", { cause: failure });
  return purchases;
}

interface Count {
  n: number;
}

async function sell(world: World, sabotage: SaleSabotage, steps: Count): Promise<Sale> {
  const market = openMarket(world, sabotage);
  const stock: Pick<Sale, "stockIds" | "units">[] = [];
  void stocked(market).then((done) => stock.push(done));
  steps.n += await until(world, () => stock.length > 0);
  const sale = { market, units: 0, stockIds: [], ...stock[0] };
  const crowd = Array.from({ length: sale.units * CUSTOMERS_PER_UNIT }, (_, n) => anyCustomer(world.chance, n));
  const early = await rush(sale, crowd, steps);
  world.stormy = false;
  const left = leftOf({ ...sale, purchases: early });
  const late = await rush(
    sale,
    Array.from({ length: left + LATE_MORE }, (_, n) => lateCustomer(n)),
    steps,
  );
  return { ...sale, purchases: [...early, ...late] };
}

function endsOf({ market, purchases }: Sale): Map<string, number> {
  const ends = new Map<string, number>();
  for (const { checkoutId } of purchases) {
    const state = stateOf(market, checkoutId);
    const end = state?.saga.failure?.type ?? state?.status ?? "absent";
    ends.set(end, (ends.get(end) ?? 0) + 1);
  }
  return ends;
}

const NOTHING = { units: 0, customers: 0, commands: 0, ends: new Map<string, number>() };

function toldOf(sale: Sale) {
  const { market, units, purchases } = sale;
  const commands = market.stock.all().length + market.checkouts.all().length;
  const violations = faultsOf(sale).slice(0, FAULTS_TOLD);
  return { violations, units, customers: purchases.length, commands, ends: endsOf(sale) };
}

export async function runSale({ seed, sabotage = {}, log }: SaleOptions): Promise<SaleOutcome> {
  const time = takeTime();
  const world = createWorld(chanceOf(seed), time);
  world.log = log ? (line) => log(`${(time.now() % 1e7).toFixed(1)} ${line}`) : null;
  const steps = { n: 0 };
  try {
    const told = toldOf(await sell(world, sabotage, steps));
    return { seed, ...told, steps: steps.n, faults: world.faults };
  } catch (error) {
    const violations = [error instanceof Error ? (error.stack ?? error.message) : String(error)];
    return { seed, ...NOTHING, violations, steps: steps.n, faults: world.faults };
  } finally {
    time.restore();
  }
}
