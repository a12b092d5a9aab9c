/** What lies where, what runs out, and what came in. */
import { useState } from "preact/hooks";
import type { ListedOffer } from "../../models/offer/offer.list.contract";
import { Link } from "../app/router";
import { ask } from "../client/ask";
import { useAsk, useDoing } from "../client/use";
import { Answered } from "../parts/answered";
import { Check } from "../parts/fields";
import { countOf, textOf } from "../parts/format";
import { Badge, Button, Fault, Figure } from "../parts/pieces";
import type { Column } from "../parts/table";
import { t } from "../words/words";
import { Desk } from "./desk";
import { Offers } from "./offers";

const FEW = 5;
const WHOLE = /^[1-9]\d{0,5}$/;

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

interface ReceiveProps {
  readonly offer: ListedOffer;
  readonly again: () => void;
}

/** What came in goes where most of it lies already. */
function Receive({ offer, again }: ReceiveProps) {
  const [typed, setTyped] = useState("");
  const { busy, fault, run } = useDoing();
  const location = offer.stock[0]?.location ?? "main";
  const receive = (event: Event): void => {
    event.preventDefault();
    const asked = { offerId: offer.id, location, quantity: Number(typed) };
    void run(() => ask("stock.receive", asked)).then((ok) => {
      if (!ok) return;
      setTyped("");
      again();
    });
  };
  return (
    <form class="edit" onSubmit={receive}>
      <input
        aria-label={t("stock.receiveOf", { sku: offer.sku, location })}
        inputMode="numeric"
        value={typed}
        onInput={(event) => setTyped(event.currentTarget.value)}
      />
      <Button small type="submit" busy={busy} disabled={!WHOLE.test(typed)}>
        {t("stock.receive")}
      </Button>
      <Fault fault={fault} />
    </form>
  );
}

const columns = (again: () => void): Column<ListedOffer>[] => [
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
    cell: ({ onHand }) => (
      <Badge tone={onHand === 0 ? "bad" : onHand <= FEW ? "warn" : "plain"}>{countOf(onHand)}</Badge>
    ),
    end: true,
  },
  { head: t("stock.in"), cell: (offer) => <Receive offer={offer} again={again} />, end: true },
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
          <Offers key={String(few)} sellerId={sellerId} filter={few ? { onHandMax: FEW } : {}} columns={columns} />
        </>
      )}
    </Desk>
  );
}
