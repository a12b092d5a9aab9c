/** One product: what it is, who sells it for how much, why that offer comes first, what it cost lately. */
import { useEffect, useState } from "preact/hooks";
import type { OfferSummary } from "../../models/product/product.offers.contract";
import type { ProductView } from "../../models/product/product.search.contract";
import type { PageProps } from "../app/areas";
import { isAdmin } from "../app/rooms";
import { Link } from "../app/router";
import { useStore } from "../app/store";
import { track } from "../client/deeds";
import { person } from "../client/session";
import { useAsk } from "../client/use";
import { labelOf, textOf, valueOf } from "../parts/format";
import { Icon } from "../parts/icon";
import { Picture } from "../parts/picture";
import { Fault, Title, Waiting } from "../parts/pieces";
import { t } from "../words/words";
import { AlertChoice } from "./alert-choice";
import { Buy } from "./buy";
import { Heart } from "./heart";
import { Offers } from "./offers";
import { PriceHistory } from "./price-history";
import { Recommended } from "./recommended";
import { Reviews } from "./reviews";

function Crumbs({ path, brand }: { readonly path: readonly string[]; readonly brand: string | null }) {
  const to = (i: number): string =>
    `/search?${new URLSearchParams({ category: path.slice(0, i + 1).join("/") }).toString()}`;
  return (
    <span class="crumbs">
      {path.map((name, i) => (
        <span key={name}>
          <Link to={to(i)}>{name}</Link>
          <Icon name="next" mirrored />
        </span>
      ))}
      {brand !== null && <Link to={`/search?${new URLSearchParams({ brand }).toString()}`}>{brand}</Link>}
    </span>
  );
}

function Details({ view }: { readonly view: ProductView }) {
  const rows = Object.entries(view.attributes);
  const description = textOf(view.description);
  return (
    <>
      {description !== "" && (
        <section>
          <h2>{t("product.about")}</h2>
          <p class="description" dir="auto">
            {description}
          </p>
        </section>
      )}
      {rows.length > 0 && (
        <section>
          <h2>{t("product.details")}</h2>
          <dl class="facts">
            {rows.map(([name, value]) => (
              <div key={name}>
                <dt>{labelOf(name)}</dt>
                <dd>{valueOf(value)}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
    </>
  );
}

/** The proposed one, or the first that has a price. */
const proposed = (view: ProductView): OfferSummary | undefined =>
  view.offers.find(({ id }) => id === view.buyBox?.offerId) ?? view.offers[0];

function AsItWas({ id }: { readonly id: string }) {
  const who = useStore(person);
  if (!who || !isAdmin(who)) return null;
  return (
    <Link class="button quiet small" to={`/admin/time/product/${id}`}>
      <Icon name="history" />
      {t("product.history")}
    </Link>
  );
}

const NOT_TOGETHER = ["alike", "trending", "new"] as const;

function Shown({ view }: { readonly view: ProductView }) {
  const [chosenId, choose] = useState<string | null>(null);
  const offer = view.offers.find(({ id }) => id === chosenId) ?? proposed(view);
  const title = textOf(view.title) || t("product.untitled");
  const image = view.media.find(({ kind }) => kind === "image")?.url;
  return (
    <article class="product">
      <div class="product-picture">
        <Picture id={view.id} title={title} category={view.categoryPath.at(-1)} image={image} eager />
      </div>
      <div class="product-buy">
        <Title over={<Crumbs path={view.categoryPath} brand={view.brand} />}>{title}</Title>
        <Buy view={view} offer={offer} />
        <div class="keep">
          <Heart productId={view.id} variantId={null} title={title} />
          <AlertChoice productId={view.id} variantId={null} inStock={view.quantity > 0} />
        </div>
        <AsItWas id={view.id} />
      </div>
      <div class="product-more">
        <Offers view={view} chosen={offer?.id ?? null} choose={choose} />
        {offer && <PriceHistory key={offer.id} offerId={offer.id} />}
      </div>
      <div class="product-facts">
        <Details view={view} />
      </div>
      <div class="product-similar">
        <Reviews productId={view.id} />
        <Recommended kind="together" productId={view.id} title={t("product.together")} without={NOT_TOGETHER} silent />
        <Recommended kind="similar" productId={view.id} title={t("product.similar")} />
      </div>
    </article>
  );
}

export function ProductPage({ at }: PageProps) {
  const productId = at["id"] ?? "";
  const { data, fault, again } = useAsk("product.get", { id: productId });
  useEffect(() => track("view", { productId }), [productId]);
  if (data !== null) return <Shown view={data} />;
  if (fault === null) return <Waiting lines={8} />;
  return (
    <>
      <Title>{t("notFound.title")}</Title>
      <Fault fault={fault} again={again} />
    </>
  );
}
