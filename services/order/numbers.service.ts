/** The next number of an order: from a block that this node holds of the channel's, or from a new one. */
import { LRUCache } from "lru-cache";
import { prefixOf } from "../../models/channel/channel.contract";
import type { Calls } from "../../models/contracts";
import { randomId } from "../../models/kernel/ids";
import { blockOf } from "../../models/ordernumber/ordernumber.contract";
import { asMall, typed } from "../kernel/call";
import type { CallSite } from "../kernel/handler";

/** Channels whose blocks a node holds; the rest of a block that is dropped is never used. */
const CHANNELS_MAX = 1_000;

interface Block {
  readonly prefix: string;
  next: number;
  readonly to: number;
}

/** `MAIN-100001`, or with the prefix that the channel says. */
export type NextNumber = (channelId: string, site: CallSite) => Promise<string>;

async function take(channelId: string, { caller, meta }: CallSite): Promise<Block> {
  const own = { ...asMall(meta, "numbers", "orders"), commandId: randomId() };
  const call = typed<Calls>(caller, own);
  const [channel, { version }] = await Promise.all([
    call("channel.peek", { id: channelId }),
    call("ordernumber.take", { channelId }),
  ]);
  const { from, to } = blockOf(version);
  return { prefix: prefixOf(channel), next: from, to };
}

export function createNumbers(): NextNumber {
  const held = new LRUCache<string, Promise<Block>>({ max: CHANNELS_MAX });

  async function next(channelId: string, site: CallSite): Promise<string> {
    const asked = held.get(channelId) ?? take(channelId, site);
    held.set(channelId, asked);
    const block = await asked.catch((error: unknown) => {
      held.delete(channelId);
      throw error;
    });
    if (block.next <= block.to) return `${block.prefix}${block.next++}`;
    // others may wait for the same block: only the first one drops it
    if (held.get(channelId) === asked) held.delete(channelId);
    return next(channelId, site);
  }
  return next;
}
