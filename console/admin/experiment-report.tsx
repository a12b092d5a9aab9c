/** What came of an experiment so far; it may be looked at whenever one likes. */
import type { ArmComparison, ArmFigures, ExperimentReport } from "../../models/experiment/experiment.report.contract";
import { useAsk } from "../client/use";
import { Answered } from "../parts/answered";
import { countOf, moneyOf, percentOf } from "../parts/format";
import { Badge, type Tone } from "../parts/pieces";
import { Table, type Column } from "../parts/table";
import { t, told } from "../words/words";
import { CONTROL } from "./experiment-draft";

const tones: Readonly<Record<ArmComparison["verdict"], Tone>> = { better: "good", worse: "bad", unclear: "plain" };

/** An arm that was drawn up here, in words; another by its name. */
export const armOf = (name: string): string =>
  name === CONTROL ? t("experiments.control") : (told(`experiments.otherwise.${name}`) ?? name);

const guardOf = (guard: string) =>
  `experiments.guard.${guard === "latency" || guard === "revenue" ? guard : "zero"}` as const;

const columns = ({ comparisons }: ExperimentReport): Column<ArmFigures>[] => [
  { head: t("experiments.arm"), cell: ({ arm }) => armOf(arm) },
  { head: t("experiments.people"), cell: ({ participants }) => countOf(participants), end: true },
  { head: t("experiments.searches"), cell: ({ searches }) => countOf(searches), end: true },
  { head: t("experiments.share"), cell: ({ share }) => percentOf(share, 1), end: true },
  { head: t("experiments.zero"), cell: ({ zeroResults }) => percentOf(zeroResults, 1), end: true },
  { head: t("experiments.revenue"), cell: ({ revenue }) => (revenue === null ? "–" : moneyOf(revenue)), end: true },
  {
    head: t("experiments.verdict"),
    cell: ({ arm }) => {
      const found = comparisons.find((one) => one.arm === arm);
      if (!found) return "–";
      // wider than all there can be, it says nothing
      const known = found.low >= -1 && found.high <= 1;
      const range = known ? `${percentOf(found.low, 1)} … ${percentOf(found.high, 1)}` : "";
      return (
        <>
          <Badge tone={tones[found.verdict]}>{t(`experiments.${found.verdict}`)}</Badge> <small>{range}</small>
        </>
      );
    },
  },
];

export function Report({ id }: { readonly id: string }) {
  const answer = useAsk("experiment.report", { id });
  return (
    <Answered answer={answer}>
      {(report) => (
        <>
          {report.arms.length > 0 && (
            <Table
              label={t("experiments.report")}
              rows={report.arms}
              columns={columns(report)}
              keyOf={({ arm }) => arm}
            />
          )}
          <ul class="told">
            {report.guards.map(({ arm, guard, verdict }) => (
              <li key={`${arm}/${guard}`}>
                {armOf(arm)} · {t(guardOf(guard))}:{" "}
                <Badge tone={verdict === "harmed" ? "bad" : "plain"}>{t(`experiments.${verdict}`)}</Badge>
              </li>
            ))}
          </ul>
          {report.preference !== null && (
            <p>
              {t("experiments.preferred", {
                ...{ control: report.preference.control, other: report.preference.other },
                arm:
                  report.preference.preferred === null ? t("experiments.nobody") : armOf(report.preference.preferred),
              })}
            </p>
          )}
        </>
      )}
    </Answered>
  );
}
