/** The twelve categories of the demo market. A further one is an entry in one of these files. */
import type { Category } from "../category";
import { CLOTHING } from "./clothing";
import { ELECTRONICS } from "./electronics";
import { HOME } from "./home";
import { KITCHEN } from "./kitchen";
import { LEISURE } from "./leisure";

export const CATEGORIES: readonly Category[] = [...HOME, ...KITCHEN, ...ELECTRONICS, ...CLOTHING, ...LEISURE];
