/** The chosen offer, and the way into the cart. */
import { useState } from "preact/hooks";
import type { OfferSummary } from "../../models/product/product.offers.contract";
import type { ProductView } from "../../models/product/product.search.contract";
import { addToCart } from "../app/basket";
import { Link } from "../app/router";
import { track } from "../client/deeds";
import { useDoing } from "../client/use";
import { Choice } from "../parts/fields";
import { dayOf, moneyOf, percentOf, priceOf } from "../parts/format";
import { Button, Fault, Notice } from "../parts/pieces";
import { t } from "../words/words";
import { StockLine } from "./card";

const QUANTITIES = ["1", "2", "3", "4", "5", "6", "8", "10"];
const BASIS = 10_000;

function Reduced({ offer }: { readonly offer: OfferSummary }) {
  const { reduction, price } = offer;
  if (reduction === null) return null;
  const said = (minor: number): string => priceOf(minor, price.currency);
  const given = {
    since: dayOf(reduction.since),
    was: said(reduction.wasMinor),
    lowest: said(reduction.lowestMinor),
  };
  return <p class="reduced">{t("product.reduced", given)}</p>;
}

/** Why this offer is proposed, in the numbers that it was chosen by. */
function WhyThis({ view, offer }: { readonly view: ProductView; readonly offer: OfferSummary }) {
  const { buyBox } = view;
  if (buyBox === null || buyBox.offerId !== offer.id) return null;
  const said = (minor: number): string => priceOf(minor, offer.price.currency);
  return (
    <details class="why-this">
      <summary>{t("product.why")}</summary>
      <p>{t("product.whyText", { price: said(buyBox.comparableMinor) })}</p>
      {buyBox.why.length > 0 && (
        <ul>
          {buyBox.why.map(({ rule, basisPoints }) => (
            <li key={rule}>{t(`product.why.${rule}`, { percent: percentOf(basisPoints / BASIS, 1) })}</li>
          ))}
        </ul>
      )}
      {buyBox.before !== null && <p>{t("product.whyNext", { price: said(buyBox.before.comparableMinor) })}</p>}
    </details>
  );
}

interface BuyProps {
  readonly view: ProductView;
  readonly offer: OfferSummary | undefined;
}

export function Buy({ view, offer }: BuyProps) {
  const [quantity, setQuantity] = useState("1");
  const [added, setAdded] = useState(false);
  const { busy, fault, run } = useDoing();
  if (!offer) return <p class="price-big soft">{t("product.nobody")}</p>;
  const add = (): void => {
    setAdded(false);
    void run(() => addToCart(offer.id, Number(quantity))).then((done) => {
      setAdded(done);
      if (done) track("add_to_cart", { productId: view.id });
    });
  };
  const seller = offer.sellerName ?? offer.sellerId;
  return (
    <div class="buy">
      <p class="price-big">{moneyOf(offer.price)}</p>
      <Reduced offer={offer} />
      <p class="soft">
        <StockLine quantity={offer.quantity} /> · {t("product.fromSeller", { seller })}
      </p>
      <div class="buy-row">
        <Choice
          label={t("product.quantity")}
          value={quantity}
          options={QUANTITIES.map((value) => ({ value, text: value }))}
          change={setQuantity}
        />
        <Button kind="main" icon="cart" busy={busy} disabled={offer.quantity <= 0} onClick={add}>
          {t("product.add")}
        </Button>
      </div>
      <Fault fault={fault} />
      {added && (
        <Notice tone="good">
          <p>{t("product.added")}</p>
          <Link to="/cart">{t("product.toCart")}</Link>
        </Notice>
      )}
      <WhyThis view={view} offer={offer} />
    </div>
  );
}
