/** What comes back: whether it may, and in what state it came. */
import type { ReturnView } from "../../models/return/return.contract";
import { Link } from "../app/router";
import { ask } from "../client/ask";
import { useAsk } from "../client/use";
import { Answered } from "../parts/answered";
import { agoOf, priceOf, textOf } from "../parts/format";
import { ReturnBadge } from "../parts/order-badge";
import { Empty, Notice, Panel } from "../parts/pieces";
import { Verdict } from "../parts/verdict";
import { t } from "../words/words";
import { Desk } from "./desk";
import { Inspect } from "./inspect";

interface ReturnProps {
  readonly one: ReturnView;
  readonly again: () => void;
}

/** What its customer wants instead: held from the approval on. */
function Instead({ of }: { readonly of: NonNullable<ReturnView["exchange"]> }) {
  const { lines, differenceMinor, currency, held } = of;
  const what = lines.map(({ title, quantity, sku }) => `${quantity} × ${textOf(title)} (${sku})`).join(", ");
  const price = priceOf(Math.abs(differenceMinor), currency);
  return (
    <p>
      {t("return.instead", { what })} {differenceMinor > 0 && t("returns.theyPay", { price })}
      {differenceMinor < 0 && t("returns.theyGet", { price })} {held && t("returns.held")}
    </p>
  );
}

function Return({ one, again }: ReturnProps) {
  const units = one.lines.reduce((sum, { quantity }) => sum + quantity, 0);
  return (
    <Panel title={t(`return.kind.${one.kind}`)} aside={<ReturnBadge status={one.status} />}>
      <p>{one.reason}</p>
      <p class="soft">
        {agoOf(one.requestedAt)} · {t("orders.units", { n: units })} ·{" "}
        <Link to={`/seller/orders/${one.orderId}`}>{t("order.title")}</Link>
      </p>
      {one.exchange !== null && <Instead of={one.exchange} />}
      {one.status === "requested" && one.decision !== null && <Notice tone="warn">{one.decision}</Notice>}
      {one.status === "requested" && (
        <Verdict
          yes={t("returns.approve")}
          approve={() => ask("return.approve", { id: one.id })}
          reject={(reason) => ask("return.reject", { id: one.id, reason })}
          done={again}
        />
      )}
      {one.status === "approved" && <Inspect one={one} done={again} />}
    </Panel>
  );
}

function Returns({ sellerId }: { readonly sellerId: string }) {
  const answer = useAsk("return.ofSeller", { sellerId, limit: 50 });
  return (
    <Answered answer={answer}>
      {({ items }) => (
        <>
          {items.length === 0 && <Empty icon="undo" title={t("returns.none")} />}
          {items.map((one) => (
            <Return key={one.id} one={one} again={answer.again} />
          ))}
        </>
      )}
    </Answered>
  );
}

export const ReturnsPage = () => (
  <Desk title={t("seller.returns")}>{(sellerId) => <Returns sellerId={sellerId} />}</Desk>
);
