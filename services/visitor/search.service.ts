/**
 * The search of products, for whoever asks: with the taste of a visitor who lets it be gone by, and for everybody else
 * exactly as the read side answers it. What keeps a taste from being known never keeps a search from being answered.
 */
import type { Logger } from "pino";
import type { Calls } from "../../models/contracts";
import type { ProductHits, SearchProducts } from "../../models/product/product.search.contract";
import { NO_TASTE, type Taste } from "../../models/visitor/visitor.taste.contract";
import { asMall, typed } from "../kernel/call";
import type { CallSite, Query } from "../kernel/service";
import { within } from "../kernel/wait";
import { personOf } from "./visitor.service";

type Asked = Omit<SearchProducts, "visitorId" | "personal">;

/** The read side's own search, which may be given a taste. */
export type Search = (params: Asked, context: CallSite & { readonly taste?: Taste }) => Promise<ProductHits>;

const TASTE_WITHIN_MS = 250;

async function tasteFor({ visitorId }: SearchProducts, site: CallSite): Promise<Taste> {
  const person = personOf(site);
  if (visitorId !== undefined) return typed<Calls>(site.caller, site.meta)("visitor.taste", { visitorId });
  if (person === null) return NO_TASTE;
  return typed<Calls>(site.caller, asMall(site.meta, "taste"))("visitor.tastePerson", { personId: person });
}

/** Who asked for it; the header speaks for who gives no param. */
const asking = (params: SearchProducts, { meta }: CallSite): SearchProducts =>
  params.visitorId === undefined && meta.visitorId !== undefined ? { ...params, visitorId: meta.visitorId } : params;

export function personalSearch(search: Search, log: Pick<Logger, "warn">): Query {
  return async (params: SearchProducts, context) => {
    const site = context as CallSite;
    const { visitorId: _visitorId, personal = true, ...asked } = params;
    if (!personal) return search(asked, site);
    const asker = asking(params, site);
    const taste = await within(TASTE_WITHIN_MS, "Reading a taste", tasteFor(asker, site)).catch((error: unknown) => {
      log.warn({ err: error }, "A search was answered without the visitor's taste");
      return NO_TASTE;
    });
    return search(asked, { ...site, taste });
  };
}
