/**
 * The share of changes with a snapshot, as figures: each time they are asked for, but once a minute at most, some rows
 * of every aggregate, from a place that chance chose, are folded again and held against the states that they carry.
 */
import { Gauge, type Registry } from "prom-client";
import { kept } from "../../models";
import { randomId } from "../../models/kernel/ids";
import { refold, together, type Refolded } from "../../models/kernel/refold";
import type { Store } from "./store";

const ROWS = 100;
const EVERY_MS = 60_000;

const sample = async (store: Pick<Store, "of">): Promise<Refolded> =>
  together(
    await Promise.all(
      kept.map(({ aggregate, model }) =>
        refold({ aggregate, model, histories: store.of(aggregate.name), rows: ROWS, after: randomId().slice(0, 2) }),
      ),
    ),
  );

export function addSnapshotFigures(registry: Registry, store: Pick<Store, "of">): void {
  let found: Refolded = { changes: 0, snapshots: 0, missing: [] };
  let nextMs = 0;
  let looking: Promise<void> | null = null;
  async function look(): Promise<void> {
    if (Date.now() < nextMs) return;
    nextMs = Date.now() + EVERY_MS;
    const one = await sample(store);
    found = together([found, one]);
  }
  const looked = (): Promise<void> => (looking ??= look().finally(() => (looking = null)));
  const gauge = (name: string, help: string, read: () => number): void => {
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        await looked();
        this.set(read());
      },
    });
  };
  gauge("stoa_history_changes_refolded", "Changes of samples that were folded again", () => found.changes);
  gauge("stoa_history_snapshot_ratio", "Share of them whose row carries the state that they lead to", () =>
    found.changes === 0 ? 1 : found.snapshots / found.changes,
  );
}
