/** One order, as its seller sees it: what to pack, where it goes to, and that it went. */
import { useState } from "preact/hooks";
import type { OrderView } from "../../models/order/order.view.contract";
import type { PageProps } from "../app/areas";
import { Link } from "../app/router";
import { ask } from "../client/ask";
import { useAsk, useDoing } from "../client/use";
import { Answered } from "../parts/answered";
import { Field, Form } from "../parts/fields";
import { momentOf, priceOf } from "../parts/format";
import { OrderBadge } from "../parts/order-badge";
import { lineName, OrderTotal } from "../parts/order-parts";
import { Button, Fault, Notice, Panel } from "../parts/pieces";
import { t } from "../words/words";
import { Desk } from "./desk";

interface OrderProps {
  readonly order: OrderView;
  readonly again: () => void;
}

function Send({ order, again }: OrderProps) {
  const [carrier, setCarrier] = useState("DHL");
  const [tracking, setTracking] = useState("");
  const { busy, fault, run } = useDoing();
  if (order.status !== "placed" && order.status !== "part-shipped") return null;
  const send = (): void =>
    void run(() =>
      ask("order.ship", {
        id: order.id,
        ...(carrier.trim() !== "" && { carrier: carrier.trim() }),
        ...(tracking.trim() !== "" && { tracking: tracking.trim() }),
      }),
    ).then((ok) => ok && again());
  return (
    <Panel title={t("sold.send")}>
      <Form send={send} label={t("sold.send")}>
        <div class="stack">
          <Field label={t("sold.carrier")} value={carrier} change={setCarrier} max={80} />
          <Field label={t("sold.tracking")} value={tracking} change={setTracking} max={80} />
          <Fault fault={fault} />
          <Button kind="main" icon="truck" type="submit" busy={busy}>
            {t("sold.sendAll")}
          </Button>
        </div>
      </Form>
    </Panel>
  );
}

function Parcels({ order, again }: OrderProps) {
  const { busy, fault, run } = useDoing();
  if (order.fulfilments.length === 0) return null;
  const arrived = (fulfilmentId: string): void =>
    void run(() => ask("order.deliver", { id: order.id, fulfilmentId })).then((ok) => ok && again());
  return (
    <Panel title={t("sold.parcels")}>
      <Fault fault={fault} />
      {order.fulfilments.map(({ id, at, carrier, tracking, deliveredAt }) => (
        <div key={id} class="known">
          <p>
            {[carrier, tracking].filter((one) => one !== null).join(" ")}
            <br />
            <small class="soft">{momentOf(at)}</small>
          </p>
          {deliveredAt === null ? (
            <Button small busy={busy} onClick={() => arrived(id)}>
              {t("sold.arrived")}
            </Button>
          ) : (
            <small class="soft">{t("order.arrived")}</small>
          )}
        </div>
      ))}
    </Panel>
  );
}

function Where({ order }: { readonly order: OrderView }) {
  const { shippingAddress: to, contact } = order;
  return (
    <Panel title={t("checkout.where")}>
      {to === null ? (
        <p class="soft">{t("sold.erased")}</p>
      ) : (
        <address>
          {to.name}
          <br />
          {to.street}
          <br />
          {to.postalCode} {to.city}, {to.country}
        </address>
      )}
      <p class="soft">{contact?.email}</p>
    </Panel>
  );
}

function Pack({ order }: { readonly order: OrderView }) {
  return (
    <Panel title={t("sold.pack")}>
      <ul class="order-lines">
        {order.lines.map((line) => (
          <li key={line.lineId}>
            <strong class="numbers">{line.progress.open > 0 ? line.progress.open : line.quantity} ×</strong>
            <span>
              <Link to={`/product/${line.productId}`}>{lineName(line)}</Link> <code>{line.sku}</code>
            </span>
            <span class="numbers">{priceOf(line.totalMinor, order.currency)}</span>
          </li>
        ))}
        <OrderTotal totalMinor={order.money.totalMinor} currency={order.currency} />
      </ul>
    </Panel>
  );
}

function Order({ sellerId, id }: { readonly sellerId: string; readonly id: string }) {
  const answer = useAsk("order.sold", { sellerId, id });
  return (
    <Answered answer={answer} lines={8}>
      {(order) => (
        <>
          <p class="soft">
            {t("order.number", { number: order.number })} · {momentOf(order.placedAt)}{" "}
            <OrderBadge status={order.status} />
          </p>
          {order.problems.map(({ task, reason }) => (
            <Notice key={task} tone="bad">
              {task}: {reason}
            </Notice>
          ))}
          <div class="columns">
            <Pack order={order} />
            <Where order={order} />
            <Send order={order} again={answer.again} />
            <Parcels order={order} again={answer.again} />
          </div>
        </>
      )}
    </Answered>
  );
}

export const SoldOrderPage = ({ at }: PageProps) => (
  <Desk title={t("order.title")} aside={<Link to="/seller/orders">{t("seller.orders")}</Link>}>
    {(sellerId) => <Order sellerId={sellerId} id={at["id"] ?? ""} />}
  </Desk>
);
