import type { Back } from "./allowed-back";

export const allowed: Back = { there: 1 };
