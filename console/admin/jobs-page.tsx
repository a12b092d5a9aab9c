/** Long work: begun here, looked at until it has ended. */
import { useEffect, useState } from "preact/hooks";
import type { JobView } from "../../models/job/job.contract";
import { keep, kept } from "../app/kept";
import { ask, saveFile } from "../client/ask";
import { useAsk, useDoing } from "../client/use";
import { percentOf } from "../parts/format";
import { Badge, Button, Fault, Panel, Title, type Tone } from "../parts/pieces";
import { t } from "../words/words";

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
  const { progress, secondsLeft, status, result, reason, form } = job;
  const said = t("jobs.progress", { percent: percentOf(progress.fraction), n: progress.rows });
  return (
    <Panel title={`${job.task} (${form})`} aside={<Badge tone={tones[status]}>{t(`job.${status}`)}</Badge>}>
      <progress max={1} value={progress.fraction} aria-label={said} />
      <p class="soft">
        {said}
        {secondsLeft !== null && `, ${t("jobs.left", { seconds: Math.ceil(secondsLeft) })}`}
      </p>
      {reason !== null && <p>{reason}</p>}
      <Fault fault={fault} />
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
  const begin = (form: "jsonl" | "csv"): void =>
    void run(async () => {
      const begun = await ask("job.export", { form });
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
          <Button key={form} busy={busy} onClick={() => begin(form)}>
            {t("jobs.export")} ({form})
          </Button>
        ))}
      </div>
      {id !== null && <Watched key={id} id={id} />}
      <Panel>
        <p>{t("jobs.elsewhere")}</p>
        <pre tabIndex={0}>npm run stoa -- rebuild{"\n"}npm run stoa -- drift</pre>
      </Panel>
    </>
  );
}
