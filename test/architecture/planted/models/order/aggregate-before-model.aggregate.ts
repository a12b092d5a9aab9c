import type { orderModel } from "./order.model";

export type Model = typeof orderModel;
