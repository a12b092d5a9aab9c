/**
 * What was asked of a process that was killed is lost with it. When the process is started again under its name before
 * its heartbeats were missed, Moleculer takes it for the same node and waits for those answers until they time out.
 * Here they are rejected as soon as another instance reports under the name; what is safe to repeat is repeated then.
 */
import type { Middleware, ServiceBroker } from "moleculer";

/** How often a node says that it lives, and after how long without a word it is given up; in seconds. */
export const HEARTBEAT = { heartbeatInterval: 2, heartbeatTimeout: 6 } as const;

interface NodeNews {
  readonly node: { readonly id: string; readonly local?: boolean; readonly instanceID?: string | null };
}

interface Pending {
  removePendingRequestByNodeID(nodeId: string): void;
}

/** Tells which nodes were replaced: given news of one, true when it is another instance than before. */
export function createInstances(): (news: NodeNews) => boolean {
  const instances = new Map<string, string>();
  return ({ node: { id, instanceID } }) => {
    if (!instanceID) return false;
    const before = instances.get(id);
    instances.set(id, instanceID);
    return before !== undefined && before !== instanceID;
  };
}

export function replacedNodes(): Middleware {
  const isReplaced = createInstances();
  return {
    name: "ReplacedNodes",
    created(broker: ServiceBroker) {
      const heard = (news: NodeNews): void => {
        const transit = broker.transit as unknown as Pending | undefined;
        if (!news.node.local && isReplaced(news)) transit?.removePendingRequestByNodeID(news.node.id);
      };
      broker.localBus.on("$node.connected", heard);
      broker.localBus.on("$node.updated", heard);
    },
  } as unknown as Middleware;
}
