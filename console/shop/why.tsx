/** What a product's place is made of: the parts of its score, as bars. */
import type { ProductHit } from "../../models/product/product.search.contract";
import { countOf, labelOf } from "../parts/format";
import { t, told } from "../words/words";

const PARTS_MAX = 6;

export function Why({ hit }: { readonly hit: Partial<Pick<ProductHit, "score" | "parts">> }) {
  const { score = null, parts = [] } = hit;
  if (score === null || parts.length === 0) return null;
  const sorted = [...parts].sort((a, b) => Math.abs(b.score) - Math.abs(a.score)).slice(0, PARTS_MAX);
  const largest = Math.max(...sorted.map((part) => Math.abs(part.score)), Number.EPSILON);
  return (
    <div class="why">
      <small>{t("search.score", { score: countOf(Math.round(score * 100) / 100) })}</small>
      <ul>
        {sorted.map((part) => (
          <li key={part.part}>
            <span>{told(`part.${part.part}`) ?? labelOf(part.part)}</span>
            <meter min={0} max={largest} value={Math.abs(part.score)} aria-hidden="true" />
            <span class="numbers">{countOf(Math.round(part.score * 100) / 100)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
