/**
 * A quote as a checkout keeps it. Each version of a checkout holds its whole state, and a quote of two hundred lines
 * would not fit: a large one is kept deflated. Orders keep their lines in the clear.
 */
import Joi from "../kernel/schema";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { quoteSchema, type Quote } from "../cart/cart.quote.contract";

export type PackedQuote = Quote | { readonly packed: string };

/** Above this many characters a quote is deflated. */
const CLEAR_MAX = 8_000;
/** Of a deflated one: with the allocations beside it a state stays below 64 KiB. */
const PACKED_MAX = 40_000;
/** What a deflated one may grow to: bounds the memory that reading one takes. */
const UNPACKED_MAX = 2 * 1024 * 1024;

export function pack(quote: Quote): PackedQuote {
  const text = JSON.stringify(quote);
  return text.length <= CLEAR_MAX ? quote : { packed: deflateRawSync(text).toString("base64") };
}

export function unpack(kept: PackedQuote): Quote {
  if (!("packed" in kept)) return kept;
  const bytes = inflateRawSync(Buffer.from(kept.packed, "base64"), { maxOutputLength: UNPACKED_MAX });
  return JSON.parse(bytes.toString("utf8")) as Quote;
}

export const packedSchema = Joi.alternatives<PackedQuote>(
  Joi.object({ packed: Joi.string().base64().max(PACKED_MAX).required() }),
  quoteSchema,
);
