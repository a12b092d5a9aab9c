/** Which units come back, and why. */
import { useEffect, useState } from "preact/hooks";
import type { OrderView } from "../../models/order/order.view.contract";
import type { ReturnTerms } from "../../models/return/return.window.contract";
import { RETURN_KINDS_TOLD, type ToldKind } from "./return-kinds";
import { ask } from "../client/ask";
import { useAsk, useDoing } from "../client/use";
import { Choice, Field, Form } from "../parts/fields";
import { dayOf, moneyOf } from "../parts/format";
import { lineName } from "../parts/order-parts";
import { Button, Fault, Panel } from "../parts/pieces";
import { t } from "../words/words";
import { nameOf } from "./offers";

interface ReturnFormProps {
  readonly order: OrderView;
  readonly done: () => void;
}

const numbersTo = (max: number) => Array.from({ length: max + 1 }, (_, i) => ({ value: String(i), text: String(i) }));

/** Until when, and at whose cost; of what may not be given back any more, that it may not. */
function Terms({ terms }: { readonly terms: ReturnTerms }) {
  const days = terms.lines.flatMap(({ open, lastDay }) => (open && lastDay !== null ? [lastDay] : []));
  const first = [...days].sort((a, b) => (a < b ? -1 : 1))[0];
  return (
    <p class="soft">
      {first !== undefined && t("return.until", { day: dayOf(first) })} {t(`return.shipping.${terms.shippingBy}`)}{" "}
      {terms.lines.some(({ open }) => !open) && t("return.closed")}{" "}
      {terms.lines.some(({ sendingBack }) => sendingBack) && t("return.whole")}
    </p>
  );
}

interface InsteadProps {
  readonly order: OrderView;
  readonly lines: readonly { readonly lineId: string }[];
  readonly chosen: string;
  readonly choose: (offerId: string) => void;
}

/** The same again, or another variant of it by the same seller; of one thing at a time. */
function Instead({ order, lines, chosen, choose }: InsteadProps) {
  const line = lines.length === 1 ? order.lines.find(({ lineId }) => lineId === lines[0]?.lineId) : undefined;
  const asked = line && order.replaces === null ? { id: line.productId } : null;
  const { data } = useAsk("product.get", asked);
  const others = (data?.offers ?? []).filter(
    ({ id, sellerId, price }) =>
      sellerId === order.sellerId && id !== line?.offerId && price.currency === order.currency,
  );
  const known = others.some(({ id }) => id === chosen);
  useEffect(() => {
    if (chosen !== "" && !known) choose("");
  }, [chosen, known, choose]);
  if (!data || others.length === 0) return null;
  const options = others.map((offer) => ({
    value: offer.id,
    text: `${nameOf(data, offer)} – ${moneyOf(offer.price)}`,
  }));
  return (
    <Choice
      label={t("return.against")}
      value={chosen}
      options={[{ value: "", text: t("return.same") }, ...options]}
      change={choose}
    />
  );
}

/** Terms that are not known yet forbid nothing: the mall refuses. */
const isOpen = (terms: ReturnTerms | null, lineId: string): boolean =>
  terms === null || terms.lines.some((line) => line.open && line.lineId === lineId);

const isOut = ({ progress }: OrderView["lines"][number]): boolean =>
  progress.shipped > progress.returning + progress.returned;

const wantedOf = (units: Readonly<Record<string, string>>) =>
  Object.entries(units)
    .map(([lineId, quantity]) => ({ lineId, quantity: Number(quantity) }))
    .filter(({ quantity }) => quantity > 0);

export function ReturnForm({ order, done }: ReturnFormProps) {
  const [units, setUnits] = useState<Readonly<Record<string, string>>>({});
  const [kind, setKind] = useState<ToldKind>("return");
  const [reason, setReason] = useState("");
  const [offerId, setOfferId] = useState("");
  const { busy, fault, run } = useDoing();
  const { data: terms } = useAsk("return.terms", { orderId: order.id });
  const may = ({ lineId }: { lineId: string }): boolean => kind === "claim" || isOpen(terms, lineId);
  const lines = wantedOf(units).filter(may);
  const send = (): void =>
    void run(async () => {
      const quantity = lines.reduce((sum, line) => sum + line.quantity, 0);
      const wanted = kind === "exchange" && offerId !== "" && { articles: [{ offerId, quantity }] };
      await ask("return.request", { orderId: order.id, kind, lines, reason, ...wanted });
      done();
    });
  return (
    <Panel title={t("order.return")}>
      <Form send={send} label={t("order.return")}>
        <div class="stack">
          {order.lines
            .filter(isOut)
            .filter(may)
            .map(({ lineId, progress, ...line }) => (
              <Choice
                key={lineId}
                label={lineName(line)}
                value={units[lineId] ?? "0"}
                options={numbersTo(progress.shipped - progress.returning - progress.returned)}
                change={(value) => setUnits((before) => ({ ...before, [lineId]: value }))}
              />
            ))}
          <Choice
            label={t("return.kind")}
            value={kind}
            options={RETURN_KINDS_TOLD.map((value) => ({ value, text: t(`return.kind.${value}`) }))}
            change={(value) => setKind(value as ToldKind)}
          />
          {kind === "exchange" && <Instead order={order} lines={lines} chosen={offerId} choose={setOfferId} />}
          {terms !== null && kind !== "claim" && <Terms terms={terms} />}
          <Field label={t("return.reason")} value={reason} change={setReason} required max={500} />
          <Fault fault={fault} />
          <Button kind="main" type="submit" busy={busy} disabled={lines.length === 0}>
            {t("return.send")}
          </Button>
        </div>
      </Form>
    </Panel>
  );
}
