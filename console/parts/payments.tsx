/** What happened to the money of an order: taken, given back, or not moved, and why. */
import type { OperationStatus, OperationView } from "../../models/payment/payment.operation.contract";
import { useAsk } from "../client/use";
import { t } from "../words/words";
import { momentOf, priceOf } from "./format";
import { Badge, Panel, type Tone } from "./pieces";

const tones: Readonly<Record<OperationStatus, Tone>> = {
  pending: "warn",
  challenged: "warn",
  done: "good",
  failed: "bad",
};

const Operation = ({ one, currency }: { readonly one: OperationView; readonly currency: string }) => (
  <li class="order-row">
    <div>
      <strong>{t(`payment.${one.kind}`)}</strong>
      <small class="soft">
        {momentOf(one.at)}
        {one.reason !== null && ` · ${one.reason}`}
      </small>
    </div>
    <Badge tone={tones[one.status]}>{t(`payment.is.${one.status}`)}</Badge>
    <strong class="numbers">{priceOf(one.amountMinor, currency)}</strong>
  </li>
);

/** Nothing where one may not see it. */
export function Payments({ id }: { readonly id: string }) {
  const { data } = useAsk("payment.get", { id });
  const currency = data?.currency ?? null;
  if (data === null || currency === null) return null;
  return (
    <Panel title={t("checkout.pay")}>
      <ul class="order-rows">
        {data.operations.map((one) => (
          <Operation key={one.operationId} one={one} currency={currency} />
        ))}
      </ul>
    </Panel>
  );
}
