/** What a seller offers, and for how much: prices are changed in their row. */
import { useRef, useState } from "preact/hooks";
import type { ListedOffer } from "../../models/offer/offer.list.contract";
import { Link } from "../app/router";
import { ask } from "../client/ask";
import { useDoing } from "../client/use";
import { minorOf, moneyOf, textOf, typedOf } from "../parts/format";
import { Badge, Button, Fault } from "../parts/pieces";
import type { Column } from "../parts/table";
import { t, told } from "../words/words";
import { Bulk, chosenColumn, type Chosen } from "./bulk";
import { Desk } from "./desk";
import { Offers } from "./offers";
import { PriceImport } from "./price-import";

interface ActProps {
  readonly offer: ListedOffer;
  readonly again: () => void;
}

function Price({ offer, again }: ActProps) {
  const { currency, amountMinor } = offer.price;
  const [typed, setTyped] = useState(typedOf(amountMinor, currency));
  const { busy, fault, run } = useDoing();
  const wanted = minorOf(typed, currency);
  const changed = wanted !== null && wanted !== amountMinor;
  const save = (event: Event): void => {
    event.preventDefault();
    if (!changed) return;
    const price = { amountMinor: wanted, currency };
    void run(() => ask("offer.reprice", { id: offer.id, price }, { version: offer.version })).then(
      (ok) => ok && again(),
    );
  };
  return (
    <form class="edit" onSubmit={save}>
      <input
        aria-label={t("listing.priceOf", { sku: offer.sku, price: moneyOf(offer.price) })}
        inputMode="decimal"
        value={typed}
        onInput={(event) => setTyped(event.currentTarget.value)}
      />
      <span class="soft">{currency}</span>
      <Button small type="submit" busy={busy} disabled={!changed}>
        {t("save")}
      </Button>
      <Fault fault={fault} />
    </form>
  );
}

function OnSale({ offer, again }: ActProps) {
  const { busy, fault, run } = useDoing();
  const open = offer.status === "open";
  const turn = (): void =>
    void run(() => ask(open ? "offer.withdraw" : "offer.restore", { id: offer.id })).then((ok) => ok && again());
  return (
    <div class="edit">
      <Button
        small
        busy={busy}
        label={`${open ? t("listing.withdraw") : t("listing.restore")}: ${offer.sku}`}
        onClick={turn}
      >
        {open ? t("listing.withdraw") : t("listing.restore")}
      </Button>
      <Fault fault={fault} />
    </div>
  );
}

const columns = (again: () => void): Column<ListedOffer>[] => [
  {
    head: t("listing.sku"),
    cell: ({ productId, sku, title, condition }) => (
      <>
        <Link to={`/product/${productId}`}>{sku}</Link>
        {title !== null && <small dir="auto">{textOf(title)}</small>}
        <small class="soft">{told(`condition.${condition}`) ?? condition}</small>
      </>
    ),
  },
  {
    head: t("orders.state"),
    cell: ({ status }) => <Badge tone={status === "open" ? "good" : "plain"}>{t(`listing.${status}`)}</Badge>,
  },
  { head: t("product.stock"), cell: ({ onHand }) => onHand, end: true },
  {
    head: t("product.price"),
    cell: (offer) => <Price key={`${offer.id}-${offer.version}`} offer={offer} again={again} />,
    end: true,
  },
  { head: t("listing.act"), cell: (offer) => <OnSale offer={offer} again={again} />, end: true },
];

function Listings({ sellerId }: { readonly sellerId: string }) {
  const [chosen, choose] = useState<Chosen>(new Map());
  const anew = useRef<() => void>(() => undefined);
  const withChoice = (again: () => void): Column<ListedOffer>[] => {
    anew.current = again;
    return [chosenColumn(chosen, choose), ...columns(again)];
  };
  const done = (): void => {
    choose(new Map());
    anew.current();
  };
  return (
    <>
      <PriceImport sellerId={sellerId} />
      <Bulk chosen={chosen} done={done} />
      <Offers sellerId={sellerId} columns={withChoice} />
    </>
  );
}

const AddOne = () => (
  <Link class="button main" to="/seller/listings/new">
    {t("draft.new")}
  </Link>
);

export const ListingsPage = () => (
  <Desk title={t("seller.listings")} aside={<AddOne />}>
    {(sellerId) => <Listings sellerId={sellerId} />}
  </Desk>
);
