/** Who comes to the sale, and what each of them does until they have an order or know why not. */
import { paymentIdOf } from "../../../../models/checkout/checkout.orders.contract";
import { hasEnded } from "../../../../models/kernel/saga";
import type { CallMeta } from "../../../../services/kernel/call";
import { wait } from "../../../../services/kernel/wait";
import type { Chance } from "../random";
import { callsFrom, type Market } from "./house";
import { METHODS, type Customer } from "./outside";
import { stateOf, type Purchase, type Sale, type Versions } from "./verdict";

const QUANTITY_MAX = 3;
const RUSH_MS = 2_000;
const LOOK_EVERY_MS = 500;
/** Half of them just pay. */
const JUST_PAYS_SHARE = 0.5;

export const metaOf = (commandId: string): CallMeta => ({
  principal: { id: "visitor", permissions: ["*"] },
  trace: "sale",
  commandId,
});

export const anyCustomer = (chance: Chance, n: number): Customer => ({
  id: `c${n}`,
  quantity: 1 + chance.below(QUANTITY_MAX),
  method: chance.in(JUST_PAYS_SHARE) ? "ok" : chance.pick(METHODS),
  looks: chance.in(0.5),
  ships: chance.in(0.3),
});

/** Comes when others have gone, wants one, and pays. */
export const lateCustomer = (n: number): Customer => ({
  ...{ id: `late${n}`, quantity: 1, method: "ok", looks: n % 2 === 0, ships: false },
});

const AGAIN = ["WRITES_CONTENDED", "MAILBOX_FULL"];

function isFinal(error: unknown): boolean {
  const { code = 500, type = "" } = error as { code?: number; type?: string };
  return code < 500 && !AGAIN.includes(type);
}

/** Asks under the same command id until there is an answer; a refusal is one. */
async function insist(market: Market, action: string, params: object, commandId: string): Promise<void> {
  const calls = callsFrom(market, null);
  for (;;) {
    try {
      await calls.call(action, params, { meta: metaOf(commandId) });
      return;
    } catch (error) {
      if (isFinal(error)) return;
      await wait(100);
    }
  }
}

/** Waits until the checkout has ended; where a bank asks for something, a customer who is there does it. */
async function ended(market: Market, { id, method }: Customer, checkoutId: string): Promise<void> {
  for (;;) {
    const state = stateOf(market, checkoutId);
    if (state && hasEnded(state)) return;
    if (state?.status === "waiting" && method === "confirmed") {
      await insist(market, "payment.confirm", { id: paymentIdOf(checkoutId) }, `confirm-${id}`);
      goOn(market, checkoutId);
    }
    await wait(LOOK_EVERY_MS);
  }
}

function goOn({ houses, world }: Market, checkoutId: string): void {
  if (houses.length === 0) return;
  world.chance
    .pick(houses)
    .drive(checkoutId)
    .catch(() => undefined);
}

/** From the cart to the end of it, whatever happens on the way. */
export async function buy(sale: Omit<Sale, "purchases">, customer: Customer): Promise<Purchase> {
  const { market, stockIds } = sale;
  const { id, method, ships } = customer;
  const { chance } = market.world;
  const versions = (): Versions =>
    Object.fromEntries(stockIds.map((stockId) => [stockId, market.stock.of(stockId).length]));
  market.outside.customers.set(id, customer);
  await wait(chance.below(RUSH_MS));
  const [checkoutId, before] = [`checkout-${id}`, versions()];
  const begun = {
    ...{ id: checkoutId, cartId: id, channelId: "mall", customerId: id, provider: "test", method, capture: "order" },
    ...{ agreedMinor: null, contact: null, shippingAddress: null, billingAddress: null },
  };
  await insist(market, "checkout.begin", begun, `begin-${id}`);
  goOn(market, checkoutId);
  await ended(market, customer, checkoutId);
  const after = versions();
  const state = stateOf(market, checkoutId);
  for (const { holdId, ...key } of (ships && state?.status === "done" && state.allocations) || []) {
    await insist(market, "stock.ship", { ...key, holdId }, `ship-${holdId}`);
  }
  return { customer, checkoutId, before, after };
}
