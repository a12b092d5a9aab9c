/**
 * The search of products, for whoever asks: with the taste of a visitor who lets it be gone by, and for everybody else
 * exactly as the read side answers it. What keeps a taste from being known, or a ranking from being kept, never keeps a
 * search from being answered.
 */
import type { Logger } from "pino";
import type { Calls } from "../../models/contracts";
import type { ProductHits, SearchProducts } from "../../models/product/product.search.contract";
import type { Ranked } from "../../models/visitor/visitor.ranking.contract";
import { NO_TASTE, type Taste } from "../../models/visitor/visitor.taste.contract";
import { asMall, typed } from "../kernel/call";
import type { Node } from "../kernel/node";
import type { CallSite, Query } from "../kernel/service";
import { within } from "../kernel/wait";
import type { Counter } from "./counter.service";
import { createImpressions, decisionIdOf } from "./impressions.service";
import { newQueryId } from "./query-id.service";
import { personOf } from "./visitor.service";

type Asked = Omit<SearchProducts, "visitorId" | "personal">;

interface Told {
  readonly taste?: Taste;
  readonly ranked?: (ranked: readonly Ranked[]) => void;
}

/** The read side's own search, which may be given a taste, and tells how it ranked. */
export type Search = (params: Asked, context: CallSite & Told) => Promise<ProductHits>;

export interface SearchDeps {
  readonly node: Pick<Node, "identity" | "clock">;
  readonly log: Pick<Logger, "warn">;
  readonly counter: Counter;
}

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

async function tasted(params: SearchProducts, site: CallSite, { log }: SearchDeps): Promise<Taste> {
  if (params.personal === false) return NO_TASTE;
  const known = tasteFor(asking(params, site), site);
  return within(TASTE_WITHIN_MS, "Reading a taste", known).catch((error: unknown) => {
    log.warn({ err: error }, "A search was answered without the visitor's taste");
    return NO_TASTE;
  });
}

/** A further page is the same search, of which nothing is counted again. */
const isNew = ({ q = "", cursor }: SearchProducts): boolean => q.trim() !== "" && cursor === undefined;

export function personalSearch(search: Search, deps: SearchDeps): Query {
  const { node, counter, log } = deps;
  const keep = createImpressions(log);
  return async (params: SearchProducts, context) => {
    const site = context as CallSite;
    const { visitorId: _visitorId, personal: _personal, ...asked } = params;
    const taste = await tasted(params, site, deps);
    let ranked: readonly Ranked[] = [];
    const isKept = params.explain === true || taste.likings.length > 0;
    const hits = await search(asked, { ...site, taste, ...(isKept && { ranked: (found) => (ranked = found) }) });
    if (!isNew(params)) return hits;
    const queryId = newQueryId(node.identity.pepper, params.q ?? "");
    counter.searched({ ...asked, queryId, results: hits.total, shown: hits.items.length });
    if (ranked.length === 0) return { ...hits, queryId };
    keep({ queryId, at: node.clock.now(), subject: personOf(site), ranked }, site);
    const known = new Set(ranked.map(({ productId }) => productId));
    const items = hits.items.map((hit) =>
      known.has(hit.id) ? { ...hit, decisionId: decisionIdOf(queryId, hit.id) } : hit,
    );
    return { ...hits, items, queryId };
  };
}
