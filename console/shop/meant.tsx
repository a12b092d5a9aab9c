/** What was searched for instead of what was typed. */
import type { ProductHits } from "../../models/product/product.search.contract";
import { Link } from "../app/router";
import { Notice } from "../parts/pieces";
import { t } from "../words/words";
import { addressOf, changed } from "./question";

function Relaxed({
  relaxed,
  typed,
}: {
  readonly relaxed: NonNullable<ProductHits["relaxed"]>;
  readonly typed: string;
}) {
  const { q, spelling, partial, exact } = relaxed;
  return (
    <>
      {spelling && <p>{t("search.instead", { q, typed })}</p>}
      {partial && <p>{exact === 0 ? t("search.partial") : t("search.partialAfter", { n: exact })}</p>}
    </>
  );
}

/** What was searched for instead: never done without saying so. */
export function Meant({ hits, question }: { readonly hits: ProductHits; readonly question: URLSearchParams }) {
  const { relaxed, didYouMean } = hits;
  if (relaxed === null && didYouMean === null) return null;
  return (
    <Notice>
      <div>
        {relaxed !== null && <Relaxed relaxed={relaxed} typed={question.get("q") ?? ""} />}
        {didYouMean !== null && (
          <p>
            {t("search.meant")} <Link to={addressOf(changed(question, "q", didYouMean))}>{didYouMean}</Link>?
          </p>
        )}
      </div>
    </Notice>
  );
}
