/** The keys under which the uses of a promotion and of its coupon are counted. Pure. */
import { OPEN_HOURS } from "./redemption.contract";

/** Null where any number is allowed. */
export interface Limits {
  readonly usesMax: number | null;
  readonly usesPerCustomerMax: number | null;
}

export interface Limit {
  readonly key: string;
  readonly usesMax: number;
}

/** What of a thing is counted for a customer. @param thing `promotion/<id>` or `coupon/<code>` */
export const limitsOf = (thing: string, limits: Limits, customerId: string | null): Limit[] => [
  ...(limits.usesMax === null ? [] : [{ key: thing, usesMax: limits.usesMax }]),
  ...(limits.usesPerCustomerMax === null || customerId === null
    ? []
    : [{ key: `${thing}/${customerId}`, usesMax: limits.usesPerCustomerMax }]),
];

/** Uses that began before this moment count as kept. */
export const openSince = (now: string): string => new Date(Date.parse(now) - OPEN_HOURS * 3_600_000).toISOString();
