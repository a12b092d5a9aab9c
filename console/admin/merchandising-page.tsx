/** Rules of what shoppers find: which are on, and what each of them changes before it is. */
import { useState } from "preact/hooks";
import type { MerchandisingView, PreviewedProduct } from "../../models/merchandising/merchandising.result.contract";
import { Link } from "../app/router";
import { ask } from "../client/ask";
import { useAsk, useDoing } from "../client/use";
import { Answered } from "../parts/answered";
import { Field, Form, Moment } from "../parts/fields";
import { countOf, momentOf, textOf } from "../parts/format";
import { Badge, Button, Empty, Fault, Notice, Panel, Title } from "../parts/pieces";
import { t } from "../words/words";
import { EditRule, NewRule } from "./merchandising-form";
import { RuleWords } from "./rule-words";
import { Synonyms } from "./synonyms";

const SHOWN = 8;

interface RuleProps {
  readonly rule: MerchandisingView;
  readonly again: () => void;
}

interface MovedProps {
  readonly title: string;
  readonly products: readonly PreviewedProduct[];
}

/** One of both orders; each product says where the other has it. */
const Order = ({ title, products }: MovedProps) => (
  <div>
    <h3>{title}</h3>
    <ol class="ranked">
      {products.map(({ id, title: name, other }, i) => (
        <li key={id} class={other === i + 1 ? undefined : "moved"}>
          <Link to={`/product/${id}`}>{textOf(name)}</Link>{" "}
          <small class="soft">{other === null ? t("rules.notThere") : t("rules.there", { place: other })}</small>
        </li>
      ))}
    </ol>
  </div>
);

interface Asked {
  readonly q: string;
  /** As the browser writes a moment; empty: now. */
  readonly at: string;
}

function Preview({ id, q, at }: Asked & { readonly id: string }) {
  const asked = { ...(q !== "" && { q }), ...(at !== "" && { at: new Date(at).toISOString() }) };
  const answer = useAsk("merchandising.preview", { id, limit: SHOWN, ...asked });
  return (
    <Answered answer={answer}>
      {(found) => (
        <>
          <Notice tone={found.speaks ? "good" : "warn"}>{found.speaks ? t("rules.speaks") : t("rules.silent")}</Notice>
          {found.redirect !== null && <p>{t("rules.leadsTo", { to: found.redirect })}</p>}
          <div class="columns">
            <Order title={t("rules.with")} products={found.with} />
            <Order title={t("rules.without")} products={found.without} />
          </div>
        </>
      )}
    </Answered>
  );
}

function Try({ id }: { readonly id: string }) {
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState("");
  const [asked, setAsked] = useState<Asked | null>(null);
  return (
    <details class="further">
      <summary>{t("rules.try")}</summary>
      <Form send={() => setAsked({ q: typed.trim(), at })} label={t("rules.try")}>
        <div class="grid-form">
          <Field label={t("rules.query")} value={typed} change={setTyped} />
          <Moment label={t("rules.at")} value={at} change={setAt} />
          <Button type="submit">{t("rules.compare")}</Button>
        </div>
      </Form>
      {asked !== null && <Preview key={`${asked.q}/${asked.at}`} id={id} {...asked} />}
    </details>
  );
}

/** Opened when somebody wants to change it, with what it says then. */
function Change({ rule, again }: RuleProps) {
  const [open, setOpen] = useState(false);
  return (
    <details class="further" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("rules.change")}</summary>
      {open && <EditRule key={rule.version} view={rule} done={again} />}
    </details>
  );
}

/** Where it holds, and when; nothing where that is everywhere and always. */
function Held({ rule: { channel, section, from, until, priority } }: { readonly rule: MerchandisingView }) {
  const said = [
    channel !== null && `${t("rules.channel")}: ${channel}`,
    section !== null && `${t("rules.section")}: ${section}`,
    from !== null && `${t("rules.from")} ${momentOf(from)}`,
    until !== null && `${t("rules.until")} ${momentOf(until)}`,
    priority > 0 && `${t("rules.priority")}: ${countOf(priority)}`,
  ].filter((one) => one !== false);
  return said.length === 0 ? null : <p class="soft">{said.join(" · ")}</p>;
}

function Rule({ rule, again }: RuleProps) {
  const { busy, fault, run } = useDoing();
  const on = rule.status === "on";
  const turn = (): void =>
    void run(() => ask(on ? "merchandising.disable" : "merchandising.enable", { id: rule.id })).then(
      (ok) => ok && again(),
    );
  return (
    <Panel title={rule.name} aside={<Badge tone={on ? "good" : "plain"}>{on ? t("rules.on") : t("rules.off")}</Badge>}>
      <RuleWords rule={rule.rule} />
      <Held rule={rule} />
      <Try id={rule.id} />
      <Change rule={rule} again={again} />
      <Fault fault={fault} />
      <div class="actions">
        <Button small busy={busy} label={`${on ? t("rules.turnOff") : t("rules.turnOn")}: ${rule.name}`} onClick={turn}>
          {on ? t("rules.turnOff") : t("rules.turnOn")}
        </Button>
        <Link class="button quiet small" to={`/admin/time/merchandising/${rule.id}`}>
          {t("product.history")}
        </Link>
      </div>
    </Panel>
  );
}

export function MerchandisingPage() {
  const answer = useAsk("merchandising.list", { limit: 50 });
  return (
    <>
      <Title>{t("admin.rules")}</Title>
      <p class="lead">{t("rules.lead")}</p>
      <NewRule made={answer.again} />
      <Synonyms made={answer.again} />
      <Answered answer={answer}>
        {({ items }) => (
          <>
            {items.length === 0 && <Empty icon="flag" title={t("rules.none")} />}
            {items.map((rule) => (
              <Rule key={rule.id} rule={rule} again={answer.again} />
            ))}
          </>
        )}
      </Answered>
    </>
  );
}
