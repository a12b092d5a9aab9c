/** What came back, line by line: how much as it should be, whether it can be sold again, what is kept for wear. */
import { useState } from "preact/hooks";
import type { OrderView } from "../../models/order/order.view.contract";
import type { ReturnView } from "../../models/return/return.contract";
import { ask } from "../client/ask";
import { useAsk, useDoing } from "../client/use";
import { Answered } from "../parts/answered";
import { Check, Choice, Field, Form } from "../parts/fields";
import { minorOf, textOf } from "../parts/format";
import { Button, Fault } from "../parts/pieces";
import { t } from "../words/words";
import { cameOf, inspectedOf, type Came } from "./came";

interface InspectProps {
  readonly one: ReturnView;
  readonly done: () => void;
}

interface LineProps {
  readonly title: string;
  readonly asked: number;
  readonly came: Came;
  readonly say: (came: Came) => void;
}

function Line({ title, asked, came, say }: LineProps) {
  const counts = Array.from({ length: asked + 1 }, (_, count) => String(count)).toReversed();
  return (
    <li class="order-row">
      <div>
        <strong dir="auto">{title}</strong>
        <Check checked={came.restock} change={(restock) => say({ ...came, restock })}>
          {t("returns.restock")}
        </Check>
      </div>
      <Choice
        quiet
        label={t("returns.came")}
        value={String(came.quantity)}
        options={counts.map((count) => ({ value: count, text: count }))}
        change={(count) => say({ ...came, quantity: Number(count) })}
      />
    </li>
  );
}

function Lines({ one, order, done }: InspectProps & { readonly order: OrderView }) {
  const [came, setCame] = useState(() => cameOf(one));
  const [kept, setKept] = useState("");
  const { busy, fault, run } = useDoing();
  const keepMinor = kept.trim() === "" ? 0 : minorOf(kept, order.currency);
  const title = (lineId: string): string => textOf(order.lines.find((line) => line.lineId === lineId)?.title);
  const send = (): void => {
    if (keepMinor === null) return;
    void run(() => ask("return.inspect", inspectedOf(one, came, keepMinor))).then((ok) => ok && done());
  };
  return (
    <Form send={send} label={t("returns.inspect")}>
      <ul class="order-rows">
        {one.lines.map(({ lineId, quantity }) => (
          <Line
            key={lineId}
            title={title(lineId)}
            asked={quantity}
            came={came[lineId] ?? { quantity, restock: true }}
            say={(said) => setCame((before) => ({ ...before, [lineId]: said }))}
          />
        ))}
      </ul>
      <div class="grid-form">
        <Field
          decimal
          label={t("returns.keep", { currency: order.currency })}
          hint={t("returns.keepHint")}
          value={kept}
          change={setKept}
          max={16}
        />
        <Button kind="main" type="submit" busy={busy} disabled={keepMinor === null}>
          {t("returns.accept")}
        </Button>
      </div>
      <Fault fault={fault} />
    </Form>
  );
}

export function Inspect({ one, done }: InspectProps) {
  const answer = useAsk("order.get", { id: one.orderId });
  return <Answered answer={answer}>{(order) => <Lines one={one} order={order} done={done} />}</Answered>;
}
