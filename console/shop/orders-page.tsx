/** What somebody bought. */
import type { OrderHit } from "../../models/order/order.search.contract";
import { SignInFirst } from "../app/instead";
import { Link } from "../app/router";
import { useStore } from "../app/store";
import { person } from "../client/session";
import { useAsk } from "../client/use";
import { dayOf, priceOf } from "../parts/format";
import { OrderBadge } from "../parts/order-badge";
import { Answered } from "../parts/answered";
import { Empty, Title } from "../parts/pieces";
import { t } from "../words/words";

const Order = ({ order }: { readonly order: OrderHit }) => (
  <li class="order-row">
    <div>
      <Link to={`/orders/${order.id}`}>{order.titles.join(", ") || order.number}</Link>
      <small class="soft">
        {order.number} · {dayOf(order.placedAt)} · {t("orders.units", { n: order.units })}
      </small>
    </div>
    <OrderBadge status={order.status} />
    <strong class="numbers">{priceOf(order.totalMinor, order.currency)}</strong>
  </li>
);

const None = () => (
  <Empty icon="box" title={t("orders.none")}>
    <Link class="button main" to="/">
      {t("toTheShop")}
    </Link>
  </Empty>
);

const Orders = ({ items }: { readonly items: readonly OrderHit[] }) => (
  <ul class="order-rows">
    {items.map((order) => (
      <Order key={order.id} order={order} />
    ))}
  </ul>
);

export function OrdersPage() {
  const who = useStore(person);
  const answer = useAsk("order.mine", who ? { limit: 50 } : null);
  if (who === null) return <SignInFirst area="shop" signedIn={false} />;
  return (
    <>
      <Title>{t("orders.mine")}</Title>
      <Answered answer={answer}>{({ items }) => (items.length === 0 ? <None /> : <Orders items={items} />)}</Answered>
    </>
  );
}
