/** Which units come back, and why. */
import { useState } from "preact/hooks";
import type { OrderView } from "../../models/order/order.view.contract";
import { RETURN_KINDS_TOLD, type ToldKind } from "./return-kinds";
import { ask } from "../client/ask";
import { useDoing } from "../client/use";
import { Choice, Field, Form } from "../parts/fields";
import { textOf } from "../parts/format";
import { Button, Fault, Panel } from "../parts/pieces";
import { t } from "../words/words";

interface ReturnFormProps {
  readonly order: OrderView;
  readonly done: () => void;
}

const numbersTo = (max: number) => Array.from({ length: max + 1 }, (_, i) => ({ value: String(i), text: String(i) }));

export function ReturnForm({ order, done }: ReturnFormProps) {
  const [units, setUnits] = useState<Readonly<Record<string, string>>>({});
  const [kind, setKind] = useState<ToldKind>("return");
  const [reason, setReason] = useState("");
  const { busy, fault, run } = useDoing();
  const lines = Object.entries(units)
    .map(([lineId, quantity]) => ({ lineId, quantity: Number(quantity) }))
    .filter(({ quantity }) => quantity > 0);
  const send = (): void =>
    void run(async () => {
      await ask("return.request", { orderId: order.id, kind, lines, reason });
      done();
    });
  return (
    <Panel title={t("order.return")}>
      <Form send={send} label={t("order.return")}>
        <div class="stack">
          {order.lines
            .filter(({ progress }) => progress.shipped > progress.returning + progress.returned)
            .map(({ lineId, title, progress }) => (
              <Choice
                key={lineId}
                label={textOf(title)}
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
