export { orderModel } from "../../models/order/order.model";
