/** What one vault sent arrives at another: a command for each such commit, whose id derives from the commit. */
import { derivedId, paramsHash } from "../../../models/kernel/ids";
import { isRefusal } from "../../../models/kernel/refusal";
import { commitRef, type Commit } from "../../../models/kernel/row";
import type { Command } from "../../../services/kernel/command";
import { OPEN } from "../../../services/kernel/permission";
import type { HistoryReader } from "../../../services/kernel/reconcile";
import type { VaultEvent } from "./vault";

export type SendOn = (command: Command) => Promise<unknown>;

export const sagaCommandId = (cause: string): string => derivedId(cause, "receive");

function commandsOf(commit: Commit): Command[] {
  return (commit.events as readonly VaultEvent[]).flatMap((event) => {
    if (event.type !== "vault.sent") return [];
    const cause = commitRef("vault", commit.aggregateId, commit.version);
    const params = { amount: event.data.amount };
    return [
      {
        id: sagaCommandId(cause),
        name: "vault.receive",
        params,
        paramsHash: paramsHash(params),
        aggregateId: event.data.to,
        creates: false,
        by: "saga",
        onBehalfOf: null,
        causedBy: cause,
        trace: null,
        occurredAt: null,
        expectedVersion: null,
        after: commit.hlc,
        guard: OPEN,
      },
    ];
  });
}

export const sagaReader = (send: SendOn): HistoryReader => ({
  name: "saga",
  aggregates: ["vault"],
  heads: false,
  async read(commits) {
    const sent = await Promise.allSettled(commits.flatMap(commandsOf).map(send));
    const failed = sent.find(({ status }) => status === "rejected");
    if (failed?.status !== "rejected") return;
    const { reason } = failed as { reason: unknown };
    // a store that does not answer is no fault of the commit: it comes again
    if (isRefusal(reason)) throw Object.assign(new Error(String(reason)), { retryable: true });
    throw reason;
  },
});
