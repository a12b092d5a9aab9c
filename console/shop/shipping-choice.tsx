/** How each seller's parcel travels. The cheapest way is taken where nobody chose. */
import { useEffect } from "preact/hooks";
import type { CartView } from "../../models/cart/cart.view.contract";
import type { ShippingChoice as Way } from "../../models/shipping/shipping.choices.contract";
import { ask } from "../client/ask";
import { useAsk } from "../client/use";
import { priceOf, textOf } from "../parts/format";
import { Fault, Waiting } from "../parts/pieces";
import { t } from "../words/words";
import { SellerName } from "./seller-name";

interface ShippingProps {
  readonly view: CartView;
  readonly change: (work: () => Promise<unknown>) => void;
}

const daysOf = ({ daysMin, daysMax }: Way): string =>
  daysMax === null ? "" : t("shipping.days", { from: daysMin ?? daysMax, n: daysMax });

function Ways({ sellerId, ways, view, change }: ShippingProps & { sellerId: string; ways: readonly Way[] }) {
  const chosen = view.shipping.find((one) => one.sellerId === sellerId)?.methodId;
  return (
    <fieldset class="ways-to-ship">
      <legend>
        <SellerName id={sellerId} />
      </legend>
      {ways.map((way) => (
        <label key={way.methodId} class="way">
          <input
            type="radio"
            name={`ship-${sellerId}`}
            checked={chosen === way.methodId}
            onChange={() => change(() => ask("cart.ship", { id: view.id, sellerId, methodId: way.methodId }))}
          />
          <span>
            {textOf(way.methodName)} <small class="soft">{daysOf(way)}</small>
          </span>
          <span class="numbers">
            {way.priceMinor === 0 ? t("shipping.free") : priceOf(way.priceMinor, view.currency)}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

export function ShippingChoice({ view, change }: ShippingProps) {
  const { data, fault, again } = useAsk("cart.shipping", { id: view.id });
  const items = data?.items ?? [];
  const sellers = [...new Set(items.map(({ sellerId }) => sellerId))];
  const without = sellers.filter((id) => !view.shipping.some(({ sellerId }) => sellerId === id)).join(",");
  useEffect(() => {
    if (without === "") return;
    change(async () => {
      for (const sellerId of without.split(",")) {
        // the mall tells the cheapest first
        const methodId = items.find((way) => way.sellerId === sellerId)?.methodId ?? "";
        await ask("cart.ship", { id: view.id, sellerId, methodId });
      }
    });
  }, [without]);
  if (data === null) return fault === null ? <Waiting lines={2} /> : <Fault fault={fault} again={again} />;
  return (
    <div class="stack">
      {sellers.map((sellerId) => (
        <Ways key={sellerId} {...{ sellerId, view, change }} ways={items.filter((way) => way.sellerId === sellerId)} />
      ))}
    </div>
  );
}
