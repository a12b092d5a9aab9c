/** A version of a thing, for a person. Pure. */
import type { HistoryEntry, StateAsOf } from "../../models/kernel/history.results";

const EVENT_CHARS_MAX = 400;

function eventLine({ type, data }: HistoryEntry["events"][number]): string {
  const text = JSON.stringify(data);
  return `      ${type} ${text.length > EVENT_CHARS_MAX ? `${text.slice(0, EVENT_CHARS_MAX)}…` : text}`;
}

/** `v3  2026-01-31T12:00:00.000Z  offer.reprice  by admin`, and a line per event. */
export function entryText(entry: HistoryEntry): string {
  const { version, committedAt, occurredAt, command, by, onBehalfOf, causedBy, events } = entry;
  const more = [
    `by ${by}`,
    onBehalfOf === null ? null : `on behalf of ${onBehalfOf}`,
    causedBy === null ? null : `because of ${causedBy}`,
    occurredAt === committedAt ? null : `happened ${occurredAt}`,
  ].filter((part) => part !== null);
  return [`v${version}  ${committedAt}  ${command}  ${more.join("  ")}`, ...events.map(eventLine)].join("\n");
}

export const asOfText = (found: StateAsOf): string => `${entryText(found)}\n${JSON.stringify(found.state, null, 2)}`;
