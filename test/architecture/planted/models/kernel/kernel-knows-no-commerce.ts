export { order } from "../order/order.aggregate";
