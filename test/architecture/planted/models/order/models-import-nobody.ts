export { orderService } from "../../services/order/order.service";
