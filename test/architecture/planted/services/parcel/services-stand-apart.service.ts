export { orderService } from "../order/order.service";
