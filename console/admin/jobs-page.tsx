/** Long work: begun here, looked at until it has ended. */
import { useEffect, useState } from "preact/hooks";
import type { Receipt } from "../../models/kernel/contract";
import type { JobView } from "../../models/job/job.contract";
import { keep, kept } from "../app/kept";
import { ask, saveFile } from "../client/ask";
import { useAsk, useDoing } from "../client/use";
import { percentOf } from "../parts/format";
import { Badge, Button, Fault, Panel, Title, type Tone } from "../parts/pieces";
import { t } from "../words/words";
import { Rebuild } from "./rebuild";

const LAST = "job";
const LOOK_MS = 1_000;

const tones: Readonly<Record<JobView["status"], Tone>> = {
  requested: "warn",
  running: "info",
  finished: "good",
  failed: "bad",
  cancelled: "plain",
};

interface JobProps {
  readonly job: JobView;
}

/** How far it is, how fast, and how long it will take. */
function paceOf({ progress, rowsPerSecond, secondsLeft }: JobView): string {
  const said = [t("jobs.progress", { percent: percentOf(progress.fraction), n: progress.rows })];
  if (rowsPerSecond !== null) said.push(t("jobs.rate", { n: Math.round(rowsPerSecond) }));
  if (secondsLeft !== null) said.push(t("jobs.left", { seconds: Math.ceil(secondsLeft) }));
  return said.join(", ");
}

/** What came of it, in words; null while there is nothing to say. */
function outcomeOf({ task, status, progress, reason }: JobView): string | null {
  if (reason !== null) return reason;
  if (progress.failed > 0) return t(task === "drift" ? "jobs.differ" : "jobs.failed", { n: progress.failed });
  return task === "drift" && status === "finished" ? t("jobs.same") : null;
}

function Deeds({ job: { id, status, task, form, problems, result } }: JobProps) {
  const { busy, fault, run } = useDoing();
  const open = status === "requested" || status === "running";
  return (
    <>
      <Fault fault={fault} />
      <div class="actions">
        {open && (
          <Button busy={busy} onClick={() => void run(() => ask("job.cancel", { id }))}>
            {t("jobs.stop")}
          </Button>
        )}
        {problems !== null && (
          <Button busy={busy} onClick={() => void run(() => saveFile(problems, `${task}-${form}.jsonl`))}>
            {t("jobs.problems")}
          </Button>
        )}
        {result !== null && (
          <Button kind="main" busy={busy} onClick={() => void run(() => saveFile(result, `products.${form}`))}>
            {t("jobs.fetch")}
          </Button>
        )}
      </div>
    </>
  );
}

function Job({ job }: JobProps) {
  const { progress, status, task, form } = job;
  const outcome = outcomeOf(job);
  return (
    <Panel
      title={`${t(`job.task.${task}`)} (${form})`}
      aside={<Badge tone={tones[status]}>{t(`job.${status}`)}</Badge>}
    >
      <progress max={1} value={progress.fraction} aria-label={paceOf(job)} />
      <p class="soft">{paceOf(job)}</p>
      {outcome !== null && <p>{outcome}</p>}
      <Deeds job={job} />
    </Panel>
  );
}

function Watched({ id }: { readonly id: string }) {
  const { data, fault, again } = useAsk("job.get", { id });
  const open = data === null || data.status === "requested" || data.status === "running";
  useEffect(() => {
    if (!open) return;
    const timer = setInterval(again, LOOK_MS);
    return () => clearInterval(timer);
  }, [open, again]);
  return (
    <>
      <Fault fault={fault} />
      {data !== null && <Job job={data} />}
    </>
  );
}

export function JobsPage() {
  const [id, setId] = useState(kept(LAST));
  const { busy, fault, run } = useDoing();
  const start = (send: () => Promise<Receipt>): void =>
    void run(async () => {
      const begun = await send();
      keep(LAST, begun.id);
      setId(begun.id);
    });
  return (
    <>
      <Title>{t("jobs.title")}</Title>
      <p class="lead">{t("jobs.lead")}</p>
      <Fault fault={fault} />
      <div class="actions">
        {(["jsonl", "csv"] as const).map((form) => (
          <Button key={form} busy={busy} onClick={() => start(() => ask("job.export", { form }))}>
            {t("jobs.export")} ({form})
          </Button>
        ))}
      </div>
      {id !== null && <Watched key={id} id={id} />}
      <Rebuild busy={busy} begin={(projection, dryRun) => start(() => ask("job.rebuild", { projection, dryRun }))} />
    </>
  );
}
