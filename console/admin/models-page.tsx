/** What was learnt: each version with its card, which one decides, and the way back. */
import type { ModelVersion, ModelView, Standing } from "../../models/model/model.contract";
import { ask } from "../client/ask";
import { useAsk, useDoing } from "../client/use";
import { Answered } from "../parts/answered";
import { agoOf, countOf } from "../parts/format";
import { Badge, Button, Fault, InEnglish, Notice, Panel, Title, type Tone } from "../parts/pieces";
import { Table, type Column } from "../parts/table";
import { t, told } from "../words/words";
import { CloserLook, Schedule } from "./model-closer";

const tones: Readonly<Record<Standing, Tone>> = {
  candidate: "info",
  shadow: "warn",
  champion: "good",
  declined: "bad",
  retired: "plain",
};

const figure = (value: number | undefined): string =>
  value === undefined ? "–" : countOf(Math.round(value * 10_000) / 10_000);

interface ActsProps {
  readonly model: ModelView;
  readonly version: ModelVersion;
  readonly act: (work: () => Promise<unknown>) => void;
}

function Acts({ model: { id }, version: { hash, standing }, act }: ActsProps) {
  // one that decided before may decide again; the mall refuses it where another one is better
  if (standing === "champion" || standing === "declined") return null;
  return (
    <div class="edit">
      <Button small onClick={() => act(() => ask("model.promote", { id, hash }))}>
        {t("models.promote")}
      </Button>
      {standing === "candidate" && (
        <Button small onClick={() => act(() => ask("model.shadow", { id, hash }))}>
          {t("models.shadow")}
        </Button>
      )}
    </div>
  );
}

const columns = (model: ModelView, act: ActsProps["act"]): Column<ModelVersion>[] => [
  { head: t("models.versions"), cell: ({ number, at }) => `${number} · ${agoOf(at)}` },
  {
    head: t("orders.state"),
    cell: ({ standing, why }) => (
      <>
        <Badge tone={tones[standing]}>{t(`standing.${standing}`)}</Badge>
        {why !== null && <small>{why}</small>}
      </>
    ),
  },
  { head: t("models.rows"), cell: ({ card }) => `${t("models.rowsOf", { n: card.rows })}, ${card.data}` },
  { head: t("models.measure"), cell: ({ card }) => `${card.measure} ${figure(card.metrics[card.measure])}`, end: true },
  { head: t("models.baseline"), cell: ({ card }) => figure(card.baseline[card.measure]), end: true },
  { head: "", cell: (version) => <Acts model={model} version={version} act={act} />, end: true },
];

function Model({ model, again }: { readonly model: ModelView; readonly again: () => void }) {
  const { busy, fault, run } = useDoing();
  const { id, versions, training, champion } = model;
  const name = told(`model.${id}`) ?? id;
  const act = (work: () => Promise<unknown>): void => void run(work).then((ok) => ok && again());
  const deciding = versions.find(({ hash }) => hash === champion);
  return (
    <Panel title={name}>
      <p class="soft">
        {deciding ? t("models.champion", { number: deciding.number }) : t("models.shipped")}{" "}
        {training !== null && t("models.training", { since: agoOf(training.since) })}
      </p>
      <Fault fault={fault} />
      {model.skipped !== null && (
        <Notice tone="warn">
          <strong>{t("models.skipped")}</strong> <InEnglish>{model.skipped.why}</InEnglish>
        </Notice>
      )}
      {versions.length > 0 && (
        <Table
          label={`${name}: ${t("models.versions")}`}
          rows={versions}
          columns={columns(model, act)}
          keyOf={({ hash }) => hash}
        />
      )}
      <Schedule model={model} act={act} />
      <CloserLook model={model} act={act} />
      <div class="actions">
        <Button small busy={busy} onClick={() => act(() => ask("model.retrain", { id }))}>
          {t("models.retrain")}
        </Button>
        <Button small busy={busy} disabled={champion === null} onClick={() => act(() => ask("model.rollback", { id }))}>
          {t("models.rollback")}
        </Button>
      </div>
    </Panel>
  );
}

export function ModelsPage() {
  const answer = useAsk("model.list", {});
  return (
    <>
      <Title>{t("models.title")}</Title>
      <Answered answer={answer}>
        {({ items }) => (
          <div class="cards-of-models">
            {items.map((model) => (
              <Model key={model.id} model={model} again={answer.again} />
            ))}
          </div>
        )}
      </Answered>
    </>
  );
}
