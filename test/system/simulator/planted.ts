/**
 * Faults of the kernel, planted one at a time: each breaks one of its rules, and a simulator that does not find it
 * proves nothing about the others.
 */
import type { Histories, InsertOutcome } from "../../../models/kernel/histories";
import type { Row } from "../../../models/kernel/row";
import type { Sabotage } from "./mall";

/** Changes what an insert does or tells. */
const inserting = (change: (real: Histories, rows: readonly Row[], ordered: boolean) => Promise<InsertOutcome[]>) =>
  ((real) => ({ ...real, insert: (rows, ordered) => change(real, rows, ordered) })) as (real: Histories) => Histories;

/** What a process believes to be the newest row: what it tried to write last, whether that is there or not. */
function believing(real: Histories, remembers: (outcome: InsertOutcome | undefined) => boolean): Histories {
  const believed = new Map<string, Row>();
  return {
    ...real,
    async insert(rows, ordered) {
      const outcomes = await real.insert(rows, ordered);
      rows.forEach((row, i) => {
        if (remembers(outcomes[i])) believed.set(row.aggregateId, row);
      });
      return outcomes;
    },
    async standing(id, commandIds) {
      const { newest, byCommand } = await real.standing(id, commandIds);
      return { newest: believed.get(id) ?? newest, byCommand };
    },
  };
}

let ids = 0;

export const PLANTED: Readonly<Record<string, Sabotage>> = {
  "rows are marked before they are published": {
    stream: (real) => ({
      ...real,
      publish(message, timeoutMs) {
        real.publish(message, timeoutMs).catch(() => undefined);
        return Promise.resolve();
      },
    }),
  },
  "the store has no unique indexes": { withoutIndexes: true },
  "a reader acknowledges before it has written": {
    reader: (real) => ({
      ...real,
      read(commits) {
        real.read(commits).catch(() => undefined);
        return Promise.resolve();
      },
    }),
  },
  "the ids of a saga's commands are not derived": { sagaCommandId: (derived) => `${derived}-${++ids}` },
  "two rows of an actor stand in an unordered batch": {
    histories: inserting(async (real, rows) => [...(await real.insert(rows, false))]),
  },
  "what failed to be inserted stays in memory": {
    histories: (real) => believing(real, (outcome) => outcome === "conflict"),
  },
  "a refusal is answered from memory": { histories: (real) => believing(real, (outcome) => outcome === "inserted") },
  "a claim is taken over without a fence": {
    holders: (real) => ({ ...real, fence: () => Promise.resolve("fenced") }),
  },
  "an unknown outcome passes for an insert": {
    histories: inserting(async (real, rows, ordered) => {
      const outcomes = await real.insert(rows, ordered);
      return outcomes.map((outcome) => (outcome === "unknown" ? "inserted" : outcome));
    }),
  },
  "nobody sweeps up what a crash left unpublished": {
    histories: (real) => ({ ...real, unpublished: () => Promise.resolve([]) }),
  },
};
