import type { Pages } from "../app/areas";

export const seller: Pages = {};
