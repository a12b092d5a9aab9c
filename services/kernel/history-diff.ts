/** What differs between two versions of a thing, and who changed each field last. */
import { changedFields, patchOf, touches, type FieldChange } from "../../models/kernel/difference";
import type { DiffHistory } from "../../models/kernel/history.contract";
import type { FieldStory, HistoryDiff } from "../../models/kernel/history.results";
import { refuseKernel } from "../../models/kernel/refusal";
import type { Row } from "../../models/kernel/row";
import { noHistory, type Look } from "./looking";

/** Versions between the two; more are not read for one answer. */
export const RANGE_MAX = 2_000;
const PAGE = 200;

interface Ends {
  readonly from: number;
  readonly to: number;
}

/** What an aggregate is before its first version. */
const NOTHING = {};

async function endsOf(look: Look, ask: DiffHistory): Promise<Ends> {
  const newest = await look.newest();
  if (!newest) return noHistory(ask);
  const to = ask.to ?? newest.version;
  const from = ask.from ?? Math.max(0, to - 1);
  if (Math.max(from, to) > newest.version) return noHistory(ask);
  if (Math.abs(to - from) > RANGE_MAX) {
    refuseKernel("HISTORY_RANGE_WIDE", `${Math.abs(to - from)} versions lie between; ask for ${RANGE_MAX} at most.`);
  }
  return { from, to };
}

interface Walked {
  /** The states at both ends, the earlier one first. */
  readonly states: readonly [unknown, unknown];
  /** By field that a step changed: the last row that did so. */
  readonly last: ReadonlyMap<string, Row>;
}

/** Walks every version between, once. */
async function walk(look: Look, low: number, high: number): Promise<Walked> {
  const first = low === 0 ? null : await look.at({ version: low });
  const last = new Map<string, Row>();
  const begin = first ? first.state : NOTHING;
  let state = begin;
  for (let after = low; after < high;) {
    const rows = await look.page(after, Math.min(PAGE, high - after));
    for (const row of rows) {
      for (const { field } of changedFields(state, row.state)) last.set(field, row);
      state = row.state;
    }
    after = rows.at(-1)?.version ?? high;
  }
  return { states: [begin, state], last };
}

function storyOf(change: FieldChange, last: Walked["last"]): FieldStory[] {
  const rows = [...last].filter(([field]) => touches(field, change.field)).map(([, row]) => row);
  const row = rows.reduce<Row | null>((a, b) => (a && a.version > b.version ? a : b), null);
  if (!row) return [];
  const { version, command, by, occurredAt, committedAt } = row;
  return [{ ...change, version, command: command.name, by, occurredAt, committedAt }];
}

export async function diffOf(look: Look, ask: DiffHistory): Promise<HistoryDiff> {
  const { from, to } = await endsOf(look, ask);
  const { states, last } = await walk(look, Math.min(from, to), Math.max(from, to));
  const [was, is] = from <= to ? states : [states[1], states[0]];
  const changes = changedFields(was, is).flatMap((change) => storyOf(change, last));
  return look.shown({ from, to, patch: patchOf(was, is), changes });
}
