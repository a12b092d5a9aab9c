/** Answers merchandising.preview: the same search twice, with the rule as if it were on, and without it. */
import { within } from "../merchandising/merchandising.book.query";
import { refuseKernel } from "../../models/kernel/refusal";
import type { PreviewMerchandising } from "../../models/merchandising/merchandising.contract";
import type {
  MerchandisingPreview,
  MerchandisingView,
  PreviewedProduct,
} from "../../models/merchandising/merchandising.result.contract";
import type { ProductHits, SearchProducts } from "../../models/product/product.search.contract";
import type { QueryContext } from "../kernel/query";
import { search, type ProductQueryDeps } from "./products.search.query";

/** The search, where the rule holds. */
function askedFor(
  { q, lang, category, collection, limit }: PreviewMerchandising,
  rule: MerchandisingView,
): SearchProducts {
  const { channel, section } = rule;
  return {
    ...{ sort: "relevance", limit, explain: true },
    ...(q !== undefined && { q }),
    ...(lang !== undefined && { lang }),
    ...(category !== undefined && { category }),
    ...(collection !== undefined && { collection }),
    ...(channel !== null && { channel }),
    ...(section !== null && { section }),
  };
}

function placed({ items }: ProductHits, other: ProductHits): PreviewedProduct[] {
  const places = new Map(other.items.map(({ id }, at) => [id, at + 1]));
  return items.map(({ id, title, score }) => ({ id, title, score, other: places.get(id) ?? null }));
}

/** @throws NOT_FOUND */
export async function preview(
  deps: ProductQueryDeps,
  params: PreviewMerchandising,
  context: QueryContext,
): Promise<MerchandisingPreview> {
  const { id, at } = params;
  const rule = (await deps.merchandising(context)).get(id);
  if (rule === undefined) return refuseKernel("NOT_FOUND", "There is no such rule.", { id });
  const asked = askedFor(params, rule);
  const trial = (speaks: boolean) =>
    search(deps, asked, { context, trial: { tried: { id, speaks }, ...(at !== undefined && { at }) } });
  // asked as on a day of which the schedule knows, it speaks as it would then; else it is tried before it begins
  const due = at === undefined || within(rule, at);
  const [tried, without] = await Promise.all([trial(due), trial(false)]);
  return {
    channel: rule.channel,
    with: placed(tried, without),
    without: placed(without, tried),
    speaks: tried.rules?.includes(id) ?? false,
    redirect: tried.redirect,
  };
}
