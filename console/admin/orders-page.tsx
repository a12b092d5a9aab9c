/** All orders of the mall; each leads to its life. */
import { useState } from "preact/hooks";
import { Link } from "../app/router";
import { useAsk } from "../client/use";
import { Check, Field, Form } from "../parts/fields";
import { OrderTable } from "../parts/order-table";
import { Answered } from "../parts/answered";
import { Empty, Title } from "../parts/pieces";
import { SellerName } from "../shop/seller-name";
import { t } from "../words/words";

export function AllOrdersPage() {
  const [typed, setTyped] = useState("");
  const [q, setQ] = useState("");
  const [stuck, setStuck] = useState(false);
  const answer = useAsk("order.search", { limit: 50, ...(q !== "" && { q }), ...(stuck && { stuck }) });
  return (
    <>
      <Title>{t("admin.orders")}</Title>
      <div class="filter-row">
        <Form send={() => setQ(typed.trim())} label={t("orders.find")}>
          <Field label={t("orders.find")} value={typed} change={setTyped} />
        </Form>
        <Check checked={stuck} change={setStuck}>
          {t("orders.stuck")}
        </Check>
      </div>
      <Answered answer={answer} lines={8}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon="box" title={t("orders.none")} />
          ) : (
            <OrderTable
              orders={items}
              link={({ id, number }) => <Link to={`/admin/orders/${id}`}>{number}</Link>}
              last={{ head: t("product.seller"), cell: ({ sellerId }) => <SellerName id={sellerId} /> }}
            />
          )
        }
      </Answered>
    </>
  );
}
