/** A version of a thing, for a person. Pure. */
import type {
  FieldStory,
  HistoryDiff,
  HistoryEntry,
  HistoryProof,
  StateAsOf,
} from "../../models/kernel/history.results";

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

const VALUE_CHARS_MAX = 200;

function valueText(change: FieldStory, name: "was" | "is"): string {
  if (!(name in change)) return "(nothing)";
  const text = JSON.stringify(change[name]);
  return text.length > VALUE_CHARS_MAX ? `${text.slice(0, VALUE_CHARS_MAX)}…` : text;
}

/** `brand: "Stoa" → "Other"`, and below it who did so, when, and by which command. */
function changeText(change: FieldStory): string {
  const { field, version, command, by, committedAt } = change;
  const what = `${field === "" ? "(all)" : field}: ${valueText(change, "was")} → ${valueText(change, "is")}`;
  return `  ${what}\n      v${version}  ${committedAt}  ${command}  by ${by}`;
}

export function diffText({ from, to, changes }: HistoryDiff): string {
  if (changes.length === 0) return `v${from} and v${to} say the same.`;
  return [`v${from} → v${to}`, ...changes.map(changeText)].join("\n");
}

/** The pages of a proof, one after the other, as one. */
export function proofText(pages: readonly HistoryProof[]): string {
  const rows = pages.reduce((sum, page) => sum + page.rows, 0);
  const faults = [...new Set(pages.flatMap(({ findings }) => findings.map(({ text }) => text)))];
  const inclusion = pages.at(-1)?.inclusion;
  const vouched = inclusion
    ? `Checkpoint ${inclusion.checkpoint.seq} of ${inclusion.checkpoint.takenAt}, signed by key ` +
      `${inclusion.checkpoint.keyId}, vouches for version ${inclusion.leaf.version}.`
    : "No checkpoint has seen it yet, so newest rows could have been cut off: `stoa checkpoint` writes one.";
  if (faults.length === 0) return `${rows} versions follow from each other, hash by hash. ${vouched}`;
  return ["This history is NOT as it was written:", ...faults.map((fault) => `  - ${fault}`)].join("\n");
}
