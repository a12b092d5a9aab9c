/**
 * Calls for one aggregate go to one node, so that its actor and its state live in one memory. Rendezvous hashing
 * (Thaler and Ravishankar, 1998): every caller ranks the nodes it is given for a key and takes the first. A node that
 * leaves moves only its own keys, a node that joins takes its share from all. Ownership is a hint, never the
 * guarantee: two nodes that both believe they own an actor are kept apart by the unique index.
 */
import { createHash } from "node:crypto";
import { Strategies, type ActionEndpoint, type Context } from "moleculer";

/** Where the command handler puts the key of a call. */
export const ROUTING_KEY = "routingKey";

function weight(key: string, nodeId: string): number {
  return createHash("md5").update(`${key}\n${nodeId}`).digest().readUInt32BE(0);
}

/** The node that owns `key`, or undefined when there are none. Ties go to the smaller name. */
export function ownerOf(key: string, nodeIds: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestWeight = -1;
  for (const nodeId of nodeIds) {
    const w = weight(key, nodeId);
    if (w > bestWeight || (w === bestWeight && best !== undefined && nodeId < best)) [best, bestWeight] = [nodeId, w];
  }
  return best;
}

interface Endpoint extends ActionEndpoint {
  readonly id: string;
}

export class RendezvousStrategy extends Strategies.Base {
  private turn = 0;

  override select(list: Endpoint[], ctx?: Context): Endpoint {
    const [only] = list;
    if (list.length <= 1) return only as Endpoint;
    const key = (ctx?.meta as Record<string, unknown> | undefined)?.[ROUTING_KEY];
    if (typeof key !== "string") return list[this.turn++ % list.length] as Endpoint;
    const owner = ownerOf(
      key,
      list.map((endpoint) => endpoint.id),
    );
    return list.find((endpoint) => endpoint.id === owner) as Endpoint;
  }
}
