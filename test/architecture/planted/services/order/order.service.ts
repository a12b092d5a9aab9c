export const orderService = {};
