import type { OrderState } from "../../models/order/order.aggregate";

export type Theirs = OrderState;
