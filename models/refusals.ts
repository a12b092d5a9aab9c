/** The mall's refusals and their HTTP status. The kernel's own stand in `kernel/refusal.ts`. */
import { kernelRefusals, refuser } from "./kernel/refusal";

export const refusals = {
  ...kernelRefusals,
  CHANNEL_CLOSED: 409,
  PRODUCT_NOT_DRAFT: 409,
  PRODUCT_NOT_PUBLISHED: 409,
  PRODUCT_NOT_WITHDRAWN: 409,
  PRODUCT_CHANNELS_FULL: 409,
  PRODUCT_VARIANT_UNKNOWN: 409,
  OFFER_VARIANT_UNKNOWN: 409,
  OFFER_WITHDRAWN: 409,
  OFFER_NOT_WITHDRAWN: 409,
  OFFER_CURRENCY_FIXED: 409,
  STOCK_NEGATIVE: 409,
  PRICELIST_TIMES: 422,
  PRICELIST_FULL: 409,
  SELLER_STATUS: 409,
  SELLER_INCOMPLETE: 409,
  SELLER_NOT_ACTIVE: 409,
} as const;

export type RefusalType = keyof typeof refusals;

export const refuse = refuser(refusals);
