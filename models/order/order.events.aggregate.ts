/** What happens to an order, and the commands by which it does. */
import type { Address } from "../cart/cart.quote.contract";
import type { Iso } from "../kernel/row";
import type { Alone, EditOrder, OrderPaper, RefundOrder } from "./order.commands.contract";
import type { OrderCalls } from "./order.contract";
import type { OrderGuestCalls } from "./order.guest.contract";
import type { OrderReservation } from "./order.place.contract";
import type { PricedRaise } from "./order.raise.contract";
import type { Capture, Placed, PlacedOrder, Refund } from "./order.state.aggregate";
import type { Quantities, Units } from "./order.units.aggregate";

interface At {
  readonly at: Iso;
}

interface Shipped {
  readonly fulfilmentId: string;
  readonly units: Units;
  readonly carrier: string | null;
  readonly tracking: string | null;
  /** Digital goods arrive as they leave. */
  readonly digital?: true;
}

/** What came to an order, as it was proposed and paid. */
export interface ExtendedOrder extends Pick<Placed, "lines" | "titles" | "commissions" | "reservations"> {
  readonly raiseId: string;
  /** Left out where what came back was worth enough. */
  readonly paymentId?: string;
  /** What was paid for it. */
  readonly amountMinor: number;
}

export type OrderEvent =
  | { readonly type: "order.placed"; readonly data: Placed & At }
  | { readonly type: "order.captured"; readonly data: Capture & At }
  | { readonly type: "order.shipped"; readonly data: Shipped & At }
  | { readonly type: "order.delivered"; readonly data: { readonly fulfilmentId: string } & At }
  | { readonly type: "order.cancelled"; readonly data: { readonly units: Units; readonly reason: string } & At }
  | {
      readonly type: "order.reduced";
      readonly data: { readonly byMinor: number; readonly reason: string } & Pick<Refund, "alone"> & At;
    }
  | {
      readonly type: "order.redirected";
      readonly data: { readonly id: string; readonly customerId: string | null; readonly shippingAddress: Address };
    }
  | { readonly type: "order.raised"; readonly data: { readonly raise: NonNullable<PlacedOrder["raise"]> } & At }
  | {
      readonly type: "order.raise-ended";
      readonly data: { readonly raiseId: string; readonly how: "refused" | "lapsed"; readonly at?: Iso };
    }
  | { readonly type: "order.extended"; readonly data: ExtendedOrder }
  | { readonly type: "order.refunded"; readonly data: Refund & At }
  | {
      readonly type: "order.return-admitted";
      readonly data: { readonly returnId: string; readonly quantities: Quantities };
    }
  | {
      readonly type: "order.return-settled";
      readonly data: {
        readonly returnId: string;
        readonly admitted: Quantities;
        readonly accepted: Quantities;
        /** Of articles that cannot come to the order after all. */
        readonly letGo?: readonly OrderReservation[];
        readonly at?: Iso;
      };
    }
  | {
      readonly type: "order.finished";
      readonly data: {
        readonly papers?: readonly OrderPaper[];
        readonly done: readonly string[];
        readonly failed: Readonly<Record<string, string>>;
      };
    }
  | { readonly type: "order.retried"; readonly data: At };

type OrderQuery =
  | `order.${"get" | "sold" | "track" | "machine" | "reservations" | "addressee" | "quoteExchange"}`
  | `order.${"mine" | "ofSeller" | "search" | "carryOut"}`
  | keyof OrderGuestCalls;

/** What the service adds to the params of some. */
interface Prepared {
  readonly "order.place": Placed;
  readonly "order.raise": PricedRaise;
  readonly "order.edit": EditOrder & Alone;
  readonly "order.refund": RefundOrder & Alone;
}

export type OrderCommands = {
  [N in Exclude<keyof OrderCalls, OrderQuery | keyof Prepared>]: OrderCalls[N]["params"];
} & Prepared;
