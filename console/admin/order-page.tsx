/** One order, for the mall's people: where it stands, its money, giving some of it back, and what got stuck. */
import { useState } from "preact/hooks";
import type { OrderView } from "../../models/order/order.view.contract";
import type { PageProps } from "../app/areas";
import { Link } from "../app/router";
import { ask, isPending } from "../client/ask";
import { useAsk, useDoing } from "../client/use";
import { Answered } from "../parts/answered";
import { Field, Form } from "../parts/fields";
import { minorOf, priceOf } from "../parts/format";
import { OrderBadge } from "../parts/order-badge";
import { Payments } from "../parts/payments";
import { Button, Fault, Figure, Notice, Panel, Title } from "../parts/pieces";
import { OrderLines, OrderStory } from "../parts/order-parts";
import { SellerName } from "../shop/seller-name";
import { t } from "../words/words";
import { SecondPerson } from "./second-person";

interface OrderProps {
  readonly order: OrderView;
  readonly again: () => void;
}

function Refund({ order, again }: OrderProps) {
  const [typed, setTyped] = useState("");
  const [reason, setReason] = useState("");
  const [asked, setAsked] = useState(false);
  const { busy, fault, run } = useDoing();
  const { capturedMinor, refundedMinor } = order.money;
  const left = capturedMinor - refundedMinor;
  const amountMinor = minorOf(typed, order.currency);
  const fits = amountMinor !== null && amountMinor > 0 && amountMinor <= left && reason.trim() !== "";
  const give = async (): Promise<void> => {
    const answer = await ask("order.refund", { id: order.id, amountMinor: amountMinor ?? 0, reason: reason.trim() });
    setAsked(isPending(answer));
    setTyped("");
    again();
  };
  const send = (): void => void run(give);
  if (left <= 0) return null;
  return (
    <Panel title={t("refund.title")}>
      <Form send={send} label={t("refund.title")}>
        <div class="grid-form">
          <Field
            label={t("money.amount")}
            value={typed}
            change={setTyped}
            decimal
            hint={t("refund.left", { price: priceOf(left, order.currency) })}
          />
          <Field label={t("approvals.reason")} value={reason} change={setReason} max={500} />
          <Button type="submit" kind="main" busy={busy} disabled={!fits}>
            {t("refund.send")}
          </Button>
        </div>
      </Form>
      {asked && <SecondPerson />}
      <Fault fault={fault} />
    </Panel>
  );
}

function Problems({ order, again }: OrderProps) {
  const { busy, fault, run } = useDoing();
  if (order.problems.length === 0) return null;
  const retry = (): void => void run(() => ask("order.retry", { id: order.id })).then((ok) => ok && again());
  return (
    <Notice tone="bad">
      <ul class="told">
        {order.problems.map(({ task, reason }) => (
          <li key={task}>
            <strong>{task}</strong> {reason}
          </li>
        ))}
      </ul>
      <Button busy={busy} onClick={retry}>
        {t("refund.retry")}
      </Button>
      <Fault fault={fault} />
    </Notice>
  );
}

function Shown({ order, again }: OrderProps) {
  const said = (minor: number): string => priceOf(minor, order.currency);
  const { totalMinor, capturedMinor, refundedMinor, paymentId } = order.money;
  return (
    <>
      <Problems order={order} again={again} />
      <dl class="figures">
        <Figure label={t("cart.total")} value={said(totalMinor)} />
        <Figure label={t("refund.captured")} value={said(capturedMinor)} />
        <Figure label={t("refund.refunded")} value={said(refundedMinor)} />
      </dl>
      <div class="columns">
        <Panel title={t("order.title")} aside={<SellerName id={order.sellerId} />}>
          <OrderLines order={order} />
        </Panel>
        <Panel title={t("order.story")}>
          <OrderStory order={order} />
        </Panel>
      </div>
      <Payments id={paymentId} />
      <Refund key={order.version} order={order} again={again} />
    </>
  );
}

export function AdminOrderPage({ at }: PageProps) {
  const id = at["id"] ?? "";
  const answer = useAsk("order.get", { id });
  const { data } = answer;
  return (
    <>
      <Title
        over={<Link to="/admin/orders">{t("admin.orders")}</Link>}
        aside={data === null ? undefined : <OrderBadge status={data.status} />}
      >
        {data === null ? t("order.title") : t("order.number", { number: data.number })}
      </Title>
      <p>
        <Link to={`/admin/time/order/${id}`}>{t("product.history")}</Link>
      </p>
      <Answered answer={answer}>{(order) => <Shown order={order} again={answer.again} />}</Answered>
    </>
  );
}
