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

function Job({ job }: { readonly job: JobView }) {
  const { fault, run } = useDoing();
  const { id, progress, rowsPerSecond, secondsLeft, status, result, reason, form, problems } = job;
  const open = status === "requested" || status === "running";
  const said = t("jobs.progress", { percent: percentOf(progress.fraction), n: progress.rows });
  return (
    <Panel
      title={`${t(`job.task.${job.task}`)} (${form})`}
      aside={<Badge tone={tones[status]}>{t(`job.${status}`)}</Badge>}
    >
      <progress max={1} value={progress.fraction} aria-label={said} />
      <p class="soft">
        {said}
        {rowsPerSecond !== null && `, ${t("jobs.rate", { n: Math.round(rowsPerSecond) })}`}
        {secondsLeft !== null && `, ${t("jobs.left", { seconds: Math.ceil(secondsLeft) })}`}
      </p>
      {reason !== null && <p>{reason}</p>}
      {progress.failed > 0 && <p>{t(job.task === "drift" ? "jobs.differ" : "jobs.failed", { n: progress.failed })}</p>}
      {status === "finished" && job.task === "drift" && progress.failed === 0 && <p>{t("jobs.same")}</p>}
      <Fault fault={fault} />
      {open && <Button onClick={() => void run(() => ask("job.cancel", { id }))}>{t("jobs.stop")}</Button>}
      {problems !== null && (
        <Button onClick={() => void run(() => saveFile(problems, `${job.task}-${form}.jsonl`))}>
          {t("jobs.problems")}
        </Button>
      )}
      {result !== null && (
        <Button kind="main" onClick={() => void run(() => saveFile(result, `products.${form}`))}>
          {t("jobs.fetch")}
        </Button>
      )}
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
