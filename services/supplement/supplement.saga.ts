/** A customer pays for more of an order: begun in their name, and driven on their call, by the payment or a timer. */
import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import { anyContract } from "../../models/kernel/contract";
import { isRefusal } from "../../models/kernel/refusal";
import type { SagaStanding } from "../../models/kernel/saga.contract";
import type { GuestKey } from "../../models/order/order.guest.contract";
import { supplementIdOf } from "../../models/order/order.raise.contract";
import type { OrderView } from "../../models/order/order.view.contract";
import { refuse } from "../../models/refusals";
import { supplementSaga, type SupplementState } from "../../models/supplement/supplement.aggregate";
import {
  type GuestsSupplement,
  supplementContract,
  type StartSupplement,
  type SupplementId,
  type SupplementView,
} from "../../models/supplement/supplement.contract";
import { supplementPaymentId, type SupplementData } from "../../models/supplement/supplement.data.contract";
import { asMall, typed } from "../kernel/call";
import { historyReader, newestOrRefuse, type HistoryReader } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { createDrive, type Drive } from "../kernel/saga";
import { procedureService, type CallSite } from "../kernel/service";
import { viewOf } from "./supplement.service";

interface Deps {
  readonly node: Node;
  readonly reader: HistoryReader;
  readonly drive: Drive<SupplementData>;
}

/** Where it stands after all that can be done now; what cannot, its timer will do. */
async function driven({ node, reader, drive }: Deps, id: string, site: CallSite): Promise<SupplementView> {
  const found = await drive(id, site).catch((error: unknown) => {
    node.log.warn({ err: error, supplement: id }, "A supplement could not be driven on; its timer sees to it");
    return newestOrRefuse<SupplementState>(reader, id, "supplement");
  });
  return viewOf(id, found.version, found.state);
}

/** Begun before under the same key: the order may have grown since, and the same request finds nothing proposed. */
async function begunBefore({ reader }: Deps, id: string, { payment }: StartSupplement): Promise<boolean> {
  const row = await reader.newest(id);
  const state = row?.state as SupplementState | undefined;
  if (!state || state.status === "absent") return false;
  return state.provider === payment.provider && state.method === payment.method;
}

/** Whoever may agree to more of an order: its customer, or who has the key of a guest's. @throws NOT_FOUND */
type OrderFor = (site: CallSite) => Promise<OrderView>;

const customersOrder =
  (id: string): OrderFor =>
  async ({ caller, meta }) => {
    const order = await typed<Calls>(caller, asMall(meta, "order"))("order.get", { id });
    if (order.customerId === meta.principal.id) return order;
    return refuse("NOT_FOUND", `There is no order "${id}" of yours.`, { id });
  };

const guestsOrder =
  (id: string, key: string): OrderFor =>
  async ({ caller, meta }) =>
    await typed<Calls>(caller, asMall(meta, "order"))("order.ofGuest", { id, key });

/** @throws ORDER_RAISE where that is not proposed any more */
function beginning({ orderId, raiseId, payment }: StartSupplement, order: OrderView) {
  const { raise, currency, customerId, sellerId, contact, shippingAddress } = order;
  if (raise?.raiseId !== raiseId) return refuse("ORDER_RAISE", "That is not proposed any more: look at the order.");
  const wanted = raise.exchange ? [] : raise.lines;
  const lines = wanted.map(({ lineId, offerId, quantity, delivery }) => ({ lineId, offerId, quantity, delivery }));
  const whose = { customerId, sellerId, contact, shippingAddress };
  return { orderId, raiseId, ...whose, ...payment, currency, amountMinor: raise.totalMinor, lines };
}

interface Starting {
  readonly params: StartSupplement;
  readonly site: CallSite;
  readonly orderFor: OrderFor;
}

async function start(deps: Deps, { params, site, orderFor }: Starting): Promise<SupplementView> {
  const { meta, caller } = site;
  const id = supplementIdOf(params.orderId, params.raiseId, meta.commandId ?? "");
  const order = await orderFor(site);
  if (!(await begunBefore(deps, id, params))) {
    await typed<Calls>(caller, asMall(meta, "begin"))("supplement.begin", { id, ...beginning(params, order) });
  }
  return driven(deps, id, site);
}

type Whose = Pick<SupplementData, "customerId" | "orderId">;

/** @param theirs whether it is of whoever asks */
async function confirm(deps: Deps, id: string, site: CallSite, theirs: (of: Whose) => boolean) {
  const { state } = await newestOrRefuse<SupplementState>(deps.reader, id, "supplement");
  if (!theirs(state)) refuse("NOT_FOUND", `There is no supplement "${id}" of yours.`);
  if (state.status === "waiting" && state.saga.step === "authorise") {
    const call = typed<Calls>(site.caller, asMall(site.meta, "confirm"));
    await call("payment.confirm", { id: supplementPaymentId(id) });
  }
  return driven(deps, id, site);
}

/** Of timers, and of whoever hears of the payment. @throws what keeps it from going on, so that it is tried again */
async function resume({ drive }: Deps, { id }: SupplementId, site: CallSite): Promise<SagaStanding> {
  try {
    const { state } = await drive(id, site);
    return { id, status: state.status };
  } catch (error) {
    if (isRefusal(error, "NOT_FOUND")) throw error;
    throw new Error(`The supplement ${id} cannot go on yet`, { cause: error });
  }
}

export const supplementDriver = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "supplement");
  const drive = createDrive(supplementSaga, { reader, now: () => node.clock.now() });
  const deps: Deps = { node, reader, drive };
  return procedureService({
    name: "supplement.driver",
    contract: anyContract(supplementContract),
    roles: node.roles,
    procedures: {
      "supplement.start": (params: StartSupplement, site: CallSite) =>
        start(deps, { params, site, orderFor: customersOrder(params.orderId) }),
      "supplement.confirm": ({ id }: SupplementId, site: CallSite) =>
        confirm(deps, id, site, ({ customerId }) => customerId === site.meta.principal.id),
      "supplement.trackStart": ({ key, ...params }: StartSupplement & GuestKey, site: CallSite) =>
        start(deps, { params, site, orderFor: guestsOrder(params.orderId, key) }),
      "supplement.trackConfirm": async ({ id, orderId, key }: GuestsSupplement, site: CallSite) => {
        await guestsOrder(orderId, key)(site);
        return confirm(deps, id, site, (state) => state.orderId === orderId);
      },
      "supplement.resume": (params: SupplementId, site: CallSite) => resume(deps, params, site),
    },
  });
};
