/** What it comes to. */
import type { Quote } from "../../models/cart/cart.quote.contract";
import { priceOf } from "../parts/format";
import { t } from "../words/words";

export function Sums({ quote }: { readonly quote: Quote }) {
  const said = (minor: number): string => priceOf(minor, quote.currency);
  return (
    <dl class="sums numbers">
      <div>
        <dt>{t("cart.subtotal")}</dt>
        <dd>{said(quote.subtotalMinor)}</dd>
      </div>
      {quote.discountMinor > 0 && (
        <div class="good">
          <dt>{t("cart.discount")}</dt>
          <dd>−{said(quote.discountMinor)}</dd>
        </div>
      )}
      <div>
        <dt>{t("cart.shipping")}</dt>
        <dd>{quote.parcels.length === 0 ? t("cart.later") : said(quote.shippingMinor)}</dd>
      </div>
      <div class="total">
        <dt>{t("cart.total")}</dt>
        <dd>{said(quote.totalMinor)}</dd>
      </div>
      <div class="soft">
        <dt>{t("cart.tax", { country: quote.country })}</dt>
        <dd>{said(quote.taxMinor)}</dd>
      </div>
    </dl>
  );
}
