export { order } from "./order.aggregate";
