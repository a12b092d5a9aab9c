import type { Pages } from "../app/areas";

export const admin: Pages = {};
