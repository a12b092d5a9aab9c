export { order } from "../../models/order/order.aggregate";
