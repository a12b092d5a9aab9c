/** Where something stands, in a word and a colour. */
import type { OrderStatus } from "../../models/order/order.machine.contract";
import type { ReturnStatus } from "../../models/return/return.contract";
import { t } from "../words/words";
import { Badge, type Tone } from "./pieces";

const orderTones: Readonly<Record<OrderStatus, Tone>> = {
  placed: "warn",
  "part-shipped": "warn",
  shipped: "info",
  delivered: "good",
  returned: "plain",
  cancelled: "plain",
};

const returnTones: Readonly<Record<ReturnStatus, Tone>> = {
  requested: "warn",
  approved: "info",
  rejected: "bad",
  withdrawn: "plain",
  settling: "info",
  settled: "good",
};

export const OrderBadge = ({ status }: { readonly status: OrderStatus }) => (
  <Badge tone={orderTones[status]}>{t(`order.${status}`)}</Badge>
);

export const ReturnBadge = ({ status }: { readonly status: ReturnStatus }) => (
  <Badge tone={returnTones[status]}>{t(`return.${status}`)}</Badge>
);
