/**
 * A process of a mall that sells: the real actors of stock and checkout, the real saga and what drives it, over the
 * histories that all processes share. Calls between processes are late, doubled or lost, as the seed says.
 */
import { checkout, checkoutSaga } from "../../../../models/checkout/checkout.aggregate";
import { erased, type AnyAggregate } from "../../../../models/kernel/aggregate";
import { createClock } from "../../../../models/kernel/clock";
import type { Saga } from "../../../../models/kernel/saga";
import type { CheckoutData } from "../../../../models/checkout/checkout.data.contract";
import { stock } from "../../../../models/stock/stock.aggregate";
import { stockIdOf } from "../../../../models/stock/stock.contract";
import type { HoldStock, OfferPlaces } from "../../../../models/stock/stock.hold.contract";
import type { StockKey } from "../../../../models/stock/stock.key.contract";
import type { CallMeta, Caller } from "../../../../services/kernel/call";
import { ownerOf } from "../../../../services/kernel/rendezvous";
import { createDrive } from "../../../../services/kernel/saga";
import { wait, within } from "../../../../services/kernel/wait";
import { free } from "../../../../services/stock/free.service";
import { createPlaces } from "../../../../services/stock/places.service";
import { newestIn, openActors, readerOf, type Procedures } from "../../../support/memory-actors";
import type { SharedHistories } from "../shared-histories";
import { faultyHistories } from "../store";
import type { Process, World } from "../world";
import { proceduresOf, type Outside } from "./outside";

/** Where a planted fault takes hold. */
export interface SaleSabotage {
  readonly stock?: AnyAggregate;
  readonly saga?: Saga<CheckoutData>;
  readonly procedures?: Procedures;
  readonly commandId?: (action: string, derived: string | undefined) => string | undefined;
  readonly withoutIndexes?: true;
}

export interface House extends Process {
  answer(action: string, params: object, meta: CallMeta): Promise<unknown>;
  /** As far as it goes. */
  drive(id: string): Promise<unknown>;
}

export interface Market {
  readonly world: World;
  readonly stock: SharedHistories;
  readonly checkouts: SharedHistories;
  readonly outside: Outside;
  readonly houses: House[];
  readonly sabotage: SaleSabotage;
}

const ANSWER_WITHIN_MS = 3_000;
const DOUBLE_AFTER_MS = 5_000;
const RETRY_MS = 50;
/** Share of calls that reach a process which does not own what they are about. */
const ASTRAY_SHARE = 0.06;

const keyOf = (action: string, params: object): string =>
  "location" in params ? stockIdOf(params as StockKey) : ((params as { id?: string }).id ?? action);

function addressee({ world, houses }: Market, key: string): House {
  const alive = houses.filter((house) => house.alive);
  if (alive.length === 0) throw new Error("no process is there");
  if (world.stormy && alive.length > 1 && world.chance.in(ASTRAY_SHARE)) {
    world.inject("two owners of an actor");
    return world.chance.pick(alive);
  }
  const ids = alive.map(({ id }) => id);
  return alive.find(({ id }) => id === ownerOf(key, ids)) as House;
}

type Settled = { readonly value: unknown } | { readonly error: Error };

/** Brings a call to a process; a late double finds the same answer, or does harm. */
async function brought(market: Market, house: House, [action, params, meta]: Parameters<House["answer"]>) {
  const { world } = market;
  const arrive = () => {
    const answer = house.answer(action, params, meta).then(
      (value): Settled => ({ value }),
      (error: unknown): Settled => ({ error: error as Error }),
    );
    return { answer };
  };
  const doubled = () => {
    void wait(world.chance.below(DOUBLE_AFTER_MS)).then(() => house.alive && arrive());
    return arrive();
  };
  const what = `${action} ${meta.commandId ?? ""}`;
  const asked = world
    .op({
      ...{ kind: "deliver", process: house, what, apply: arrive },
      faulty: (fault) => (fault === "message doubled" ? doubled : null),
    })
    .then(({ answer }) => answer);
  return within(ANSWER_WITHIN_MS, what, asked);
}

/** Calls as a process makes them; null: as a customer does. */
export function callsFrom(market: Market, origin: Process | null): Caller {
  const { world, sabotage } = market;
  return {
    async call(action, params, { meta: given }) {
      const commandId = sabotage.commandId?.(action, given.commandId) ?? given.commandId;
      const meta = { ...given, ...(commandId !== undefined && { commandId }) };
      const settled = await brought(market, addressee(market, keyOf(action, params)), [action, params, meta]);
      const told = (): unknown => {
        if ("error" in settled) throw settled.error;
        return settled.value;
      };
      const lost = (): never => {
        throw new Error("the answer was lost");
      };
      return world.op<unknown>({
        ...{ kind: "ack", process: origin, what: `answer to ${action}`, apply: told },
        faulty: (fault) => (fault === "ack of a reader lost" ? lost : null),
      });
    },
  };
}

export function openHouse(market: Market, id: string): House {
  const { world, sabotage, outside } = market;
  const clock = createClock(() => Math.floor(world.time.now()));
  const house: House = {
    id,
    alive: true,
    async answer(action, params, meta) {
      const procedure = procedures[action];
      return procedure ? procedure(params as never, meta, caller) : actors.call(action, params, { meta });
    },
    drive: (checkoutId) => drive(checkoutId, { caller, meta: { trace: "sale" } }),
  };
  const stocks = faultyHistories(world, house, market.stock);
  const checkouts = faultyHistories(world, house, market.checkouts);
  const caller = callsFrom(market, house);
  const actors = openActors({
    clock,
    served: [
      { aggregate: sabotage.stock ?? erased(stock), histories: stocks, keyOf: stockIdOf },
      { aggregate: checkout, histories: checkouts },
    ],
  });
  const placesOf = createPlaces(stocks);
  const procedures: Procedures = {
    ...proceduresOf(outside),
    "stock.free": (hold: HoldStock, meta, from) => free(hold, { caller: from, meta }),
    "stock.places": (params: OfferPlaces) => placesOf(params, { newest: newestIn(stocks) }),
    ...sabotage.procedures,
  };
  const reader = readerOf(checkouts, actors);
  const pause = (): Promise<void> => wait(RETRY_MS);
  const drive = createDrive(sabotage.saga ?? checkoutSaga, { reader, now: () => clock.now(), pause });
  return house;
}
