import type { OrderState } from "../../models/order/order.aggregate";
import type { Reader } from "../../services/kernel/delivery";

export type Seen = OrderState & Reader;
