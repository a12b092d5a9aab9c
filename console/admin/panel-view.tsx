/** A panel as it is drawn: a figure, bars by day, a table of the greatest, a table of rows and columns. */
import type { PanelAnswer, PanelRow, PanelView } from "../../models/analytics/analytics.panels.contract";
import { Table, type Column } from "../parts/table";
import { t } from "../words/words";
import { summed } from "./panel-csv";
import { figureText, keyText } from "./panel-rows";

export interface ShownProps {
  readonly panel: PanelView;
  readonly answer: PanelAnswer;
  readonly title: string;
  readonly currency: string;
  /** Looks deeper into one of the rows; null: there is nothing deeper. */
  readonly deeper: ((row: PanelRow) => void) | null;
}

const [WIDTH, HEIGHT] = [600, 120];

interface BarsProps {
  readonly label: string;
  readonly bars: readonly { readonly key: string; readonly figure: number }[];
}

/** Said in words by the table beneath. */
function Bars({ label, bars }: BarsProps) {
  const most = Math.max(1, ...bars.map(({ figure }) => Math.abs(figure)));
  const step = WIDTH / Math.max(1, bars.length);
  return (
    <svg class="panel-bars" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label} preserveAspectRatio="none">
      {bars.map(({ key, figure }, n) => {
        const height = (Math.abs(figure) / most) * HEIGHT;
        return <rect key={key} x={n * step + step * 0.1} y={HEIGHT - height} width={step * 0.8} height={height} />;
      })}
    </svg>
  );
}

const keyed = (row: PanelRow): string => `${row.key ?? ""}|${row.part ?? ""}`;

function Rows({ panel, answer, title, currency, deeper }: ShownProps) {
  const text = (row: PanelRow) =>
    deeper === null ? (
      keyText(row)
    ) : (
      <button type="button" class="link" onClick={() => deeper(row)}>
        {keyText(row)}
      </button>
    );
  const parted = answer.rows.some(({ part }) => part !== null);
  const columns: Column<PanelRow>[] = [
    { head: t("analytics.key"), cell: text },
    ...(parted ? [{ head: t("analytics.part"), cell: ({ part }: PanelRow) => part }] : []),
    { head: t("analytics.figure"), cell: ({ figure }) => figureText(figure, panel.unit, currency), end: true },
  ];
  return <Table label={title} rows={answer.rows} columns={columns} keyOf={keyed} />;
}

function Days(props: ShownProps) {
  const { answer, title } = props;
  const bars = summed(answer.rows);
  const said = t("analytics.from", { n: bars.length });
  return (
    <>
      <Bars label={`${title}: ${said}`} bars={bars} />
      <details>
        <summary>{t("analytics.table")}</summary>
        <Rows {...props} />
      </details>
    </>
  );
}

interface GridRow {
  readonly key: string;
  readonly cells: ReadonlyMap<string, number>;
}

function Grid({ answer, title }: ShownProps) {
  const across = [...new Set(answer.rows.map(({ part }) => part ?? ""))].sort();
  const rows = [...new Set(answer.rows.map(({ key }) => key ?? ""))].map((key): GridRow => {
    const own = answer.rows.filter((row) => row.key === key);
    return { key, cells: new Map(own.map(({ part, figure }) => [part ?? "", figure ?? 0])) };
  });
  const columns: Column<GridRow>[] = [
    { head: t("analytics.key"), cell: ({ key }) => key },
    ...across.map((part): Column<GridRow> => {
      return { head: part, cell: ({ cells }) => figureText(cells.get(part) ?? null, null, ""), end: true };
    }),
  ];
  return <Table label={title} rows={rows} columns={columns} keyOf={({ key }) => key} />;
}

export function Shown(props: ShownProps) {
  const { panel, answer, currency } = props;
  const [only] = answer.rows;
  if (panel.kind === "number") {
    return <p class="panel-figure numbers">{figureText(only?.figure ?? null, panel.unit, currency)}</p>;
  }
  if (!only) return <p class="soft">{t("analytics.nothing")}</p>;
  if (panel.kind === "grid") return <Grid {...props} />;
  return panel.kind === "days" ? <Days {...props} /> : <Rows {...props} />;
}
