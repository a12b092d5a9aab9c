/** Orders as a table: for sellers and for the mall's people. */
import type { ComponentChildren } from "preact";
import type { OrderHit } from "../../models/order/order.search.contract";
import { t } from "../words/words";
import { momentOf, priceOf } from "./format";
import { OrderBadge } from "./order-badge";
import { Badge } from "./pieces";
import { Table, type Column } from "./table";

interface OrderTableProps {
  readonly orders: readonly OrderHit[];
  readonly link: (order: OrderHit) => ComponentChildren;
  /** Who sells it, or what can be done. */
  readonly last?: Column<OrderHit>;
}

export function OrderTable({ orders, link, last }: OrderTableProps) {
  const columns: Column<OrderHit>[] = [
    {
      head: t("order.title"),
      cell: (order) => (
        <>
          {link(order)}
          <small>{[...new Set(order.titles)].join(", ")}</small>
        </>
      ),
    },
    { head: t("orders.when"), cell: ({ placedAt }) => momentOf(placedAt) },
    {
      head: t("orders.state"),
      cell: ({ status, stuck }) => (
        <>
          <OrderBadge status={status} /> {stuck && <Badge tone="bad">{t("orders.stuck")}</Badge>}
        </>
      ),
    },
    { head: t("orders.pieces"), cell: ({ units }) => units, end: true },
    { head: t("cart.total"), cell: ({ totalMinor, currency }) => priceOf(totalMinor, currency), end: true },
  ];
  return (
    <Table
      label={t("seller.orders")}
      rows={orders}
      columns={last === undefined ? columns : [...columns, last]}
      keyOf={({ id }) => id}
    />
  );
}
