import type { OrderState } from "../../models/order/order.aggregate";
import { tensors } from "../kernel/tensors";

export const taste = (order: OrderState): number => tensors + String(order).length;
