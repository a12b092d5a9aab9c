/** The dashboards that Kibana shows, from the same panels: chosen, looked deeper into, taken along as a table. */
import { useState } from "preact/hooks";
import type { DashboardView, PanelRow, PanelView } from "../../models/analytics/analytics.panels.contract";
import { useAsk } from "../client/use";
import { Answered } from "../parts/answered";
import { Choice } from "../parts/fields";
import { textOf } from "../parts/format";
import { Button, Panel, Title } from "../parts/pieces";
import { useChannel } from "../shop/use-channel";
import { t } from "../words/words";
import { keyText, saveCsv } from "./panel-rows";
import { Shown } from "./panel-view";
import { SearchFigures } from "./search-figures";

/** What is looked into: one day, or what has one value. */
interface Deeper {
  readonly text: string;
  readonly field?: string;
  readonly value?: string;
  readonly from?: string;
  readonly to?: string;
}

interface Looking {
  readonly from: string;
  readonly to: string;
  readonly deeper: Deeper | null;
  readonly look: (deeper: Deeper) => void;
}

/** The dashboard beside which searches are told word by word. */
const SEARCHES = "search";
const DAY_MS = 86_400_000;
const PERIODS = [1, 7, 30, 90, 366];
/** Records are shown a moment after they came: until the next whole minute is asked. */
const MINUTE_MS = 60_000;

function spanOf(days: number): { readonly from: string; readonly to: string } {
  const end = Math.ceil(Date.now() / MINUTE_MS) * MINUTE_MS;
  return { from: new Date(end - days * DAY_MS).toISOString(), to: new Date(end).toISOString() };
}

function deeperOf({ kind, by }: PanelView, row: PanelRow): Deeper | null {
  const { key } = row;
  if (key === null) return null;
  const text = keyText(row);
  if (kind === "top" && by !== null) return { text, field: by, value: key };
  const start = Date.parse(key);
  return kind === "days" ? { text, from: key, to: new Date(start + DAY_MS).toISOString() } : null;
}

function OnePanel({ panel, looking }: { readonly panel: PanelView; readonly looking: Looking }) {
  const { currency } = useChannel();
  const { from, to, deeper, look } = looking;
  const { text: _text, ...narrowed } = deeper ?? { text: "" };
  const answer = useAsk("analytics.panel", { panel: panel.id, from, to, currency, ...narrowed });
  const title = textOf(panel.title);
  const { data, fault } = answer;
  const into = (row: PanelRow): void => {
    const found = deeperOf(panel, row);
    if (found) look(found);
  };
  const csv = data && panel.kind !== "number" && (
    <Button small kind="quiet" label={`${t("analytics.csv")}: ${title}`} onClick={() => saveCsv(panel.id, data)}>
      {t("analytics.csv")}
    </Button>
  );
  // what somebody looks into is none of what these records tell
  const strange = fault?.type === "VALIDATION_FAILED" && deeper !== null;
  return (
    <Panel title={title} aside={csv}>
      {strange ? (
        <p class="soft">{t("analytics.strange")}</p>
      ) : (
        <Answered answer={answer} lines={2}>
          {(found) => (
            <Shown
              {...{ panel, answer: found, title, currency }}
              deeper={panel.kind === "top" || panel.kind === "days" ? into : null}
            />
          )}
        </Answered>
      )}
    </Panel>
  );
}

interface ChoicesProps {
  readonly items: readonly DashboardView[];
  readonly chosen: string;
  readonly choose: (id: string) => void;
  readonly period: number;
  readonly setPeriod: (days: number) => void;
}

function Choices({ items, chosen, choose, period, setPeriod }: ChoicesProps) {
  const periods = [...new Set([...PERIODS, period])].sort((a, b) => a - b);
  return (
    <>
      <Choice
        {...{ label: t("analytics.dashboard"), value: chosen, change: choose }}
        options={items.map(({ id, title }) => ({ value: id, text: textOf(title) }))}
      />
      <Choice
        {...{ label: t("analytics.period"), value: String(period) }}
        change={(value) => setPeriod(Number(value))}
        options={periods.map((n) => ({ value: String(n), text: t("analytics.days", { n }) }))}
      />
    </>
  );
}

function Dashboards({ items }: { readonly items: readonly DashboardView[] }) {
  const [chosen, choose] = useState<string | null>(null);
  const board = items.find(({ id }) => id === chosen) ?? items[0];
  const [days, setDays] = useState<number | null>(null);
  const [deeper, look] = useState<Deeper | null>(null);
  if (!board) return null;
  const period = days ?? board.days;
  const looking = { ...spanOf(period), deeper, look };
  return (
    <>
      <div class="panel-choices">
        <Choices {...{ items, chosen: board.id, choose, period, setPeriod: setDays }} />
        {deeper !== null && (
          <Button icon="cross" onClick={() => look(null)}>
            {t("analytics.only", { what: deeper.text })}
          </Button>
        )}
      </div>
      <div class="panel-grid">
        {board.panels.map((panel) => (
          <OnePanel key={`${board.id}/${panel.id}`} {...{ panel, looking }} />
        ))}
      </div>
      {board.id === SEARCHES && <SearchFigures from={looking.from} to={looking.to} />}
    </>
  );
}

export function AnalyticsPage() {
  const answer = useAsk("analytics.dashboards", {});
  return (
    <>
      <Title>{t("analytics.title")}</Title>
      <Answered answer={answer} lines={8}>
        {({ items }) => <Dashboards items={items} />}
      </Answered>
    </>
  );
}
