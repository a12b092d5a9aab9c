/**
 * When the message broker itself is killed, what was on its way through it is lost: requests, answers, and also what is
 * sent to a node that has not found the new broker yet. Moleculer would wait for those answers until they time out.
 * Here they are given up as soon as the node that owes them is heard again after the reconnection; what is safe to
 * repeat is repeated then, and reaches it.
 */
import type { Middleware, ServiceBroker } from "moleculer";
import { Events } from "nats";
import { HEARTBEAT } from "./replaced-nodes";
import { wait } from "./wait";

interface Client {
  status(): AsyncIterable<{ readonly type: string }>;
}

interface Transit {
  readonly tx?: { readonly client?: Client | null };
  readonly pendingRequests: ReadonlyMap<string, { readonly nodeID?: string | null }>;
  removePendingRequestByNodeID(nodeId: string): void;
}

interface Nodes {
  get(nodeId: string): { readonly lastHeartbeatTime?: number } | undefined;
}

export interface Link {
  readonly transit: Transit;
  readonly nodes: Nodes;
  /** Whole seconds, as the heartbeats are stamped. */
  readonly now: () => number;
  readonly signal: AbortSignal;
}

const LOOK_EVERY_MS = 200;
/** A node that is not heard within that time is given up by Moleculer itself, with all that it owes. */
const LOOK_FOR_SECONDS = HEARTBEAT.heartbeatTimeout + 2 * HEARTBEAT.heartbeatInterval;

/** The nodes of which answers are awaited. */
const owing = ({ pendingRequests }: Transit): string[] => [
  ...new Set([...pendingRequests.values()].flatMap(({ nodeID }) => nodeID ?? [])),
];

/** Gives up what each node owes when it is heard after `link.now()`. Never rejects. */
export async function giveUpLost({ transit, nodes, now, signal }: Link): Promise<void> {
  const reconnected = now();
  const heard = new Set<string>();
  while (!signal.aborted && now() <= reconnected + LOOK_FOR_SECONDS) {
    for (const id of owing(transit).filter((one) => !heard.has(one))) {
      // in the second of the reconnection itself a heartbeat may be older than it
      if ((nodes.get(id)?.lastHeartbeatTime ?? 0) <= reconnected) continue;
      heard.add(id);
      transit.removePendingRequestByNodeID(id);
    }
    await wait(LOOK_EVERY_MS, signal);
  }
}

async function follow(client: Client, link: Link): Promise<void> {
  for await (const { type } of client.status()) {
    if (link.signal.aborted) return;
    if (type === (Events.Reconnect as string)) void giveUpLost(link);
  }
}

export function lostAnswers(): Middleware {
  const stopping = new AbortController();
  return {
    name: "LostAnswers",
    started(broker: ServiceBroker) {
      const transit = broker.transit as unknown as Transit | undefined;
      const client = transit?.tx?.client;
      if (!transit || !client) return; // one node alone has no transporter
      const { nodes } = broker.registry as unknown as { nodes: Nodes };
      void follow(client, { transit, nodes, now: () => Math.round(process.uptime()), signal: stopping.signal });
    },
    stopping: () => stopping.abort(),
  } as unknown as Middleware;
}
