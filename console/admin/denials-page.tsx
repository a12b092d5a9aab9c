/** Attempts that were denied. */
import type { DenialView } from "../../models/kernel/denial.contract";
import { useAsk } from "../client/use";
import { exactOf } from "../parts/format";
import { Answered } from "../parts/answered";
import { Empty, Title, ToldProblem } from "../parts/pieces";
import { Table, type Column } from "../parts/table";
import { t } from "../words/words";

const columns = (): Column<DenialView>[] => [
  { head: t("denials.when"), cell: ({ at }) => exactOf(at) },
  { head: t("denials.who"), cell: ({ principal }) => <code>{principal}</code> },
  { head: t("denials.what"), cell: ({ action }) => <code>{action}</code> },
  { head: t("denials.why"), cell: ({ type, reason }) => <ToldProblem problem={{ type, detail: reason }} /> },
  { head: t("denials.times"), cell: ({ count }) => count, end: true },
];

export function DenialsPage() {
  const answer = useAsk("denial.list", { limit: 100 });
  return (
    <>
      <Title>{t("denials.title")}</Title>
      <Answered answer={answer} lines={8}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon="shield" title={t("denials.none")} />
          ) : (
            <Table label={t("denials.title")} rows={items} columns={columns()} keyOf={({ id }) => id} />
          )
        }
      </Answered>
    </>
  );
}
