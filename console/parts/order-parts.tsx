/** The parts of an order, as everybody sees them who may see the order. */
import type { OrderView } from "../../models/order/order.view.contract";
import { Link } from "../app/router";
import { t } from "../words/words";
import { momentOf, priceOf, textOf } from "./format";

/** Two variants of a thing have one title. */
export const lineName = ({ title, variantId }: Pick<OrderView["lines"][number], "title" | "variantId">): string =>
  variantId === undefined ? textOf(title) : `${textOf(title)} (${variantId})`;

interface OrderProps {
  readonly order: OrderView;
}

export function OrderStory({ order }: OrderProps) {
  const sent = order.fulfilments.flatMap(({ id, at, carrier, tracking, deliveredAt }) => [
    { id, at, text: t("order.sent"), note: [carrier, tracking].filter((one) => one !== null).join(" ") },
    ...(deliveredAt === null ? [] : [{ id: `${id}-there`, at: deliveredAt, text: t("order.arrived"), note: "" }]),
  ]);
  const steps = [{ id: "placed", at: order.placedAt, text: t("order.wasPlaced"), note: "" }, ...sent];
  return (
    <ol class="story">
      {steps.map(({ id, at, text, note }) => (
        <li key={id}>
          <strong>{text}</strong> <time dateTime={at}>{momentOf(at)}</time>
          {note !== "" && <small class="soft">{note}</small>}
        </li>
      ))}
    </ol>
  );
}

/** Under the lines of an order. */
export const OrderTotal = ({ totalMinor, currency }: { readonly totalMinor: number; readonly currency: string }) => (
  <li class="total">
    <span />
    <strong>{t("cart.total")}</strong>
    <strong class="numbers">{priceOf(totalMinor, currency)}</strong>
  </li>
);

export function OrderLines({ order }: OrderProps) {
  return (
    <ul class="order-lines">
      {order.lines.map((line) => (
        <li key={line.lineId}>
          <span class="numbers">{line.quantity} ×</span>
          <span>
            <Link to={`/product/${line.productId}`}>{textOf(line.title)}</Link>{" "}
            {line.variantId !== undefined && <small class="soft">{line.variantId}</small>}
          </span>
          <span class="numbers">{priceOf(line.totalMinor, order.currency)}</span>
        </li>
      ))}
      {order.parcel !== null && (
        <li>
          <span />
          <span>{textOf(order.parcel.methodName)}</span>
          <span class="numbers">{priceOf(order.parcel.totalMinor, order.currency)}</span>
        </li>
      )}
      {order.money.exchangedMinor > 0 && (
        <li>
          <span />
          <span>{t("more.exchanged")}</span>
          <span class="numbers">{priceOf(-order.money.exchangedMinor, order.currency)}</span>
        </li>
      )}
      <OrderTotal totalMinor={order.money.totalMinor - order.money.exchangedMinor} currency={order.currency} />
    </ul>
  );
}
