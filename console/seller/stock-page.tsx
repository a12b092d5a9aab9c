/** What lies where, what runs out, and what changes. */
import { useState } from "preact/hooks";
import type { ListedOffer } from "../../models/offer/offer.list.contract";
import { Link } from "../app/router";
import { useAsk } from "../client/use";
import { Answered } from "../parts/answered";
import { Check } from "../parts/fields";
import { countOf, textOf } from "../parts/format";
import { Badge, Figure } from "../parts/pieces";
import type { Column } from "../parts/table";
import { t } from "../words/words";
import { Desk } from "./desk";
import { Offers } from "./offers";
import { Shelf } from "./shelf";
import { Waits } from "./waits";

const FEW = 5;

function Overview({ sellerId }: { readonly sellerId: string }) {
  const answer = useAsk("offer.stock", { sellerId });
  return (
    <Answered answer={answer} lines={2}>
      {({ onHand, soldOut, locations }) => (
        <dl class="figures">
          <Figure label={t("stock.onHand")} value={countOf(onHand)} />
          <Figure label={t("today.soldOut")} value={countOf(soldOut)} tone={soldOut > 0 ? "bad" : "good"} />
          {locations.slice(0, FEW).map(({ location, onHand: there, offers }) => (
            <Figure key={location} label={location} value={countOf(there)} note={t("today.offers", { n: offers })} />
          ))}
        </dl>
      )}
    </Answered>
  );
}

const columns = (sellerId: string, again: () => void): Column<ListedOffer>[] => [
  {
    head: t("listing.sku"),
    cell: ({ productId, sku, title }) => (
      <>
        <Link to={`/product/${productId}`}>{sku}</Link>
        {title !== null && <small dir="auto">{textOf(title)}</small>}
      </>
    ),
  },
  {
    head: t("stock.where"),
    cell: ({ stock }) => stock.map(({ location, onHand }) => `${location}: ${countOf(onHand)}`).join(", ") || "–",
  },
  {
    head: t("stock.onHand"),
    cell: ({ onHand, productId }) => (
      <>
        <Badge tone={onHand === 0 ? "bad" : onHand <= FEW ? "warn" : "plain"}>{countOf(onHand)}</Badge>
        {onHand === 0 && <Waits sellerId={sellerId} productId={productId} />}
      </>
    ),
    end: true,
  },
  { head: t("shelf.what"), cell: (offer) => <Shelf offer={offer} again={again} />, end: true },
];

export function StockPage() {
  const [few, setFew] = useState(false);
  const aside = (
    <Check checked={few} change={setFew}>
      {t("stock.few")}
    </Check>
  );
  return (
    <Desk title={t("seller.stock")} aside={aside}>
      {(sellerId) => (
        <>
          <Overview sellerId={sellerId} />
          <br />
          <Offers
            key={String(few)}
            sellerId={sellerId}
            filter={few ? { onHandMax: FEW } : {}}
            columns={(again) => columns(sellerId, again)}
          />
        </>
      )}
    </Desk>
  );
}
