/** A seller's orders, by what they wait for. */
import { useState } from "preact/hooks";
import type { OrderStatus } from "../../models/order/order.machine.contract";
import { Link } from "../app/router";
import { useAsk } from "../client/use";
import { Answered } from "../parts/answered";
import { Choice } from "../parts/fields";
import { OrderTable } from "../parts/order-table";
import { Empty } from "../parts/pieces";
import { t } from "../words/words";
import { Desk } from "./desk";

const STATUSES = ["placed", "part-shipped", "shipped", "delivered", "returned", "cancelled"] as const;

interface OrdersProps {
  readonly sellerId: string;
  readonly status: OrderStatus | undefined;
}

function Orders({ sellerId, status }: OrdersProps) {
  const answer = useAsk("order.ofSeller", { sellerId, limit: 50, ...(status !== undefined && { status }) });
  return (
    <Answered answer={answer} lines={8}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty icon="box" title={t("seller.noOrders")} />
        ) : (
          <OrderTable orders={items} link={({ id, number }) => <Link to={`/seller/orders/${id}`}>{number}</Link>} />
        )
      }
    </Answered>
  );
}

export function SoldOrdersPage() {
  const [chosen, choose] = useState<string>("");
  const status = STATUSES.find((one) => one === chosen);
  const options = ["", ...STATUSES].map((value) => ({
    value,
    text: value === "" ? t("orders.all") : t(`order.${value as OrderStatus}`),
  }));
  const aside = <Choice quiet label={t("orders.state")} value={chosen} options={options} change={choose} />;
  return (
    <Desk title={t("seller.orders")} aside={aside}>
      {(sellerId) => <Orders key={chosen} sellerId={sellerId} status={status} />}
    </Desk>
  );
}
