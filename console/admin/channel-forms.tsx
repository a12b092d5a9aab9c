/** A further channel, a further section. */
import { useState } from "preact/hooks";
import type { ComponentChildren } from "preact";
import { ask } from "../client/ask";
import { useDoing } from "../client/use";
import { Check, Field, Form } from "../parts/fields";
import { Button, Fault } from "../parts/pieces";
import { t } from "../words/words";

interface MadeProps {
  readonly made: () => void;
}

interface Named {
  readonly name: string;
  readonly code: string;
}

interface NewOneProps extends MadeProps {
  readonly title: string;
  /** What else has to be said of it. */
  readonly children: ComponentChildren;
  /** Whether that is said. */
  readonly ready: boolean;
  readonly send: (named: Named) => Promise<unknown>;
}

const CODE = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** What everything is asked for that has a name for people and one for addresses. */
function NewOne({ title, children, ready, send, made }: NewOneProps) {
  const [name, setName] = useState("");
  const [code, setCode] = useState("");
  const { busy, fault, run } = useDoing();
  const said = ready && name.trim() !== "" && CODE.test(code);
  return (
    <details class="further">
      <summary>{title}</summary>
      <Form send={() => void run(() => send({ name, code })).then((ok) => ok && made())} label={title}>
        <div class="grid-form">
          <Field label={t("sellers.name")} value={name} change={setName} max={100} />
          <Field label={t("channels.code")} value={code} change={setCode} max={63} hint={t("channels.codeHint")} />
          {children}
          <Button type="submit" icon="plus" busy={busy} disabled={!said}>
            {t("channels.open.act")}
          </Button>
        </div>
      </Form>
      <Fault fault={fault} />
    </details>
  );
}

export function NewChannel({ made }: MadeProps) {
  const [currency, setCurrency] = useState("EUR");
  const [taxInclusive, setTaxInclusive] = useState(true);
  const send = ({ code, name }: Named): Promise<unknown> =>
    ask("channel.open", { code, name: { en: name }, currency, languages: ["en"], taxInclusive });
  return (
    <NewOne title={t("channels.new")} made={made} ready send={send}>
      <Field label={t("channels.currency")} value={currency} change={setCurrency} max={3} />
      <Check checked={taxInclusive} change={setTaxInclusive}>
        {t("channels.tax")}
      </Check>
    </NewOne>
  );
}

export function NewSection({ made }: MadeProps) {
  const [q, setQ] = useState("");
  const send = ({ code: slug, name }: Named): Promise<unknown> =>
    ask("section.open", { slug, name: { en: name }, view: { q: q.trim() } });
  return (
    <NewOne title={t("channels.newSection")} made={made} ready={q.trim() !== ""} send={send}>
      <Field label={t("channels.words")} value={q} change={setQ} max={100} />
    </NewOne>
  );
}
