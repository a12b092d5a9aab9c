import { orderContract } from "../models/order/order.contract";

export const taken = orderContract;
