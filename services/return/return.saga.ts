/**
 * From a return's committed steps to order, stock and payment. What is sent has ids that derive from the return and its
 * step, so that it is done once, at once by who asks or by the return's timer.
 */
import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import { anyContract, type WriteMark } from "../../models/kernel/contract";
import { derivedId } from "../../models/kernel/ids";
import { commitRef } from "../../models/kernel/row";
import { entitlementIdOf } from "../../models/entitlement/entitlement.contract";
import type { RefundReplaced } from "../../models/order/order.commands.contract";
import type { GuestKey } from "../../models/order/order.guest.contract";
import type { OrderView } from "../../models/order/order.view.contract";
import { refuse } from "../../models/refusals";
import type { KeptReturn, ReturnState } from "../../models/return/return.aggregate";
import type { GuestsReturn } from "../../models/return/return.guest.contract";
import {
  returnContract,
  type RequestedReturn,
  type RequestReturn,
  type ReturnId,
} from "../../models/return/return.contract";
import { asMall, typed, type CallMeta, type TypedCall } from "../kernel/call";
import { historyReader, newestOrRefuse } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { procedureService, type CallSite } from "../kernel/service";
import { articlesFor, final, freed, held, quotedFor } from "./exchange.saga";
import { replaced } from "./replacement.saga";
import { checkWindow, termsOf } from "./window.service";

const REASON_MAX = 500;

/** `commandId`: where it is not to derive from the return and the step. */
export type Steps = (step: string, commandId?: string) => TypedCall<Calls>;

/** The order, if it is the caller's own. */
async function ownOrder({ orderId }: RequestReturn, { caller, meta }: CallSite): Promise<OrderView> {
  const found = await typed<Calls>(caller, asMall(meta, "order"))("order.get", { id: orderId });
  if (found.customerId === meta.principal.id) return found;
  return refuse("NOT_FOUND", `There is no order "${orderId}" of yours.`, { id: orderId });
}

/** The guest's order, for who has its key. @throws NOT_FOUND */
async function guestsOrder(params: GuestKey & { orderId: string }, { caller, meta }: CallSite): Promise<OrderView> {
  const { orderId: id, key } = params;
  return typed<Calls>(caller, asMall(meta, "track"))("order.ofGuest", { id, key });
}

/** A file that was downloaded does not come back by being returned. @throws RETURN_DOWNLOADED */
async function refuseDownloaded({ orderId, lines }: RequestReturn, order: OrderView, site: CallSite): Promise<void> {
  const asked = new Set(lines.map(({ lineId }) => lineId));
  for (const { lineId, delivery, progress } of order.lines) {
    if (delivery !== "digital" || progress.shipped === 0 || !asked.has(lineId)) continue;
    const call = typed<Calls>(site.caller, asMall(site.meta, "entitlement"));
    const { downloads } = await call("entitlement.get", { id: entitlementIdOf({ orderId, lineId }) });
    if (downloads > 0) refuse("RETURN_DOWNLOADED", "The file was downloaded: it cannot be returned.", { lineId });
  }
}

/** Back on the shelf from which it was sent. */
async function restock(found: KeptReturn, order: OrderView, call: Steps): Promise<void> {
  const { places } = await call("places")("order.reservations", { id: order.id });
  for (const { lineId, quantity, restock: fit } of found.inspected) {
    const place = places.find((one) => one.lineId === lineId);
    if (!fit || !place) continue;
    const { offerId, location } = place;
    await call(`restock/${lineId}`)("stock.adjust", { offerId, location, by: quantity, reason: "returned" });
  }
}

type Units = RefundReplaced["lines"];

const acceptedOf = ({ status, inspected }: KeptReturn): Units =>
  status === "settling" ? inspected.map(({ lineId, quantity }) => ({ lineId, quantity })) : [];

/** The order that brings the same again, where that is what was asked for. */
async function replacementFor(found: KeptReturn, order: OrderView, units: Units, call: Steps) {
  const { id: returnId, kind, exchange } = found;
  const wanted = kind === "exchange" && exchange === undefined && units.length > 0;
  return wanted ? replaced({ returnId, order, units }, call) : undefined;
}

/** What came instead of others was paid with those. */
async function passedOn({ replaces }: OrderView, back: Omit<RefundReplaced, "id">, call: Steps): Promise<void> {
  if (replaces !== null) await call("replaced")("order.refundReplaced", { id: replaces, ...back });
}

/** Left out where it is not so: what was begun before it was known is the same command. */
const sendingOf = ({ sendingBack = false }: KeptReturn) => (sendingBack ? { sendingBack } : {});

async function settle(found: KeptReturn, call: Steps): Promise<string | undefined> {
  const { id: returnId, orderId, lines, keepMinor } = found;
  const accepted = acceptedOf(found);
  const came = accepted.length > 0;
  const order = await call("order")("order.get", { id: orderId });
  if (came) await restock(found, order, call);
  const exchange = came ? articlesFor(found) : undefined;
  if (!exchange) await freed(found.allocations ?? [], call);
  const replacementId = await replacementFor(found, order, accepted, call);
  const refund = replacementId === undefined;
  await call("settle")("order.settleReturn", {
    ...{ id: orderId, returnId, admitted: lines, accepted, refund, keepMinor },
    ...sendingOf(found),
    ...(exchange && { exchange }),
  });
  if (refund && came) await passedOn(order, { returnId, lines: accepted, keepMinor, ...sendingOf(found) }, call);
  return replacementId;
}

/** What is owed to a customer is tried again until it is done: a timer takes a refusal for an answer. */
async function settleAtLast(found: KeptReturn, call: Steps): Promise<void> {
  const { id } = found;
  const replacementId = await settle(found, call).catch((error: unknown) => {
    throw new Error(`The return ${id} cannot be settled yet`, { cause: error });
  });
  const more = replacementId === undefined ? {} : { replacementId };
  await call("settled")("return.record", { id, did: "settle", ...more });
}

const steps = ({ id, version }: { id: string; version: number }, { caller, meta }: CallSite): Steps => {
  return (step, commandId) => {
    const own: CallMeta = {
      principal: { id: "returns", permissions: ["*"] },
      trace: meta.trace,
      commandId: commandId ?? derivedId("return", id, step),
      causedBy: commitRef("return", id, version),
      exempt: "timer",
    };
    return typed<Calls>(caller, own);
  };
};

async function admit({ id, orderId, lines }: KeptReturn, call: Steps): Promise<void> {
  try {
    await call("admit")("order.admitReturn", { id: orderId, returnId: id, lines });
    await call("admitted")("return.record", { id, did: "admit" });
  } catch (error) {
    if (!final(error)) throw error;
    const refused = `${error.type}: ${error.message}`.slice(0, REASON_MAX);
    await call("refused")("return.record", { id, did: "admit", refused });
    throw error;
  }
}

async function reserve({ id, allocations = [] }: KeptReturn, call: Steps): Promise<void> {
  const refused = (await held(allocations, call))?.slice(0, REASON_MAX);
  // tells one round from another: its seller may have approved it before
  const record = call(`reserved/${allocations[0]?.holdId ?? ""}`);
  await record("return.record", { id, did: "reserve", ...(refused !== undefined && { refused }) });
}

async function letGo({ id, allocations = [] }: KeptReturn, call: Steps): Promise<void> {
  await freed(allocations, call);
  await call("let-go")("return.record", { id, did: "let-go" });
}

export const returnSaga = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "return");

  async function carryOut({ id }: ReturnId, site: CallSite): Promise<RequestedReturn> {
    const { version, state } = await newestOrRefuse<ReturnState>(reader, id, "return");
    const call = steps({ id, version }, site);
    if (state.pending === "admit") await admit(state, call);
    if (state.pending === "reserve") await reserve(state, call);
    if (state.pending === "let-go") await letGo(state, call);
    if (state.pending === "settle") await settleAtLast(state, call);
    return { id, status: state.status };
  }

  type Asked = RequestedReturn & { readonly wrote: readonly WriteMark[] };

  async function requested(asked: RequestReturn, order: OrderView, site: CallSite): Promise<Asked> {
    await refuseDownloaded(asked, order, site);
    const quote = typed<Calls>(site.caller, asMall(site.meta, "quote"));
    const sending = await checkWindow(asked, () => termsOf(order, node.clock.now(), quote));
    const { sellerId, customerId } = order;
    const { articles: _articles, ...params } = asked;
    const id = derivedId("return", site.meta.commandId ?? "", params.orderId);
    const exchange = await quotedFor(asked, quote);
    const call = typed<Calls>(site.caller, asMall(site.meta, "open"));
    const { wrote } = await call("return.open", {
      ...{ ...params, id, sellerId, customerId, ...sending },
      ...(exchange && { exchange }),
    });
    // what the order refuses, who asks is told; the return then says so, too
    await carryOut({ id }, site);
    return { id, status: "requested", wrote: [wrote] };
  }

  /** @throws NOT_FOUND for a return of another order */
  async function trackWithdraw(params: GuestsReturn, site: CallSite): Promise<Asked> {
    const { id, orderId } = params;
    await guestsOrder(params, site);
    const { state } = await newestOrRefuse<ReturnState>(reader, id, "return");
    if (state.orderId !== orderId) return refuse("NOT_FOUND", `The order has no return "${id}".`, { id });
    const { wrote } = await typed<Calls>(site.caller, asMall(site.meta, "withdraw"))("return.withdraw", { id });
    return { id, status: "withdrawn", wrote: [wrote] };
  }
  return procedureService({
    name: "return.saga",
    contract: anyContract(returnContract),
    roles: node.roles,
    procedures: {
      "return.request": async (params: RequestReturn, site: CallSite) =>
        requested(params, await ownOrder(params, site), site),
      "return.trackRequest": async ({ key, ...params }: RequestReturn & GuestKey, site: CallSite) =>
        requested(params, await guestsOrder({ ...params, key }, site), site),
      "return.trackWithdraw": trackWithdraw,
      "return.carryOut": carryOut,
    },
  });
};
