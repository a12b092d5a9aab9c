/** What models decided: each with its words, its parts, and the way to have it decided again. */
import { useState } from "preact/hooks";
import type { DecisionKind, Taken } from "../../models/decision/decision.data.contract";
import type { DecisionView, Replayed } from "../../models/decision/decision.contract";
import { Link } from "../app/router";
import { ask } from "../client/ask";
import { useAsk, useDoing } from "../client/use";
import { Answered } from "../parts/answered";
import { Choice } from "../parts/fields";
import { agoOf, countOf, featureOf, textOf } from "../parts/format";
import { Badge, Button, Empty, Fault, Notice, Panel, Title } from "../parts/pieces";
import { t, told } from "../words/words";

const KINDS = [
  "fraud",
  "rank",
  "recommendation",
  "moderation",
  "sentiment",
  "category",
  "duplicate",
  "intent",
] as const;
const PARTS_MAX = 8;
const rounded = (value: number): string => countOf(Math.round(value * 1_000) / 1_000);

function Parts({ taken }: { readonly taken: Taken }) {
  const all = [...taken.contributions, { name: t("decisions.rest"), value: taken.residual }];
  const shown = all.sort((a, b) => Math.abs(b.value) - Math.abs(a.value)).slice(0, PARTS_MAX);
  const largest = Math.max(...shown.map(({ value }) => Math.abs(value)), Number.EPSILON);
  return (
    <ul class="bars parts">
      {shown.map(({ name, value }) => (
        <li key={name}>
          <span>{featureOf(name)}</span>
          <meter min={0} max={largest} value={Math.abs(value)} aria-hidden="true" />
          <span>{rounded(value)}</span>
        </li>
      ))}
    </ul>
  );
}

function Again({ id }: { readonly id: string }) {
  const [replayed, setReplayed] = useState<Replayed | null>(null);
  const { busy, fault, run } = useDoing();
  return (
    <>
      <Fault fault={fault} />
      {replayed !== null && (
        <Notice tone={replayed.equal ? "good" : "warn"}>
          {replayed.equal ? t("decisions.equal") : t("decisions.differs", { difference: String(replayed.difference) })}
        </Notice>
      )}
      <Button
        small
        icon="history"
        busy={busy}
        onClick={() => void run(async () => setReplayed(await ask("decision.replay", { id })))}
      >
        {t("decisions.replay")}
      </Button>
    </>
  );
}

/** `: allowed`; nothing where there was none. */
function verdictOf(taken: Taken | null): string {
  const verdict = taken?.verdict;
  return verdict === undefined ? "" : `: ${told(`verdict.${verdict}`) ?? verdict}`;
}

function Decision({ decision }: { readonly decision: DecisionView }) {
  const { id, kind, at, model, about, taken, explanation, outcome } = decision;
  return (
    <Panel
      title={t(`decision.${kind}`) + verdictOf(taken)}
      aside={taken !== null && <Badge tone="info">{rounded(taken.score)}</Badge>}
    >
      <p class="soft">
        {agoOf(at)} · {model.name} {model.version} ·{" "}
        <Link to={`/admin/time/${about.type}/${about.id}`}>{told(`about.${about.type}`) ?? about.type}</Link>
        {outcome !== null && ` · ${t("decisions.outcome")}: ${[outcome.label, outcome.what ?? ""].join(" ").trim()}`}
      </p>
      {explanation !== null && <p>{textOf(explanation)}</p>}
      {taken !== null && (
        <details>
          <summary>{t("decisions.parts")}</summary>
          <Parts taken={taken} />
        </details>
      )}
      <Again id={id} />
    </Panel>
  );
}

export function DecisionsPage() {
  const [kind, setKind] = useState<string>("fraud");
  const answer = useAsk("decision.list", { kind: kind as DecisionKind, limit: 30 });
  const options = KINDS.map((value) => ({ value, text: t(`decision.${value}`) }));
  return (
    <>
      <Title aside={<Choice quiet label={t("decisions.kind")} value={kind} options={options} change={setKind} />}>
        {t("decisions.title")}
      </Title>
      <p class="lead">{t("decisions.lead")}</p>
      <Answered answer={answer}>
        {({ items }) => (
          <>
            {items.length === 0 && <Empty icon="spark" title={t("decisions.none")} />}
            {items.map((decision) => (
              <Decision key={decision.id} decision={decision} />
            ))}
          </>
        )}
      </Answered>
    </>
  );
}
