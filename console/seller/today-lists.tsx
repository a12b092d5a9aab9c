/** What wants doing today: orders to send, and things that run out. */
import { useEffect } from "preact/hooks";
import { Link } from "../app/router";
import { useAsk } from "../client/use";
import { Answered } from "../parts/answered";
import { agoOf, priceOf, textOf } from "../parts/format";
import { Badge, Panel } from "../parts/pieces";
import { t } from "../words/words";

const SHOWN = 6;
const FEW = 5;

interface ListProps {
  readonly sellerId: string;
}

/** @param changed another number whenever what waits has changed: then it is asked for again */
export function ToSend({ sellerId, changed }: ListProps & { readonly changed: number }) {
  const answer = useAsk("order.ofSeller", { sellerId, status: "placed", limit: SHOWN });
  const { again } = answer;
  useEffect(() => {
    if (changed > 0) again();
  }, [changed, again]);
  return (
    <Panel title={t("today.toSend")} aside={<Link to="/seller/orders">{t("overview.all")}</Link>}>
      <Answered answer={answer}>
        {({ items }) => (
          <ul>
            {items.length === 0 && <li class="soft">{t("today.nothingToSend")}</li>}
            {items.map(({ id, number, titles, placedAt, totalMinor, currency }) => (
              <li key={id} class="order-row">
                <div>
                  <Link to={`/seller/orders/${id}`}>{number}</Link>
                  <small class="soft">{titles.join(", ")}</small>
                </div>
                <small class="soft">{agoOf(placedAt)}</small>
                <strong class="numbers">{priceOf(totalMinor, currency)}</strong>
              </li>
            ))}
          </ul>
        )}
      </Answered>
    </Panel>
  );
}

export function RunningOut({ sellerId }: ListProps) {
  const answer = useAsk("offer.list", { sellerId, status: "open", onHandMax: FEW, limit: SHOWN });
  return (
    <Panel title={t("today.runningOut")} aside={<Link to="/seller/stock">{t("overview.all")}</Link>}>
      <Answered answer={answer}>
        {({ items }) => (
          <ul>
            {items.length === 0 && <li class="soft">{t("today.plenty")}</li>}
            {items.map(({ id, productId, sku, title, onHand }) => (
              <li key={id} class="order-row">
                <Link to={`/product/${productId}`}>{title === null ? sku : textOf(title)}</Link>
                <Badge tone={onHand === 0 ? "bad" : "warn"}>{t("product.few", { n: onHand })}</Badge>
              </li>
            ))}
          </ul>
        )}
      </Answered>
    </Panel>
  );
}
