/** Everybody who sells a product. */
import type { OfferSummary } from "../../models/product/product.offers.contract";
import type { ProductView } from "../../models/product/product.search.contract";
import { moneyOf } from "../parts/format";
import { Button } from "../parts/pieces";
import { t, told } from "../words/words";
import { StockLine } from "./card";

interface OffersProps {
  readonly view: ProductView;
  readonly chosen: string | null;
  readonly choose: (id: string) => void;
}

/** Its variant and condition, which tell it from the others of the product. */
export const nameOf = (view: ProductView, { variantId, condition }: OfferSummary): string => {
  const options = view.variants.find(({ id }) => id === variantId)?.options ?? {};
  return [...Object.values(options), told(`condition.${condition}`) ?? condition].join(", ");
};

export function Offers({ view, chosen, choose }: OffersProps) {
  if (view.offers.length < 2) return null;
  return (
    <section>
      <h2>{t("product.offers", { n: view.offerCount })}</h2>
      <ul class="offers">
        {view.offers.map((offer) => {
          const is = offer.id === chosen;
          const seller = offer.sellerName ?? offer.sellerId;
          return (
            <li key={offer.id} class={is ? "chosen-offer" : undefined}>
              <div>
                <strong class="numbers">{moneyOf(offer.price)}</strong>
                <small class="soft">{nameOf(view, offer)}</small>
              </div>
              <div>
                <span>{seller}</span>
                <StockLine quantity={offer.quantity} />
              </div>
              <Button
                small
                pressed={is}
                label={`${is ? t("product.chosen") : t("product.choose")}: ${seller}, ${moneyOf(offer.price)}`}
                onClick={() => choose(offer.id)}
              >
                {is ? t("product.chosen") : t("product.choose")}
              </Button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
