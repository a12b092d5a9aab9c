import { order } from "../../models/order/order.aggregate";
import { orderContract } from "../../models/order/order.contract";

export const allowed = { order, orderContract };
