/** What was found or is proposed, as a card. A click on it is told with where it stood and what it was found by. */
import type { ProductHit } from "../../models/product/product.search.contract";
import { Link } from "../app/router";
import { countOf, moneyOf, textOf } from "../parts/format";
import { Picture } from "../parts/picture";
import { Stars } from "../parts/stars";
import { t } from "../words/words";
import { Heart } from "./heart";
import { Why } from "./why";

export type CardOf = Pick<
  ProductHit,
  "id" | "title" | "brand" | "categoryPath" | "image" | "price" | "offerCount" | "quantity" | "rating"
> &
  Partial<Pick<ProductHit, "without" | "score" | "parts">>;

export function StockLine({ quantity }: { readonly quantity: number }) {
  if (quantity <= 0) return <span class="stock none">{t("product.out")}</span>;
  return <span class="stock">{quantity < 5 ? t("product.few", { n: quantity }) : t("product.stock")}</span>;
}

function Price({ hit }: { readonly hit: CardOf }) {
  if (hit.price === null) return <span class="price soft">{t("product.noOffer")}</span>;
  const price = moneyOf(hit.price);
  return <span class="price">{hit.offerCount > 1 ? t("search.fromPrice", { price }) : price}</span>;
}

/** What nobody has reviewed yet says nothing of it: no stars are not the same as no good ones. */
function Rated({ rating: { average, count } }: Pick<CardOf, "rating">) {
  if (average === null) return null;
  return (
    <small class="rated">
      <Stars rating={average} />
      <span aria-hidden="true">{countOf(Math.round(average * 10) / 10)}</span>
      <span>{t("review.count", { n: count })}</span>
    </small>
  );
}

interface CardProps {
  readonly hit: CardOf;
  /** Where it stands among its like, from 0. */
  readonly position: number;
  readonly queryId?: string | undefined;
  readonly why?: boolean;
  /** Stands among the first: its picture is wanted at once. */
  readonly first?: boolean;
  readonly note?: string | null;
}

function Remarks({ hit, why = false, note = null }: Pick<CardProps, "hit" | "why" | "note">) {
  const { without = [] } = hit;
  return (
    <>
      {without.length > 0 && <small>{t("search.without", { words: without.join(", ") })}</small>}
      {note !== null && <small class="note">{note}</small>}
      {why && <Why hit={hit} />}
    </>
  );
}

export function Card({ hit, position, queryId, first = false, ...remarks }: CardProps) {
  const title = textOf(hit.title) || t("product.untitled");
  const category = hit.categoryPath.at(-1);
  const about = [hit.brand, category].filter((one) => one).join(" · ");
  return (
    <li class="card" data-stoa-product={hit.id} data-stoa-position={position} data-stoa-query={queryId}>
      <Picture id={hit.id} title={title} category={category} image={hit.image} eager={first} />
      <Heart productId={hit.id} variantId={null} title={title} small />
      <div class="card-text">
        <Link to={`/product/${hit.id}`}>
          <bdi>{title}</bdi>
        </Link>
        <small>{about}</small>
        <Rated rating={hit.rating} />
        <div class="card-price">
          <Price hit={hit} />
          <StockLine quantity={hit.quantity} />
        </div>
        <Remarks hit={hit} {...remarks} />
      </div>
    </li>
  );
}
