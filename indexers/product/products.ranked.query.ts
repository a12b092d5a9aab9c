/** How a search ranked what it shows, for who keeps it: every part in full, as far as the engine told them. Pure. */
import type { estypes } from "@elastic/elasticsearch";
import type { ProductHit } from "../../models/product/product.search.contract";
import type { Ranked, RankedPart } from "../../models/visitor/visitor.ranking.contract";
import { fits, type Liking, type Taste } from "../../models/visitor/visitor.taste.contract";
import type { Found } from "./products.hit.query";
import { personalParts } from "./products.personal.query";
import { tastedOf } from "./products.traits.query";

/** Told what a search ranked; not called where nothing was ranked by relevance. */
export type OnRanked = (ranked: readonly Ranked[]) => void;

export interface Shown {
  readonly hit: estypes.SearchHit<Found> | undefined;
  readonly item: ProductHit;
}

/** What the engine was not asked to tell apart is one part. */
function observedIn({ item }: Shown, personal: number): RankedPart[] {
  if (item.parts === undefined) return [{ name: "words", of: "text", value: (item.score ?? 0) - personal }];
  return item.parts.flatMap(({ part, of, score, rule }): RankedPart[] =>
    of === "text" || of === "business"
      ? [{ name: rule === undefined ? part : `${part}:${rule}`, of, value: score }]
      : [],
  );
}

/** All likings that the product has what is liked of; only the strongest of a kind counts. */
function fitting({ likings }: Taste, source: Found, whole: boolean): readonly Liking[] {
  if (!whole || likings.length === 0) return [];
  const tasted = tastedOf(source);
  return likings.filter((liking) => fits(liking, tasted));
}

export function rankedOf(shown: Shown, position: number, taste: Taste): Ranked[] {
  const { hit, item } = shown;
  const source = hit?._source;
  if (item.score === null || !source) return [];
  const whole = item.without.length === 0;
  const personal = personalParts(taste, source, whole).reduce((sum, { score }) => sum + score, 0);
  return [
    {
      productId: item.id,
      position,
      score: item.score,
      observed: observedIn(shown, personal),
      // those that it has nothing of decide nothing: kept for each of a page's products, they cost more than the search
      weighed: fitting(taste, source, whole).map((liking) => ({ liking, fits: true })),
    },
  ];
}
