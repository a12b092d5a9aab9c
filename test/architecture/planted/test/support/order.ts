export const anOrder = {};
