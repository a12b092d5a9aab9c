export { anOrder } from "../../test/support/order";
