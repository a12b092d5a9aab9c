export type { Seen } from "../../indexers/order/allowed.projection";
