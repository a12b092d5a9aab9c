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
import { paymentIdOf } from "../../models/checkout/checkout.orders.contract";
import type { Calls } from "../../models/contracts";
import { anyContract, type WriteMark } from "../../models/kernel/contract";
import { derivedId } from "../../models/kernel/ids";
import { isRefusal } from "../../models/kernel/refusal";
import { hasEnded } from "../../models/kernel/saga";
import type { SagaStanding } from "../../models/kernel/saga.contract";
import { refuse } from "../../models/refusals";
import { asMall, typed } from "../kernel/call";
import { historyReader, newestOrRefuse } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { createDrive } from "../kernel/saga";
import { procedureService, type CallSite } from "../kernel/service";
import { ownCheckout, viewOf } from "./checkout.service";

/** Until here everything can be given up; from then on there are orders, which are cancelled one by one. */
const CANCELLABLE = ["lock", "quote", "allocate", "reserve", "redeem", "authorise"];
const CANCELLED = { type: "CANCELLED", detail: "The customer has given the checkout up." };

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

export const checkoutDriver = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "checkout");
  const drive = createDrive(checkoutSaga, { reader, now: () => node.clock.now() });

  /** Where it stands after all that can be done now; what cannot, its timer will do. */
  async function driven(id: string, site: CallSite, wrote: readonly WriteMark[] = []): Promise<Told> {
    await drive(id, site).catch((error: unknown) => {
      node.log.warn({ err: error, checkout: id }, "A checkout could not be driven on; its timer sees to it");
    });
    const { version, state } = await newestOrRefuse<CheckoutState>(reader, id, "checkout");
    return { ...viewOf(id, version, state), wrote };
  }

  async function start({ id: cartId, payment, totalMinor }: StartCheckout, site: CallSite): Promise<Told> {
    const { caller, meta } = site;
    const cart = await typed<Calls>(caller, { ...meta, commandId: undefined })("cart.peek", { id: cartId });
    const capture = await policyOf(site, cart, payment.provider);
    const { channelId, customerId, contact, shippingAddress, billingAddress } = cart;
    // of the cart's own id, which nobody can guess: a key that a caller chose is not enough
    const id = derivedId("checkout", cartId, meta.commandId ?? "");
    const { wrote } = await typed<Calls>(caller, asMall(meta, "begin"))("checkout.begin", {
      ...{ id, cartId, channelId, customerId, ...payment, capture, agreedMinor: totalMinor ?? null },
      ...{ contact, shippingAddress, billingAddress },
    });
    return driven(id, site, [wrote]);
  }

  async function confirm(params: CheckoutId, site: CallSite): Promise<Told> {
    const { state } = await ownCheckout(node, reader, params, site.meta);
    const { id } = params;
    if (state.status === "waiting") {
      await typed<Calls>(site.caller, asMall(site.meta, "confirm"))("payment.confirm", { id: paymentIdOf(id) });
    }
    return driven(id, site);
  }

  /** @throws CHECKOUT_STATUS where there are orders already */
  async function cancel(params: CheckoutId, site: CallSite): Promise<Told> {
    const { state } = await ownCheckout(node, reader, params, site.meta);
    const { id } = params;
    const { step, round } = state.saga;
    if (hasEnded(state) || state.status === "undoing") return driven(id, site);
    if (step === null || !CANCELLABLE.includes(step)) {
      return refuse("CHECKOUT_STATUS", "Its orders are placed: cancel those.", { status: state.status, step });
    }
    const failed = { id, step, round, failure: CANCELLED };
    await typed<Calls>(site.caller, asMall(site.meta, "cancel"))("checkout.fail", failed);
    return driven(id, site);
  }

  /** Of timers, and of whoever hears of the payment. @throws what keeps it from going on, so that it is tried again */
  async function resume({ id }: CheckoutId, site: CallSite): Promise<SagaStanding> {
    try {
      const { status } = await drive(id, site);
      return { id, status };
    } catch (error) {
      // a timer takes a refusal for an answer; here it says only that somebody else did not answer
      if (isRefusal(error, "NOT_FOUND")) throw error;
      throw new Error(`The checkout ${id} cannot go on yet`, { cause: error });
    }
  }

  return procedureService({
    name: "checkout.driver",
    contract: anyContract(checkoutContract),
    procedures: {
      "checkout.start": start,
      "checkout.confirm": confirm,
      "checkout.cancel": cancel,
      "checkout.resume": resume,
    },
    roles: node.roles,
  });
};
