export const risk = 0;
