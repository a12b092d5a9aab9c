/** What came of an experiment so far; it may be looked at whenever one likes. */
import type { ArmComparison, ArmFigures, ExperimentReport } from "../../models/experiment/experiment.report.contract";
import { useAsk } from "../client/use";
import { Answered } from "../parts/answered";
import { countOf, moneyOf, percentOf } from "../parts/format";
import { Badge, type Tone } from "../parts/pieces";
import { Table, type Column } from "../parts/table";
import { t } from "../words/words";

const tones: Readonly<Record<ArmComparison["verdict"], Tone>> = { better: "good", worse: "bad", unclear: "plain" };

const columns = ({ comparisons }: ExperimentReport): Column<ArmFigures>[] => [
  { head: t("experiments.arm"), cell: ({ arm }) => arm },
  { head: t("experiments.people"), cell: ({ participants }) => countOf(participants), end: true },
  { head: t("experiments.searches"), cell: ({ searches }) => countOf(searches), end: true },
  { head: t("experiments.share"), cell: ({ share }) => percentOf(share, 1), end: true },
  { head: t("experiments.zero"), cell: ({ zeroResults }) => percentOf(zeroResults, 1), end: true },
  { head: t("experiments.revenue"), cell: ({ revenue }) => (revenue === null ? "–" : moneyOf(revenue)), end: true },
  {
    head: t("experiments.verdict"),
    cell: ({ arm }) => {
      const found = comparisons.find((one) => one.arm === arm);
      if (!found) return t("experiments.control");
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
          {report.guards.map(({ arm, guard, verdict }) => (
            <p key={`${arm}/${guard}`}>
              {t(`experiments.guard.${guard === "latency" || guard === "revenue" ? guard : "zero"}`)}, {arm}:{" "}
              <Badge tone={verdict === "harmed" ? "bad" : "plain"}>{t(`experiments.${verdict}`)}</Badge>
            </p>
          ))}
          {report.preference !== null && (
            <p>
              {t("experiments.preferred", {
                ...{ control: report.preference.control, other: report.preference.other },
                arm: report.preference.preferred ?? t("experiments.nobody"),
              })}
            </p>
          )}
        </>
      )}
    </Answered>
  );
}
