/** What the demo market needs to know of a category in order to invent its products. */
import type { Value, Words } from "./words";

export interface Choice {
  /** Name of the option. */
  readonly name: string;
  readonly values: readonly Value[];
  /** How much dearer each value is than the one before it, as a share of the price. */
  readonly dearerBy: number;
}

export interface Category {
  readonly path: readonly [Words, Words];
  /** What its pictures show; services/gateway/pictures draws it. */
  readonly motif: string;
  readonly things: readonly Words[];
  readonly brands: readonly string[];
  /** Cheapest and dearest, in cents. */
  readonly priceMinor: readonly [number, number];
  readonly materials: readonly Value[];
  /** Numbers from the first to the second value, in steps of the third. */
  readonly numbers: Readonly<Record<string, readonly [number, number, number]>>;
  /** True for about half of the products. */
  readonly flags: readonly string[];
  /** Why one wants it: whole sentences of the category's own. */
  readonly praise: readonly Words[];
  readonly choice: Choice | null;
}

export const words = (en: string, de: string): Words => ({ en, de });
