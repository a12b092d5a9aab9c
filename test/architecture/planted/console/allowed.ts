import type { Order } from "../models/order/order.contract";

export type Shown = Order;
