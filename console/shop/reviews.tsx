/** What those say who bought it: how it is rated, what is praised, and one after the other. */
import { useState } from "preact/hooks";
import type { ReviewsOfProduct } from "../../models/review/review.list.contract";
import { ask } from "../client/ask";
import { useAsk, useDoing } from "../client/use";
import { Choice } from "../parts/fields";
import { countOf } from "../parts/format";
import { Badge, Button, Fault } from "../parts/pieces";
import { Review } from "../parts/review";
import { Stars } from "../parts/stars";
import { t } from "../words/words";

const LIMIT = 5;
const SORTS = ["newest", "highest", "lowest"] as const;
const FIVE = [5, 4, 3, 2, 1] as const;

function Summary({ found }: { readonly found: ReviewsOfProduct }) {
  const { average, count, stars } = found.rating;
  return (
    <div class="rating">
      <p class="price-big">
        {average === null ? "–" : countOf(Math.round(average * 10) / 10)} <Stars rating={average ?? 0} />
      </p>
      <p class="soft">{t("review.count", { n: count })}</p>
      <ul class="bars">
        {FIVE.map((one) => (
          <li key={one}>
            <span>{t("review.stars", { rating: one })}</span>
            <meter min={0} max={Math.max(count, 1)} value={stars[one - 1] ?? 0} aria-hidden="true" />
            <span class="numbers">{countOf(stars[one - 1] ?? 0)}</span>
          </li>
        ))}
      </ul>
      <p>
        {found.aspects.map(({ aspect, praise, complaint }) => (
          <Badge key={aspect} tone={praise >= complaint ? "good" : "bad"}>
            {aspect} +{praise} −{complaint}
          </Badge>
        ))}
      </p>
    </div>
  );
}

function Report({ id }: { readonly id: string }) {
  const [told, setTold] = useState(false);
  const { busy, fault, run } = useDoing();
  const report = (): void => void run(() => ask("review.report", { id, reason: "not-about-product" })).then(setTold);
  if (told) return <small role="status">{t("review.reported")}</small>;
  return (
    <>
      <Button kind="quiet" small busy={busy} onClick={report}>
        {t("review.report")}
      </Button>
      <Fault fault={fault} />
    </>
  );
}

/** Nothing where nobody has said anything yet. */
export function Reviews({ productId }: { readonly productId: string }) {
  const [sort, setSort] = useState<(typeof SORTS)[number]>("newest");
  const { data } = useAsk("review.ofProduct", { productId, sort, limit: LIMIT });
  if (data === null || data.rating.count === 0) return null;
  const choose = (value: string): void => setSort(SORTS.find((one) => one === value) ?? "newest");
  return (
    <section class="product-reviews shelf" aria-labelledby="reviews">
      <header>
        <h2 id="reviews">{t("review.title")}</h2>
        <Choice
          quiet
          label={t("search.sort")}
          value={sort}
          options={SORTS.map((value) => ({ value, text: t(`review.${value}`) }))}
          change={choose}
        />
      </header>
      <div class="rated">
        <Summary found={data} />
        <ul>
          {data.items.map((review) => (
            <Review key={review.id} review={review}>
              <Report id={review.id} />
            </Review>
          ))}
        </ul>
      </div>
    </section>
  );
}
