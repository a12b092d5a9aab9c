/** What changed on a shelf: something came in, was counted, was found, or is gone; each with its reason. */
import { useState } from "preact/hooks";
import type { ListedOffer } from "../../models/offer/offer.list.contract";
import type { AdjustReason } from "../../models/stock/stock.contract";
import { ask } from "../client/ask";
import { useDoing } from "../client/use";
import { Choice } from "../parts/fields";
import { Button, Fault } from "../parts/pieces";
import { t } from "../words/words";

const MORE = ["found", "returned"] as const satisfies readonly AdjustReason[];
const LESS = [
  ...(["damaged", "lost", "stolen", "expired"] as const),
  ...(["recalled", "sample", "given away", "own use"] as const),
] as const satisfies readonly AdjustReason[];
const DEEDS = ["delivery", "counted", ...MORE, ...LESS] as const;
type Deed = (typeof DEEDS)[number];

const WHOLE = /^(0|[1-9]\d{0,5})$/;
const isLess = (deed: Deed): deed is (typeof LESS)[number] => LESS.some((one) => one === deed);

interface Place {
  readonly offerId: string;
  readonly location: string;
}

function record(place: Place, deed: Deed, pieces: number): Promise<unknown> {
  if (deed === "delivery") return ask("stock.receive", { ...place, quantity: pieces, reason: deed });
  if (deed === "counted") return ask("stock.count", { ...place, counted: pieces });
  return ask("stock.adjust", { ...place, by: isLess(deed) ? -pieces : pieces, reason: deed });
}

interface ShelfProps {
  readonly offer: ListedOffer;
  readonly again: () => void;
}

/** Where most of it lies comes first; what never lay anywhere comes to the main location. */
export function Shelf({ offer: { id: offerId, sku, stock }, again }: ShelfProps) {
  const places = stock.length === 0 ? ["main"] : stock.map(({ location }) => location);
  const [location, setLocation] = useState(places[0] ?? "main");
  const [deed, setDeed] = useState<Deed>("delivery");
  const [typed, setTyped] = useState("");
  const { busy, fault, run } = useDoing();
  const send = (event: Event): void => {
    event.preventDefault();
    void run(() => record({ offerId, location }, deed, Number(typed))).then((ok) => {
      if (!ok) return;
      setTyped("");
      again();
    });
  };
  const good = WHOLE.test(typed) && (deed === "counted" || Number(typed) > 0);
  return (
    <form class="edit" onSubmit={send}>
      {places.length > 1 && (
        <Choice
          quiet
          label={t("stock.where")}
          value={location}
          options={places.map((value) => ({ value, text: value }))}
          change={setLocation}
        />
      )}
      <Choice
        quiet
        label={t("shelf.what")}
        value={deed}
        options={DEEDS.map((value) => ({ value, text: t(`shelf.${value}`) }))}
        change={(value) => setDeed(DEEDS.find((one) => one === value) ?? "delivery")}
      />
      <input
        aria-label={t("shelf.pieces", { sku, location })}
        inputMode="numeric"
        value={typed}
        onInput={(event) => setTyped(event.currentTarget.value)}
      />
      <Button small type="submit" busy={busy} disabled={!good}>
        {t("shelf.record")}
      </Button>
      <Fault fault={fault} />
    </form>
  );
}
