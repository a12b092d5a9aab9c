/**
 * A customer buys: the checkout is begun in their name, and driven on their call; whoever confirms, cancels, or hears
 * of the payment drives it further; its timer does when nobody else does.
 */
import type { ServiceSchema } from "moleculer";
import type { CartGlance } from "../../models/cart/cart.view.contract";
import { checkoutSaga, type CheckoutState } from "../../models/checkout/checkout.aggregate";
import {
  checkoutContract,
  type CheckoutId,
  type CheckoutView,
  type StartCheckout,
} from "../../models/checkout/checkout.contract";
import type { CheckoutData } from "../../models/checkout/checkout.data.contract";
import { paymentIdOf } from "../../models/checkout/checkout.orders.contract";
import { checkoutRisk } from "../../models/checkout/checkout.steps.aggregate";
import type { Calls } from "../../models/contracts";
import type { AssessPayment } from "../../models/fraud/fraud.contract";
import { anyContract, type Receipt, type WriteMark } from "../../models/kernel/contract";
import { derivedId } from "../../models/kernel/ids";
import { isRefusal } from "../../models/kernel/refusal";
import { hasEnded } from "../../models/kernel/saga";
import type { SagaStanding } from "../../models/kernel/saga.contract";
import { refuse } from "../../models/refusals";
import { asMall, typed } from "../kernel/call";
import { historyReader, newestOrRefuse, type HistoryReader } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { createDrive, type Drive } from "../kernel/saga";
import { procedureService, type CallSite } from "../kernel/service";
import { ownCheckout, viewOf } from "./checkout.service";
import { payingWhenHeld } from "./judged.service";

/** Until here everything can be given up; from then on there are orders, which are cancelled one by one. */
const CANCELLABLE = ["lock", "quote", "allocate", "reserve", "redeem", "assess", "authorise"];
const CANCELLED = { type: "CANCELLED", detail: "The customer has given the checkout up." };

/** As many as a token holds. */
const WROTE_MAX = 32;

type Told = CheckoutView & { readonly wrote: readonly WriteMark[] };

/** @throws CHANNEL_CLOSED, PAYMENT_PROVIDER */
async function policyOf({ caller, meta }: CallSite, { channelId }: CartGlance, provider: string) {
  const channel = await typed<Calls>(caller, meta)("channel.peek", { id: channelId });
  if (channel.status === "closed") refuse("CHANNEL_CLOSED", "The channel is closed: nothing is sold in it.");
  if (channel.paymentMethods?.includes(provider) === false) {
    refuse("PAYMENT_PROVIDER", `This channel does not take "${provider}".`, { providers: channel.paymentMethods });
  }
  return channel.capture ?? "order";
}

interface Deps {
  readonly node: Node;
  readonly reader: HistoryReader;
  readonly orders: HistoryReader;
  readonly drive: Drive<CheckoutData>;
}

/** The newest of what is written to each order on the way. */
type Noted = Map<string, WriteMark>;

const noting = ({ caller, meta }: CallSite, noted: Noted): CallSite => ({
  meta,
  caller: {
    async call(action, params, options) {
      const result = await caller.call(action, params, options);
      if (!action.startsWith("order.")) return result;
      const { wrote } = result as Receipt;
      noted.set(wrote.source, wrote);
      return result;
    },
  },
});

/** Who asks again for what was done before waits for the orders as they stand now. */
async function asTheyStand({ node, orders }: Deps, { orders: placed }: CheckoutView): Promise<WriteMark[]> {
  const rows = await Promise.all(placed.map(({ orderId }) => orders.newest(orderId)));
  return rows.flatMap((row) => {
    if (!row) return [];
    const { aggregateId, version } = row;
    return [{ source: `order/${aggregateId}`, version, targets: node.targetsOf({ ...row, aggregate: "order" }) }];
  });
}

/** As it stands: who goes on with it was not there when its risk was told. */
async function riskOf({ reader }: Deps, id: string): Promise<AssessPayment> {
  const { state } = await newestOrRefuse<CheckoutState>(reader, id, "checkout");
  return checkoutRisk(state, { id, round: state.saga.round });
}

const paying = (deps: Deps, id: string, { caller, meta }: CallSite): CallSite => ({
  meta,
  caller: payingWhenHeld(caller, () => riskOf(deps, id)),
});

/**
 * Where it stands after all that can be done now; what cannot, its timer will do. With what was written of its orders,
 * so that whoever brings the answer's token finds them at once.
 */
async function driven(deps: Deps, id: string, site: CallSite, begun?: WriteMark): Promise<Told> {
  const noted: Noted = new Map();
  const found = await deps.drive(id, noting(paying(deps, id, site), noted), begun?.version).catch((error: unknown) => {
    deps.node.log.warn({ err: error, checkout: id }, "A checkout could not be driven on; its timer sees to it");
    return newestOrRefuse<CheckoutState>(deps.reader, id, "checkout");
  });
  const view = viewOf(id, found.version, found.state);
  const wrote = noted.size > 0 ? [...noted.values()] : await asTheyStand(deps, view);
  return { ...view, wrote: wrote.slice(0, WROTE_MAX) };
}

/** As it is kept: what a browser calls itself leads to no code but by the mall's secret. */
type Said = StartCheckout;

const saidIn = ({ node }: Deps, { device, ...said }: StartCheckout): Said =>
  device === undefined ? said : { ...said, device: node.identity.pepper.mac("device", device) };

/**
 * What was bought before under the same key: the cart is not what it was any more, so that the same request begins
 * with something else. @throws `error` where it was another request
 */
async function begunBefore(deps: Deps, id: string, asked: Said, error: unknown) {
  if (!isRefusal(error, "IDEMPOTENCY_KEY_REUSED")) throw error;
  const { state } = await newestOrRefuse<CheckoutState>(deps.reader, id, "checkout");
  const { payment, totalMinor: agreedMinor = null, language, device } = asked;
  const same = Object.entries({ ...payment, agreedMinor, language, device }).every(
    ([name, value]) => state[name as keyof CheckoutState] === value,
  );
  if (!same) throw error;
}

async function start(deps: Deps, params: StartCheckout, site: CallSite): Promise<Told> {
  const said = saidIn(deps, params);
  const { id: cartId, payment, totalMinor, language, device } = said;
  const { caller, meta } = site;
  const { principal, trace } = meta;
  const cart = await typed<Calls>(caller, { principal, trace })("cart.peek", { id: cartId });
  const capture = await policyOf(site, cart, payment.provider);
  const { channelId, customerId, contact, shippingAddress, billingAddress } = cart;
  // of the cart's own id, which nobody can guess: a key that a caller chose is not enough
  const id = derivedId("checkout", cartId, meta.commandId ?? "");
  const begin = {
    ...{ id, cartId, channelId, customerId, ...payment, capture, agreedMinor: totalMinor ?? null },
    ...{ contact, shippingAddress, billingAddress, ...(language !== undefined && { language }) },
    ...(device !== undefined && { device }),
  };
  try {
    const { wrote } = await typed<Calls>(caller, asMall(meta, "begin"))("checkout.begin", begin);
    return await driven(deps, id, site, wrote);
  } catch (error) {
    await begunBefore(deps, id, said, error);
    return driven(deps, id, site);
  }
}

async function confirm(deps: Deps, params: CheckoutId, site: CallSite): Promise<Told> {
  const { state } = await ownCheckout(deps.node, deps.reader, params, site.meta);
  // in the step before, it waits for the mall to look at it, and the customer can do nothing
  if (state.status === "waiting" && state.saga.step === "authorise") {
    const call = typed<Calls>(site.caller, asMall(site.meta, "confirm"));
    await call("payment.confirm", { id: paymentIdOf(params.id) });
  }
  return driven(deps, params.id, site);
}

/** @throws CHECKOUT_STATUS where there are orders already */
async function cancel(deps: Deps, params: CheckoutId, site: CallSite): Promise<Told> {
  const { state } = await ownCheckout(deps.node, deps.reader, params, site.meta);
  const { id } = params;
  const { step, round } = state.saga;
  if (hasEnded(state) || state.status === "undoing") return driven(deps, id, site);
  if (step === null || !CANCELLABLE.includes(step)) {
    return refuse("CHECKOUT_STATUS", "Its orders are placed: cancel those.", { status: state.status, step });
  }
  const call = typed<Calls>(site.caller, asMall(site.meta, "cancel"));
  await call("checkout.fail", { id, step, round, failure: CANCELLED });
  return driven(deps, id, site);
}

/** Of timers, and of whoever hears of the payment. @throws what keeps it from going on, so that it is tried again */
async function resume(deps: Deps, { id }: CheckoutId, site: CallSite): Promise<SagaStanding> {
  try {
    const { state } = await deps.drive(id, paying(deps, id, site));
    return { id, status: state.status };
  } catch (error) {
    // a timer takes a refusal for an answer; here it says only that somebody else did not answer
    if (isRefusal(error, "NOT_FOUND")) throw error;
    throw new Error(`The checkout ${id} cannot go on yet`, { cause: error });
  }
}

export const checkoutDriver = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "checkout");
  const drive = createDrive(checkoutSaga, { reader, now: () => node.clock.now() });
  const deps: Deps = { node, reader, orders: historyReader(node, "order"), drive };
  return procedureService({
    name: "checkout.driver",
    contract: anyContract(checkoutContract),
    roles: node.roles,
    procedures: {
      "checkout.start": (params: StartCheckout, site: CallSite) => start(deps, params, site),
      "checkout.confirm": (params: CheckoutId, site: CallSite) => confirm(deps, params, site),
      "checkout.cancel": (params: CheckoutId, site: CallSite) => cancel(deps, params, site),
      "checkout.resume": (params: CheckoutId, site: CallSite) => resume(deps, params, site),
    },
  });
};
