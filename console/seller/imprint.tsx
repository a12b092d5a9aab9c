/** What a seller's invoices say of it from now on; papers that were issued stay as they are. */
import { FIELDS, sentOf, valuesOf, type Values } from "../account/application-values";
import type { SellerImprint } from "../../models/seller/seller.contract";
import { useState } from "preact/hooks";
import { ask } from "../client/ask";
import { useAsk, useDoing } from "../client/use";
import { Answered } from "../parts/answered";
import { Field, Form } from "../parts/fields";
import { Button, Fault, Notice, Panel } from "../parts/pieces";
import { t } from "../words/words";

const PARTS = ["business", "tax"] as const;

interface PartProps {
  readonly view: SellerImprint;
  readonly part: (typeof PARTS)[number];
}

function Part({ view, part }: PartProps) {
  const [values, setValues] = useState<Values>(valuesOf(view, part));
  const [saved, setSaved] = useState(false);
  const { busy, fault, run } = useDoing();
  const send = (): void =>
    void run(() => ask("seller.amend", { id: view.id, [part]: sentOf(part, values) })).then(setSaved);
  const change = (field: string) => (value: string) => {
    setValues((before) => ({ ...before, [field]: value }));
    setSaved(false);
  };
  return (
    <Form send={send} label={t(`apply.part.${part}`)}>
      <h3>{t(`apply.part.${part}`)}</h3>
      <div class="grid-form">
        {FIELDS[part].map((field) => (
          <Field key={field} label={t(`apply.field.${field}`)} value={values[field] ?? ""} change={change(field)} />
        ))}
      </div>
      <Fault fault={fault} />
      {saved && <Notice tone="good">{t("imprint.saved")}</Notice>}
      <div class="actions">
        <Button type="submit" busy={busy}>
          {t("save")}
        </Button>
      </div>
    </Form>
  );
}

export function Imprint({ sellerId }: { readonly sellerId: string }) {
  const answer = useAsk("seller.imprint", { id: sellerId });
  return (
    <Panel title={t("imprint.title")}>
      <p class="soft">{t("imprint.lead")}</p>
      <Answered answer={answer} lines={4}>
        {(view) => (
          <div class="stack">
            {PARTS.map((part) => (
              <Part key={part} view={view} part={part} />
            ))}
          </div>
        )}
      </Answered>
    </Panel>
  );
}
