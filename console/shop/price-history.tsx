/** What an offer cost lately. */
import type { PriceStep } from "../../models/offer/offer.prices.contract";
import { useAsk } from "../client/use";
import { dayOf, priceOf } from "../parts/format";
import { StepsChart } from "../parts/steps-chart";
import { t } from "../words/words";

const DAYS = 60;
const DAY_MS = 86_400_000;

/** Never further back than is told, and the step that held when it began. */
function lately(steps: readonly PriceStep[], fromMs: number): PriceStep[] {
  const from = new Date(fromMs).toISOString();
  const before = steps.findLast(({ at }) => at <= from);
  const within = steps.filter(({ at }) => at > from);
  return before ? [{ ...before, at: from }, ...within] : within;
}

export function PriceHistory({ offerId }: { readonly offerId: string }) {
  const { data } = useAsk("offer.price", { id: offerId, quantity: 1 });
  if (data === null) return null;
  const { currency } = data.price;
  const toMs = Date.now();
  const fromMs = toMs - DAYS * DAY_MS;
  const steps = lately(data.history, fromMs);
  const amounts = steps.flatMap(({ amountMinor }) => (amountMinor === null ? [] : [amountMinor]));
  if (amounts.length === 0) return null;
  const price = (minor: number): string => priceOf(minor, currency);
  const said = [
    t("product.lowest", { price: price(Math.min(...amounts)) }),
    t("product.highest", { price: price(Math.max(...amounts)) }),
    t("product.now", { price: price(data.ownPrice.amountMinor) }),
  ];
  return (
    <section class="price-history">
      <h2>{t("product.priceHistory")}</h2>
      <StepsChart
        steps={steps.map(({ at, amountMinor }) => ({ at, value: amountMinor }))}
        fromMs={fromMs}
        toMs={toMs}
        label={said.join(", ")}
      />
      <p class="axis soft">
        <span>{dayOf(new Date(fromMs).toISOString())}</span>
        <span>{said.join(" · ")}</span>
        <span>{dayOf(new Date(toMs).toISOString())}</span>
      </p>
    </section>
  );
}
