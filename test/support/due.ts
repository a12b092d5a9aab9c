/** What the mall's timers would send, sent at once: everything that is due in the histories of a mall in memory. */
import { kept } from "../../models";
import { contracts } from "../../models/contracts";
import { derivedId } from "../../models/kernel/ids";
import { isRefusal } from "../../models/kernel/refusal";
import { addressed } from "../../services/kernel/timers";
import type { MemoryNode } from "./memory-node";

const ROUNDS_MAX = 30;

interface Timer {
  readonly id: string;
  readonly command: string;
  readonly params: object;
}

/** A refusal is an answer, as for the mall's timers. */
async function send(mall: MemoryNode, { id, command, params }: Timer): Promise<void> {
  try {
    await mall.call({ id: "timers", permissions: ["*"] }, command, params, { commandId: id, exempt: "timer" });
  } catch (error) {
    if (!isRefusal(error)) throw error;
  }
}

const address = addressed(contracts);

/** What one aggregate's histories ask to be sent by then. */
async function dueOf(mall: MemoryNode, name: string, until: string): Promise<Timer[]> {
  const aggregate = kept.find((one) => one.aggregate.name === name)?.aggregate;
  const histories = mall.histories.get(name);
  if (!aggregate || !histories) throw new Error(`There is no aggregate "${name}"`);
  const ids = [...new Set([...histories.rows.values()].map((row) => row.aggregateId))];
  return [...(await histories.newest(ids)).values()].flatMap((row) =>
    (aggregate.due?.(row.state) ?? [])
      .filter(({ at }) => at <= until)
      .map(({ command, params }) => ({
        id: derivedId("due", row._id, command, JSON.stringify(params)),
        command,
        params: address(command, params, row.aggregateId),
      })),
  );
}

/** Of these aggregates, until nothing more is due by `until`. Each timer is sent once. */
export async function sendDue(mall: MemoryNode, aggregates: readonly string[], until: string): Promise<void> {
  const sent = new Set<string>();
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const timers = (await Promise.all(aggregates.map((name) => dueOf(mall, name, until)))).flat();
    const fresh = timers.filter(({ id }) => !sent.has(id));
    if (fresh.length === 0) return;
    for (const timer of fresh) {
      sent.add(timer.id);
      await send(mall, timer);
    }
  }
  throw new Error(`There is still something due after ${ROUNDS_MAX} rounds`);
}
