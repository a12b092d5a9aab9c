/** An order for tests of what is done with it: decided as the service would ask for it, folded as it is kept. */
import { erased, fold } from "../../models/kernel/aggregate";
import { isRefusal } from "../../models/kernel/refusal";
import { order, type OrderCommands, type OrderEvent } from "../../models/order/order.aggregate";
import type { CapturePolicy, PlaceOrder } from "../../models/order/order.place.contract";
import type { OrderState, PlacedOrder } from "../../models/order/order.state.aggregate";
import { placed } from "./orders";

export const NOW = "2026-01-31T12:00:00.000Z";

export type OrderStep = { readonly [N in keyof OrderCommands]: readonly [N, OrderCommands[N]] }[keyof OrderCommands];

export const firstOf = (params: PlaceOrder, capture?: CapturePolicy): OrderEvent => {
  const payment = { ...params.payment, ...(capture && { capture }) };
  return { type: "order.placed", data: { ...placed({ ...params, payment }), at: NOW } };
};

export const folded = (state: OrderState, events: readonly OrderEvent[]): PlacedOrder =>
  fold(erased(order), state, events) as PlacedOrder;

export const begunWith = (params: PlaceOrder, capture?: CapturePolicy): PlacedOrder =>
  folded(order.initial, [firstOf(params, capture)]);

/** What only the order knows: what it comes to, and what is proposed. */
function known({ money, raise, steps: taken }: PlacedOrder, name: string): object {
  const raiseId = raise?.raiseId ?? "x0";
  const more: Readonly<Record<string, object>> = {
    "order.recordCapture": { amountMinor: money.totalMinor },
    "order.extend": { raiseId, paymentId: `payment-x${taken}` },
    "order.refuseRaise": { raiseId },
    "order.lapseRaise": { raiseId },
  };
  return more[name] ?? {};
}

/** @throws what the order refuses */
export function decidedBy(state: OrderState, [name, params]: OrderStep): readonly OrderEvent[] {
  const whole = { ...params, ...known(state as PlacedOrder, name) };
  const deciders: Readonly<Record<string, unknown>> = order.decide;
  const decide = deciders[name] as (state: OrderState, params: object, now: string) => readonly OrderEvent[];
  return decide(state, whole, NOW);
}

/** … nothing, of what it refuses. */
export function decidedIfAny(state: OrderState, step: OrderStep): readonly OrderEvent[] {
  try {
    return decidedBy(state, step);
  } catch (error) {
    if (isRefusal(error)) return [];
    throw error;
  }
}

/** @throws what the order refuses */
export const after = (state: OrderState, ...steps: readonly OrderStep[]): PlacedOrder =>
  steps.reduce<OrderState>((now, step) => folded(now, decidedBy(now, step)), state) as PlacedOrder;

export const refused = (state: OrderState, step: OrderStep): string => {
  try {
    after(state, step);
    return "nothing";
  } catch (error) {
    return isRefusal(error) ? error.type : String(error);
  }
};

/** The money of the whole order is taken. */
export const captureAll: OrderStep = ["order.recordCapture", { id: "order-1", captureId: "c", amountMinor: 0 }];
