export const orderModel = { aggregate: "order" };
