/** Experiments on ranking: what is asked, what came of it so far, and their beginning and end. */
import { useState } from "preact/hooks";
import type { Metric } from "../../models/experiment/experiment.content.contract";
import type { ExperimentStatus, ExperimentView } from "../../models/experiment/experiment.contract";
import { Link } from "../app/router";
import { ask } from "../client/ask";
import { useAsk, useDoing } from "../client/use";
import { Answered } from "../parts/answered";
import { Choice, Field, Form } from "../parts/fields";
import { Badge, Button, Empty, Fault, Panel, Title, type Tone } from "../parts/pieces";
import { t } from "../words/words";
import { EMPTY_EXPERIMENT, experimentOf, OTHERWISE } from "./experiment-draft";
import { armOf, Report } from "./experiment-report";

interface AgainProps {
  readonly again: () => void;
}

const DESIGNS = ["split", "interleaved"] as const;
const METRIC_NAMES = ["click", "cart", "purchase"] as const satisfies readonly Metric[];

function NewExperiment({ again }: AgainProps) {
  const [draft, setDraft] = useState(EMPTY_EXPERIMENT);
  const { busy, fault, run } = useDoing();
  const say = (more: Partial<typeof draft>): void => setDraft((before) => ({ ...before, ...more }));
  const { otherwise, design, metric } = draft;
  const send = (): void =>
    void run(() => ask("experiment.create", experimentOf(draft))).then((ok) => {
      if (!ok) return;
      setDraft(EMPTY_EXPERIMENT);
      again();
    });
  return (
    <Panel title={t("experiments.new")}>
      <Form send={send} label={t("experiments.new")}>
        <div class="grid-form">
          <Field label={t("experiments.question")} value={draft.question} change={(question) => say({ question })} />
          <Choice
            label={t("experiments.otherwise")}
            value={otherwise}
            options={OTHERWISE.map((one) => ({ value: one, text: t(`experiments.otherwise.${one}`) }))}
            change={(next) => say({ otherwise: OTHERWISE.find((one) => one === next) ?? otherwise })}
          />
          <Choice
            label={t("experiments.design")}
            value={design}
            options={DESIGNS.map((one) => ({ value: one, text: t(`experiments.design.${one}`) }))}
            change={(next) => say({ design: DESIGNS.find((one) => one === next) ?? design })}
          />
          <Choice
            label={t("experiments.metric")}
            value={metric}
            options={METRIC_NAMES.map((one) => ({ value: one, text: t(`experiments.metric.${one}`) }))}
            change={(next) => say({ metric: METRIC_NAMES.find((one) => one === next) ?? metric })}
          />
          <Button type="submit" icon="plus" busy={busy} disabled={draft.question.trim() === ""}>
            {t("experiments.make")}
          </Button>
        </div>
      </Form>
      <Fault fault={fault} />
    </Panel>
  );
}

const tones: Readonly<Record<ExperimentStatus, Tone>> = { draft: "plain", running: "good", stopped: "info" };

function End({ view, end }: { readonly view: ExperimentView; readonly end: (winner: string) => void }) {
  const [winner, setWinner] = useState("");
  const arms = view.content.arms.map(({ name }) => ({ value: name, text: armOf(name) }));
  return (
    <>
      <Choice
        quiet
        label={t("experiments.winner")}
        value={winner}
        options={[{ value: "", text: t("experiments.nobody") }, ...arms]}
        change={setWinner}
      />
      <Button small onClick={() => end(winner)}>
        {t("experiments.stop")}
      </Button>
    </>
  );
}

function Experiment({ view, again }: AgainProps & { readonly view: ExperimentView }) {
  const { id, status, content, winner } = view;
  const { busy, fault, run } = useDoing();
  const act = (work: () => Promise<unknown>): void => void run(work).then((ok) => ok && again());
  return (
    <Panel title={content.name} aside={<Badge tone={tones[status]}>{t(`experiments.${status}`)}</Badge>}>
      {content.question !== content.name && <p>{content.question}</p>}
      <p class="soft">
        {t(`experiments.design.${content.design}`)} · {t(`experiments.metric.${content.metric}`)}
        {winner !== null && ` · ${t("experiments.winner")}: ${armOf(winner)}`}
      </p>
      {status !== "draft" && <Report id={id} />}
      <Fault fault={fault} />
      <div class="actions">
        {status === "draft" && (
          <Button small busy={busy} onClick={() => act(() => ask("experiment.start", { id }))}>
            {t("experiments.start")}
          </Button>
        )}
        {status === "running" && (
          <End
            view={view}
            end={(chosen) => act(() => ask("experiment.stop", { id, ...(chosen !== "" && { winner: chosen }) }))}
          />
        )}
        <Link class="button quiet small" to={`/admin/time/experiment/${id}`}>
          {t("product.history")}
        </Link>
      </div>
    </Panel>
  );
}

export function ExperimentsPage() {
  const answer = useAsk("experiment.list", { limit: 50 });
  return (
    <>
      <Title>{t("admin.experiments")}</Title>
      <p class="lead">{t("experiments.lead")}</p>
      <NewExperiment again={answer.again} />
      <Answered answer={answer}>
        {({ items }) => (
          <>
            {items.length === 0 && <Empty icon="gauge" title={t("experiments.none")} />}
            {items.map((view) => (
              <Experiment key={`${view.id}/${view.version}`} view={view} again={answer.again} />
            ))}
          </>
        )}
      </Answered>
    </>
  );
}
