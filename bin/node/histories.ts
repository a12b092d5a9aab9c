/** What the history service works with: every aggregate of `models/index.ts`, as its contract and model declare it. */
import { kept } from "../../models";
import { contracts } from "../../models/contracts";
import type { Clock } from "../../models/kernel/clock";
import { rawRows } from "../../models/kernel/mongo-checkpoints";
import type { HistoryDeps } from "../../services/kernel/history";
import { declaredBy, type Looked } from "../../services/kernel/looking";
import type { Roles } from "../../services/kernel/permission";
import type { Checkpoints } from "./checkpoints";
import type { Store } from "./store";

export interface HistoryParts {
  readonly store: Store;
  readonly checkpoints: Pick<Checkpoints, "store" | "publicKey">;
  readonly clock: Pick<Clock, "now">;
  readonly roles: Roles;
}

export function historyDepsOf({ store, checkpoints, clock, roles }: HistoryParts): HistoryDeps {
  const looked = kept.map(({ aggregate: { name }, model }): [string, Looked] => [
    name,
    {
      model,
      histories: store.of(name),
      personal: store.personal(name),
      source: rawRows(store.connection, name),
      ...declaredBy(contracts.find(({ aggregate }) => aggregate === name)),
    },
  ]);
  return {
    looked: new Map(looked),
    checkpoints: checkpoints.store,
    publicKey: checkpoints.publicKey,
    roles,
    now: () => clock.now(),
  };
}
