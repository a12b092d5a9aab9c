/** What is searched for and what comes of it: of the mall, of a channel, of a section, and of each question. */
import { useState } from "preact/hooks";
import type {
  AnalyticsSort,
  PlaceFigures,
  QueryFigures,
  SearchAnalytics,
  SearchFigures,
} from "../../models/analytics/analytics.contract";
import { useAsk } from "../client/use";
import { Answered } from "../parts/answered";
import { Choice } from "../parts/fields";
import { countOf, moneyOf, percentOf, textOf } from "../parts/format";
import { Panel } from "../parts/pieces";
import { Table, type Column } from "../parts/table";
import { t } from "../words/words";

const SORTS: readonly AnalyticsSort[] = ["searches", "zero-results", "click-through", "conversion"];
const QUERIES_MAX = 25;
const ALL = "";

/** Counted from one, as people count. */
const placeOf = ({ clickPosition }: SearchFigures): string =>
  clickPosition === null ? "–" : countOf(Math.round((clickPosition + 1) * 10) / 10);

const figures = <T extends SearchFigures>(): Column<T>[] => [
  { head: t("finding.searches"), cell: ({ searches }) => countOf(searches), end: true },
  { head: t("finding.zero"), cell: ({ zeroResults }) => percentOf(zeroResults, 1), end: true },
  { head: t("finding.clicked"), cell: ({ clickThrough }) => percentOf(clickThrough, 1), end: true },
  { head: t("finding.place"), cell: placeOf, end: true },
  { head: t("finding.bought"), cell: ({ conversion }) => percentOf(conversion, 1), end: true },
  { head: t("finding.revenue"), cell: ({ revenue }) => revenue.map(moneyOf).join(" + ") || "–", end: true },
];

interface Names {
  readonly channels: ReadonlyMap<string, string>;
  readonly sections: ReadonlyMap<string, string>;
}

function placeName({ channel, section }: PlaceFigures, { channels, sections }: Names): string {
  const within = channel === null ? t("finding.noChannel") : (channels.get(channel) ?? channel);
  return section === null ? within : `${within} › ${sections.get(section) ?? section}`;
}

function Places({ places, names }: { readonly places: readonly PlaceFigures[]; readonly names: Names }) {
  const name: Column<PlaceFigures> = { head: t("finding.where"), cell: (row) => placeName(row, names) };
  return (
    <Table
      {...{ label: t("finding.places"), rows: places, columns: [name, ...figures<PlaceFigures>()] }}
      keyOf={({ channel, section }) => `${channel ?? ""}/${section ?? ""}`}
    />
  );
}

function Queries({ queries }: { readonly queries: readonly QueryFigures[] }) {
  const words: Column<QueryFigures> = {
    head: t("finding.query"),
    // what few said is nobody's business
    cell: ({ query }) => query ?? <span class="soft">{t("finding.untold")}</span>,
  };
  return (
    <Table
      {...{ label: t("finding.queries"), rows: queries, columns: [words, ...figures<QueryFigures>()] }}
      keyOf={({ queryKey }) => queryKey}
    />
  );
}

/** The channels and sections that there are, and what they are called. */
function useNames(): Names {
  const channels = useAsk("channel.list", { limit: 50 }).data?.items ?? [];
  const sections = useAsk("section.list", { limit: 100 }).data?.items ?? [];
  return {
    channels: new Map(channels.map(({ id, name }) => [id, textOf(name)])),
    sections: new Map(sections.map(({ slug, name }) => [slug, textOf(name)])),
  };
}

interface Chosen {
  readonly channel: string;
  readonly section: string;
  readonly sort: AnalyticsSort;
}

interface ChoicesProps {
  readonly chosen: Chosen;
  readonly names: Names;
  readonly choose: (chosen: Chosen) => void;
}

const optionsOf = (names: ReadonlyMap<string, string>, all: string) => [
  { value: ALL, text: all },
  ...[...names].map(([value, text]) => ({ value, text })),
];

function Choices({ chosen, names, choose }: ChoicesProps) {
  const sorted = (value: string): void =>
    choose({ ...chosen, sort: SORTS.find((sort) => sort === value) ?? "searches" });
  return (
    <div class="panel-choices">
      <Choice
        {...{ label: t("finding.channel"), value: chosen.channel }}
        options={optionsOf(names.channels, t("finding.all"))}
        change={(channel) => choose({ ...chosen, channel })}
      />
      <Choice
        {...{ label: t("finding.section"), value: chosen.section }}
        options={optionsOf(names.sections, t("finding.all"))}
        change={(section) => choose({ ...chosen, section })}
      />
      <Choice
        {...{ label: t("search.sort"), value: chosen.sort, change: sorted }}
        options={SORTS.map((value) => ({ value, text: t(`finding.by.${value}`) }))}
      />
    </div>
  );
}

const Found = ({ found, names }: { readonly found: SearchAnalytics; readonly names: Names }) => (
  <>
    <h3>{t("finding.places")}</h3>
    {found.places.length === 0 ? (
      <p class="soft">{t("analytics.nothing")}</p>
    ) : (
      <Places places={found.places} names={names} />
    )}
    <h3>{t("finding.queries")}</h3>
    {found.queries.length === 0 ? <p class="soft">{t("analytics.nothing")}</p> : <Queries queries={found.queries} />}
  </>
);

export function SearchFigures({ from, to }: { readonly from: string; readonly to: string }) {
  const names = useNames();
  const [chosen, choose] = useState<Chosen>({ channel: ALL, section: ALL, sort: "searches" });
  const { channel, section, sort } = chosen;
  const place = { ...(channel !== ALL && { channel }), ...(section !== ALL && { section }) };
  const answer = useAsk("analytics.search", { ...place, from, to, sort, limit: QUERIES_MAX });
  return (
    <Panel title={t("finding.title")}>
      <Choices {...{ chosen, names, choose }} />
      <Answered answer={answer} lines={4}>
        {(found) => <Found found={found} names={names} />}
      </Answered>
    </Panel>
  );
}
