/** What the events of an order make of it. Pure parts of order.aggregate.ts. */
import type { Aggregate } from "../kernel/aggregate";
import type { Iso } from "../kernel/row";
import type { OrderCommands, OrderEvent } from "./order.events.aggregate";
import { groupIdOf, type OrderReservation } from "./order.place.contract";
import { givenBack } from "./order.payments.aggregate";
import { RETURNS_SHOWN_MAX } from "./order.view.contract";
import { extensionsOf, statusOf } from "./order.state.aggregate";
import type {
  LineState,
  OrderState,
  Placed,
  PlacedOrder,
  Refund,
  ShippingState,
  TaskKind,
} from "./order.state.aggregate";
import type { Quantities, Units } from "./order.units.aggregate";

type Evolve = Aggregate<OrderState, OrderCommands, OrderEvent>["evolve"];
type Counted = "shipped" | "cancelled" | "captured" | "refunded" | "returning" | "returned";

const was = (state: OrderState): PlacedOrder => state as PlacedOrder;

export const sizes = (units: Units): Quantities =>
  Object.fromEntries(Object.entries(units).map(([lineId, [from, to]]) => [lineId, to - from]));

/** The lines with so many more (or fewer) units in a count; a count of none is left out. */
const counted = (lines: readonly LineState[], count: Counted, by: Quantities, sign = 1): readonly LineState[] =>
  lines.map((line) => {
    const more = by[line.lineId];
    if (more === undefined) return line;
    const { [count]: now = 0, ...rest } = line;
    const next = now + sign * more;
    return next === 0 ? rest : { ...rest, [count]: next };
  });

/** One more step, with what follows from it. */
const stepped = (order: PlacedOrder, task: TaskKind | null, at: Iso): PlacedOrder => {
  const steps = order.steps + 1;
  if (task === null) return { ...order, steps };
  return { ...order, steps, tasks: [...order.tasks, { ...task, id: `t${steps}` }], tasksAt: at };
};

/** Nothing is held any more for articles that do not come to the order. */
const letGo = (order: PlacedOrder, reservations: readonly OrderReservation[] | undefined, at: Iso): PlacedOrder =>
  reservations ? stepped(order, { kind: "let-go", reservations }, at) : order;

const standing = (order: PlacedOrder): PlacedOrder => ({ ...order, status: statusOf(order) });

function opened({ at, titles, ...data }: Placed & { readonly at: Iso }): PlacedOrder {
  const { parcel, payment, shippingAddress = null } = data;
  const lines = data.lines.map(({ lineId, productId, quantity, taxMinor, totalMinor, delivery }, i) => ({
    ...{ lineId, productId, title: titles[i] ?? "", quantity, taxMinor, totalMinor },
    ...(delivery === "digital" && { digital: true as const }),
  }));
  const { id, number, checkoutId, channelId, sellerId, customerId, currency, contact } = data;
  return {
    ...{ status: "placed", id, number, checkoutId, groupId: groupIdOf(data), channelId, sellerId, customerId },
    ...{ placedAt: at, currency, language: data.language ?? "en", contact, shippingAddress },
    billingAddress: data.billingAddress ?? shippingAddress,
    ...(data.replaces !== undefined && { replaces: data.replaces }),
    lines,
    shipping: parcel
      ? {
          ...{ totalMinor: parcel.totalMinor, taxMinor: parcel.taxMinor, captured: false, refunded: false },
          ...(parcel.standardMinor !== undefined && { standardMinor: parcel.standardMinor }),
        }
      : null,
    money: {
      ...{ paymentId: payment.paymentId, capture: payment.capture ?? "order", totalMinor: payment.totalMinor },
      ...{ capturedMinor: 0, refundedMinor: 0, reducedMinor: 0 },
    },
    fulfilments: [],
    papers: [],
    ...{ steps: 0, tasks: [], tasksAt: at },
  };
}

type Extended = Extract<OrderEvent, { type: "order.extended" }>["data"];

function withMore(order: PlacedOrder, data: Extended): PlacedOrder {
  const { lines, titles, paymentId, amountMinor, raiseId } = data;
  const { raise, money, ...rest } = order;
  const news = lines.map(({ lineId, productId, quantity, taxMinor, totalMinor, delivery }, i): LineState => ({
    ...{ lineId, productId, title: titles[i] ?? "", quantity, taxMinor, totalMinor },
    ...(delivery === "digital" && { digital: true as const }),
  }));
  const payments = paymentId === undefined ? [] : [{ paymentId, capturedMinor: amountMinor, refundedMinor: 0 }];
  const more = [...(money.more ?? []), ...payments];
  const totalMinor = lines.reduce((sum, line) => sum + line.totalMinor, money.totalMinor);
  // counted from the first one on that no payment tells of
  const told = paymentId !== undefined && money.extensions === undefined;
  const extensions = extensionsOf(money) + 1;
  return {
    ...rest,
    ...(raise && raise.raiseId !== raiseId && { raise }),
    lines: [...order.lines, ...news],
    money: { ...money, totalMinor, ...(more.length > 0 && { more }), ...(!told && { extensions }) },
  };
}

const sentBack = (shipping: ShippingState, { shippingMinor }: Refund): ShippingState => ({
  ...shipping,
  refunded: true,
  ...(shippingMinor !== undefined && { keptMinor: shipping.totalMinor - shippingMinor }),
});

export const evolveOrder: Evolve = {
  "order.placed": (_state, data) => stepped(opened(data), { kind: "placed" }, data.at),
  "order.captured": (state, { at, ...capture }) => {
    const { lines, money, shipping, ...order } = was(state);
    const next = {
      ...order,
      lines: counted(lines, "captured", sizes(capture.units)),
      money: { ...money, capturedMinor: money.capturedMinor + capture.amountMinor },
      shipping: shipping && capture.shipping ? { ...shipping, captured: true } : shipping,
    };
    return stepped(next, { kind: "capture", ...capture, at }, at);
  },
  "order.shipped": (state, { fulfilmentId: id, units, carrier, tracking, digital, at }) => {
    const order = was(state);
    const quantities = sizes(units);
    const next = {
      ...order,
      lines: counted(order.lines, "shipped", quantities),
      fulfilments: [...order.fulfilments, { id, at, carrier, tracking, deliveredAt: digital ? at : null, quantities }],
    };
    return standing(stepped(next, { kind: "ship", fulfilmentId: id, units, ...(digital && { digital }) }, at));
  },
  "order.delivered": (state, { fulfilmentId, at }) => {
    const order = was(state);
    const fulfilments = order.fulfilments.map((one) => (one.id === fulfilmentId ? { ...one, deliveredAt: at } : one));
    return standing(stepped({ ...order, fulfilments }, { kind: "delivered", fulfilmentId }, at));
  },
  "order.cancelled": (state, { units, reason, at }) => {
    const order = was(state);
    const next = { ...order, lines: counted(order.lines, "cancelled", sizes(units)) };
    return standing(stepped(next, { kind: "release", units, reason }, at));
  },
  "order.reduced": (state, { byMinor, alone, at }) => {
    const { money, ...order } = was(state);
    const { reducedMinor, aloneMinor = 0 } = money;
    const more = alone && { aloneMinor: aloneMinor + byMinor };
    return stepped({ ...order, money: { ...money, ...more, reducedMinor: reducedMinor + byMinor } }, null, at);
  },
  "order.redirected": (state, { shippingAddress }) => ({ ...was(state), shippingAddress }),
  "order.raised": (state, { raise, at }) => {
    const { totalMinor: amountMinor, reason, until, swap } = raise;
    const credit = swap && { creditMinor: swap.creditMinor };
    return stepped({ ...was(state), raise }, { kind: "raised", amountMinor, reason, until, ...credit }, at);
  },
  "order.raise-ended": (state, { at }) => {
    const { raise, ...order } = was(state);
    return letGo(order, raise?.swap?.reservations, at ?? order.tasksAt);
  },
  "order.extended": (state, data) => standing(withMore(was(state), data)),
  "order.refunded": (state, { at, ...refund }) => {
    const { lines, money, shipping, ...order } = was(state);
    const { refundedMinor, aloneMinor = 0 } = money;
    const next = {
      ...order,
      lines: counted(lines, "refunded", sizes(refund.units)),
      money: {
        ...money,
        ...givenBack(money, refund.from),
        refundedMinor: refundedMinor + refund.amountMinor,
        ...(refund.exchangedMinor && { exchangedMinor: (money.exchangedMinor ?? 0) + refund.exchangedMinor }),
        ...(refund.alone && { aloneMinor: aloneMinor + refund.amountMinor }),
      },
      shipping: shipping && refund.shipping ? sentBack(shipping, refund) : shipping,
    };
    return stepped(next, { kind: "refund", ...refund, at }, at);
  },
  "order.return-admitted": (state, { returnId, quantities }) => {
    const order = was(state);
    const returns = [...(order.returns ?? []), returnId].slice(-RETURNS_SHOWN_MAX);
    return { ...order, returns, lines: counted(order.lines, "returning", quantities) };
  },
  "order.return-settled": (state, { admitted, accepted, letGo: given, at }) => {
    const order = was(state);
    const lines = counted(counted(order.lines, "returning", admitted, -1), "returned", accepted);
    const settled = standing({ ...order, lines });
    return given ? letGo(settled, given, at ?? order.tasksAt) : stepped(settled, null, order.tasksAt);
  },
  "order.finished": (state, { done, failed, papers = [] }) => {
    const order = was(state);
    const tasks = order.tasks
      .filter(({ id }) => !done.includes(id))
      .map((task) => (task.id in failed ? { ...task, failed: failed[task.id] ?? "" } : task));
    return { ...order, tasks, papers: [...order.papers, ...papers] };
  },
  "order.retried": (state, { at }) => {
    const order = was(state);
    return { ...order, tasks: order.tasks.map(({ failed: _failed, ...task }) => task), tasksAt: at };
  },
};
