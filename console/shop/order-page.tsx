/** One order, as its customer sees it: where it is, what it cost, its papers, and the way back. */
import { useState } from "preact/hooks";
import type { OrderView } from "../../models/order/order.view.contract";
import type { PageProps } from "../app/areas";
import { Link } from "../app/router";
import { ask, saveFile } from "../client/ask";
import { useAsk, useDoing } from "../client/use";
import { dayOf, momentOf, priceOf, textOf } from "../parts/format";
import { OrderBadge, ReturnBadge } from "../parts/order-badge";
import { Button, Fault, Notice, Panel, Title, Waiting } from "../parts/pieces";
import { t } from "../words/words";
import { ReturnForm } from "./return-form";
import { SellerName } from "./seller-name";

function Story({ order }: { readonly order: OrderView }) {
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

function Lines({ order }: { readonly order: OrderView }) {
  return (
    <ul class="order-lines">
      {order.lines.map((line) => (
        <li key={line.lineId}>
          <span class="numbers">{line.quantity} ×</span>
          <Link to={`/product/${line.productId}`}>{textOf(line.title)}</Link>
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
      <li class="total">
        <span />
        <strong>{t("cart.total")}</strong>
        <strong class="numbers">{priceOf(order.money.totalMinor, order.currency)}</strong>
      </li>
    </ul>
  );
}

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

const RETURNABLE: readonly string[] = ["shipped", "delivered", "part-shipped"];

function Acts({ order, again }: { readonly order: OrderView; readonly again: () => void }) {
  const [returning, setReturning] = useState(false);
  const { busy, fault, run } = useDoing();
  const { data: returns, again: lookAgain } = useAsk("return.mine", { orderId: order.id, limit: 20 });
  const cancel = (): void =>
    void run(async () => {
      await ask("order.cancel", { id: order.id });
      again();
    });
  const asked = (): void => {
    setReturning(false);
    lookAgain();
    again();
  };
  return (
    <>
      <Fault fault={fault} />
      {(returns?.items ?? []).map((one) => (
        <Notice key={one.id}>
          <p>
            {t("return.of", { day: dayOf(one.requestedAt) })} <ReturnBadge status={one.status} />
          </p>
          {one.decision !== null && <p>{one.decision}</p>}
        </Notice>
      ))}
      <div class="actions">
        {order.status === "placed" && (
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
            <Lines order={data} />
          </Panel>
          <Acts order={data} again={again} />
        </div>
        <aside aria-label={t("order.story")} class="stack">
          <Story order={data} />
          <Papers order={data} />
        </aside>
      </div>
    </>
  );
}
