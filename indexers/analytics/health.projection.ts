/** How a process of the mall is, once a minute: what waits in it, what it could not read, and the memory it takes. */
import { date, integer, keyword, long } from "../kernel/fields";
import type { Json } from "../kernel/projection";
import type { Recording } from "../kernel/records";

export interface NodeHealth {
  readonly at: string;
  readonly node: string;
  readonly connected: boolean;
  /** Commits that are not announced yet. */
  readonly unannounced: number;
  /** Messages that no reader has read yet, of the reader that has most. */
  readonly behind: number;
  /** What could not be read, or announced, and waits for somebody to look. */
  readonly parked: number;
  readonly rssBytes: number;
}

export const healthId = ({ node, at }: Pick<NodeHealth, "node" | "at">): string => `health/${node}@${at}`;

export const healthOf = ({ at, node, connected, unannounced, behind, parked, rssBytes }: NodeHealth): Json => ({
  "@timestamp": at,
  ...{ "event.action": "health.seen", "event.dataset": "stoa.health", "service.node.name": node },
  ...{ "stoa.connected": connected ? 1 : 0, "stoa.unannounced": unannounced, "stoa.behind": behind },
  ...{ "stoa.parked": parked, "process.memory.rss": rssBytes },
});

export const healthRecords: Recording = {
  name: "health",
  revision: 1,
  properties: {
    ...{ "@timestamp": date, "event.action": keyword, "event.dataset": keyword, "service.node.name": keyword },
    ...{ "stoa.connected": integer, "stoa.unannounced": integer, "stoa.behind": integer, "stoa.parked": integer },
    "process.memory.rss": long,
  },
};
