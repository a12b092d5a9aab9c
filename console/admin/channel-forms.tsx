/** A further channel, a further section. */
import { useState } from "preact/hooks";
import { ask } from "../client/ask";
import { useDoing } from "../client/use";
import { Check, Field, Form } from "../parts/fields";
import { Button, Fault } from "../parts/pieces";
import { t } from "../words/words";

interface MadeProps {
  readonly made: () => void;
}

const CODE = /^[a-z0-9][a-z0-9-]{0,62}$/;

export function NewChannel({ made }: MadeProps) {
  const [name, setName] = useState("");
  const [code, setCode] = useState("");
  const [currency, setCurrency] = useState("EUR");
  const [taxInclusive, setTaxInclusive] = useState(true);
  const { busy, fault, run } = useDoing();
  const send = (): void =>
    void run(() => ask("channel.open", { code, name: { en: name }, currency, languages: ["en"], taxInclusive })).then(
      (ok) => ok && made(),
    );
  return (
    <details class="further">
      <summary>{t("channels.new")}</summary>
      <Form send={send} label={t("channels.new")}>
        <div class="grid-form">
          <Field label={t("sellers.name")} value={name} change={setName} max={100} />
          <Field label={t("channels.code")} value={code} change={setCode} max={63} hint={t("channels.codeHint")} />
          <Field label={t("channels.currency")} value={currency} change={setCurrency} max={3} />
          <Check checked={taxInclusive} change={setTaxInclusive}>
            {t("channels.tax")}
          </Check>
          <Button type="submit" icon="plus" busy={busy} disabled={name.trim() === "" || !CODE.test(code)}>
            {t("channels.open.act")}
          </Button>
        </div>
      </Form>
      <Fault fault={fault} />
    </details>
  );
}

export function NewSection({ made }: MadeProps) {
  const [name, setName] = useState("");
  const [slug, setSlug] = useState("");
  const [q, setQ] = useState("");
  const { busy, fault, run } = useDoing();
  const send = (): void =>
    void run(() => ask("section.open", { slug, name: { en: name }, view: { q: q.trim() } })).then((ok) => ok && made());
  const empty = name.trim() === "" || q.trim() === "" || !CODE.test(slug);
  return (
    <details class="further">
      <summary>{t("channels.newSection")}</summary>
      <Form send={send} label={t("channels.newSection")}>
        <div class="grid-form">
          <Field label={t("sellers.name")} value={name} change={setName} max={100} />
          <Field label={t("channels.code")} value={slug} change={setSlug} max={63} hint={t("channels.codeHint")} />
          <Field label={t("channels.words")} value={q} change={setQ} max={100} />
          <Button type="submit" icon="plus" busy={busy} disabled={empty}>
            {t("channels.open.act")}
          </Button>
        </div>
      </Form>
      <Fault fault={fault} />
    </details>
  );
}
