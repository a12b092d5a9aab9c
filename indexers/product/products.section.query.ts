/** A search within a section: what is in it holds beside whatever else is asked, before facets are counted. */
import type { estypes } from "@elastic/elasticsearch";
import type { ShownSection } from "../../models/section/section.contract";
import type { SearchProducts } from "../../models/product/product.search.contract";
import type { FindCollection } from "../collection/collections.query";
import type { QueryContext } from "../kernel/query";
import { byRule, filledWith, type Now } from "./products.collection.query";

type Query = estypes.QueryDslQueryContainer;

const nothing: Query = { match_none: {} };

/** In any of the collections. */
async function inAny(
  names: readonly string[],
  now: Now,
  find: (name: string) => ReturnType<FindCollection>,
): Promise<Query> {
  const found = await Promise.all(names.map(find));
  const should = found.flatMap((one): Query[] => (one === null ? [] : [{ bool: { filter: filledWith(one, now) } }]));
  return should.length === 0 ? nothing : { bool: { should, minimum_should_match: 1 } };
}

/** What holds for every product of it; undefined is a section that there is not, or that is closed: then nothing. */
export async function inSection(
  section: ShownSection | undefined,
  now: Now,
  ask: { readonly findCollection: FindCollection; readonly context: QueryContext },
): Promise<Query[]> {
  if (section === undefined) return [nothing];
  const { collections, ...rule } = section.view;
  const filters = byRule(rule, now);
  if (collections === undefined) return filters;
  return [...filters, await inAny(collections, now, (name) => ask.findCollection(name, ask.context))];
}

/** The search in the channel of which the section is a corner. */
export function inChannelOf<P extends Pick<SearchProducts, "channel">>(
  params: P,
  section: ShownSection | undefined,
): P {
  if (!section || section.channel === null || params.channel !== undefined) return params;
  return { ...params, channel: section.channel };
}
