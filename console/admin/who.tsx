/** Who made a version, by what, when: when it was written down, and when it happened where that is another moment. */
import type { HistoryEntry } from "../../models/kernel/history.results";
import { agoOf, exactOf } from "../parts/format";
import { Panel } from "../parts/pieces";
import { t } from "../words/words";

const SHORT = 16;

function Facts({ entry }: { readonly entry: HistoryEntry }) {
  const { occurredAt, committedAt, by, onBehalfOf, causedBy, command, hash } = entry;
  const rows: [string, string | null][] = [
    [t("time.by"), by],
    [t("time.behalf"), onBehalfOf],
    [t("time.command"), command],
    [t("time.happened"), `${exactOf(occurredAt)} (${agoOf(occurredAt)})`],
    [t("time.recorded"), occurredAt === committedAt ? null : exactOf(committedAt)],
    [t("time.cause"), causedBy],
    [t("time.hash"), `${hash.slice(0, SHORT)}…`],
  ];
  return (
    <dl class="facts">
      {rows
        .filter(([, value]) => value !== null)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd class="mono">{value}</dd>
          </div>
        ))}
    </dl>
  );
}

export const Who = ({ entry }: { readonly entry: HistoryEntry }) => (
  <Panel title={t("time.who")}>
    <Facts entry={entry} />
    <details class="events">
      <summary>{t("time.events", { n: entry.events.length })}</summary>
      {entry.events.map(({ type, data }, i) => (
        <div key={i}>
          <strong class="mono">{type}</strong>
          <pre tabIndex={0}>{JSON.stringify(data, null, 2)}</pre>
        </div>
      ))}
    </details>
  </Panel>
);
