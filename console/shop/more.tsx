/** More of an order than was bought, or other articles for what came back: its customer pays what it costs, or not. */
import { useState } from "preact/hooks";
import type { OrderView } from "../../models/order/order.view.contract";
import type { SupplementView } from "../../models/supplement/supplement.contract";
import { ask } from "../client/ask";
import { useDoing } from "../client/use";
import { dayOf, priceOf } from "../parts/format";
import { lineName } from "../parts/order-parts";
import { Button, Fault, Notice, Panel } from "../parts/pieces";
import { t, told } from "../words/words";
import { Cards, FIRST_CARD, PROVIDER } from "./cards";

interface MoreProps {
  readonly order: OrderView;
  readonly again: () => void;
}

type Proposed = NonNullable<OrderView["raise"]>;

function Lines({ raise, currency }: { readonly raise: Proposed; readonly currency: string }) {
  return (
    <ul class="order-lines">
      {raise.lines.map((line) => (
        <li key={line.lineId}>
          <span class="numbers">{line.quantity} ×</span>
          <span>{lineName(line)}</span>
          <span class="numbers">{priceOf(line.totalMinor, currency)}</span>
        </li>
      ))}
      {raise.exchange && (
        <li>
          <span />
          <span>{t("more.credit")}</span>
          <span class="numbers">{priceOf(-raise.exchange.creditMinor, currency)}</span>
        </li>
      )}
    </ul>
  );
}

/** What came of it: the bank asks back, or it was not taken. */
function Standing({ paying }: { readonly paying: SupplementView | null }) {
  if (paying?.failure) {
    const { type, detail } = paying.failure;
    return (
      <Notice tone="bad">
        <p>
          <strong>{told(`problem.${type}`) ?? type}</strong> {detail}
        </p>
      </Notice>
    );
  }
  return paying?.challenge ? <Notice tone="warn">{t("outcome.challenge")}</Notice> : null;
}

/** Pays what is proposed, or leaves it; what the bank asks for is confirmed first. */
function useMore({ order, again }: MoreProps, raiseId: string) {
  const [method, setMethod] = useState(FIRST_CARD);
  const [paying, setPaying] = useState<SupplementView | null>(null);
  const { busy, fault, run } = useDoing();
  const stands = (now: SupplementView): void => {
    setPaying(now);
    if (now.status === "done") again();
  };
  const payment = { provider: PROVIDER, method };
  return {
    ...{ method, setMethod, paying, busy, fault },
    waits: paying?.status === "waiting",
    pay: (): void =>
      void run(async () => stands(await ask("supplement.start", { orderId: order.id, raiseId, payment }))),
    confirm: (): void => void run(async () => stands(await ask("supplement.confirm", { id: paying?.id ?? "" }))),
    leave: (): void => void run(() => ask("order.refuseRaise", { id: order.id, raiseId })).then((ok) => ok && again()),
  };
}

export function More({ order, again }: MoreProps) {
  return order.raise === null ? null : <Raised order={order} raise={order.raise} again={again} />;
}

function Raised({ order, raise, again }: MoreProps & { readonly raise: NonNullable<MoreProps["order"]["raise"]> }) {
  const { currency } = order;
  const { method, setMethod, paying, busy, fault, waits, pay, confirm, leave } = useMore(
    { order, again },
    raise.raiseId,
  );
  const price = priceOf(raise.totalMinor, currency);
  return (
    <Panel title={t(raise.exchange ? "more.exchange" : "more.title")}>
      <div class="stack">
        <p class="soft">
          {raise.reason} · {t("more.until", { day: dayOf(raise.until) })}
        </p>
        <Lines raise={raise} currency={currency} />
        {!waits && <Cards method={method} choose={setMethod} />}
        <Standing paying={paying} />
        <Fault fault={fault} />
        <div class="actions">
          <Button kind="main" busy={busy} onClick={waits ? confirm : pay}>
            {waits ? t("outcome.confirm") : t("pay.now", { price })}
          </Button>
          <Button busy={busy} onClick={leave}>
            {t(raise.exchange ? "more.moneyBack" : "more.leave")}
          </Button>
        </div>
      </div>
    </Panel>
  );
}
