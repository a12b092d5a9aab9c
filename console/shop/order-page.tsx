/** One order, as its customer sees it: where it is, what it cost, its papers, and the way back. */
import { useEffect, useState } from "preact/hooks";
import type { OrderView } from "../../models/order/order.view.contract";
import type { ReturnView } from "../../models/return/return.contract";
import type { PageProps } from "../app/areas";
import { Link } from "../app/router";
import { ask, saveFile } from "../client/ask";
import { useAsk, useDoing } from "../client/use";
import { dayOf, priceOf } from "../parts/format";
import { OrderBadge, ReturnBadge } from "../parts/order-badge";
import { lineName, OrderLines, OrderStory } from "../parts/order-parts";
import { Payments } from "../parts/payments";
import { Button, Fault, Notice, Panel, Title, Waiting } from "../parts/pieces";
import { t } from "../words/words";
import { Downloads } from "./downloads";
import { More } from "./more";
import { ReturnForm } from "./return-form";
import { OwnReviews } from "./review-form";
import { SellerName } from "./seller-name";

function Papers({ order }: { readonly order: OrderView }) {
  const { fault, run } = useDoing();
  if (order.papers.length === 0) return null;
  const open = (kind: string, number: number): void =>
    void run(() => saveFile(`/v1/invoices/${order.sellerId}/${kind}/${number}/pdf`, `${kind}-${number}.pdf`));
  return (
    <Panel title={t("order.papers")}>
      <Fault fault={fault} />
      <div class="actions">
        {order.papers.map(({ kind, number }) => (
          <Button key={kind + number.toString()} onClick={() => open(kind, number)}>
            {t(`paper.${kind}`)} {number}
          </Button>
        ))}
      </div>
    </Panel>
  );
}

/** Files come with the payment: what travels may still be given up. */
const isUnsent = ({ status, lines }: OrderView): boolean =>
  (status === "placed" || status === "part-shipped") &&
  lines.every(({ delivery, progress }) => delivery === "digital" || progress.shipped === 0);

const RETURNABLE: readonly string[] = ["shipped", "delivered", "part-shipped"];

/** What is wanted instead, and what it comes to. */
function Instead({ of }: { readonly of: NonNullable<ReturnView["exchange"]> }) {
  const { lines, differenceMinor, currency } = of;
  const price = priceOf(Math.abs(differenceMinor), currency);
  const what = lines.map((line) => `${line.quantity} × ${lineName(line)}`).join(", ");
  return (
    <p>
      {t("return.instead", { what })} {differenceMinor > 0 && t("return.toPay", { price })}
      {differenceMinor < 0 && t("return.toGet", { price })}
    </p>
  );
}

interface ReturnedProps {
  readonly orderId: string;
  readonly changed: () => void;
  /** Another number: there is something new to look at. */
  readonly turn: number;
}

/** What was asked to go back, where that stands, and the way to think otherwise. */
function Returned({ orderId, changed, turn }: ReturnedProps) {
  const { data, again } = useAsk("return.mine", { orderId, limit: 20 });
  const { busy, fault, run } = useDoing();
  useEffect(() => again(), [turn, again]);
  const takeBack = (id: string): void =>
    void run(() => ask("return.withdraw", { id })).then((ok) => {
      if (!ok) return;
      again();
      changed();
    });
  return (
    <>
      <Fault fault={fault} />
      {(data?.items ?? []).map((one) => (
        <Notice key={one.id}>
          <p>
            {t("return.of", { day: dayOf(one.requestedAt) })} <ReturnBadge status={one.status} />
          </p>
          {one.decision !== null && one.status !== "requested" && <p>{one.decision}</p>}
          {one.exchange !== null && <Instead of={one.exchange} />}
          {one.status === "requested" && (
            <Button small busy={busy} onClick={() => takeBack(one.id)}>
              {t("return.takeBack")}
            </Button>
          )}
        </Notice>
      ))}
    </>
  );
}

function Acts({ order, again }: { readonly order: OrderView; readonly again: () => void }) {
  const [returning, setReturning] = useState(false);
  const { busy, fault, run } = useDoing();
  const [turn, setTurn] = useState(0);
  const cancel = (): void =>
    void run(async () => {
      await ask("order.cancel", { id: order.id });
      again();
    });
  const asked = (): void => {
    setReturning(false);
    setTurn((before) => before + 1);
    again();
  };
  return (
    <>
      <Fault fault={fault} />
      <Returned orderId={order.id} changed={again} turn={turn} />
      <div class="actions">
        {isUnsent(order) && (
          <Button kind="bad" busy={busy} onClick={cancel}>
            {t("order.cancel")}
          </Button>
        )}
        {RETURNABLE.includes(order.status) && !returning && (
          <Button icon="undo" onClick={() => setReturning(true)}>
            {t("order.return")}
          </Button>
        )}
      </div>
      {returning && <ReturnForm order={order} done={asked} />}
    </>
  );
}

export function OrderPage({ at }: PageProps) {
  const { data, fault, again } = useAsk("order.get", { id: at["id"] ?? "" });
  if (data === null) {
    return (
      <>
        <Title>{t("order.title")}</Title>
        {fault === null ? <Waiting /> : <Fault fault={fault} again={again} />}
      </>
    );
  }
  return (
    <>
      <Title over={<Link to="/orders">{t("orders.mine")}</Link>} aside={<OrderBadge status={data.status} />}>
        {t("order.number", { number: data.number })}
      </Title>
      <div class="buying">
        <div class="stack">
          <Panel>
            <p class="soft">
              <SellerName id={data.sellerId} />
            </p>
            <OrderLines order={data} />
          </Panel>
          <Downloads order={data} />
          <More order={data} again={again} />
          <Payments id={data.money.paymentId} />
          <Acts order={data} again={again} />
          <OwnReviews order={data} />
        </div>
        <aside aria-label={t("order.story")} class="stack">
          <OrderStory order={data} />
          <Papers order={data} />
        </aside>
      </div>
    </>
  );
}
