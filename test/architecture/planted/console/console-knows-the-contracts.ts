import type { orderService } from "../services/order/order.service";

export type Known = typeof orderService;
