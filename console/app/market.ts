/** The channel that is shopped in: its currency, its countries. Asked for once. */
import type { ChannelView } from "../../models/channel/channel.contract";
import { ask } from "../client/ask";
import { createStore } from "./store";

/** Undefined: not known yet. Null: the mall has none. */
export const channel = createStore<ChannelView | null | undefined>(undefined);

let asked: Promise<ChannelView | null> | null = null;

async function look(): Promise<ChannelView | null> {
  const { items } = await ask("channel.list", { limit: 50 });
  const open = items.find(({ status }) => status === "open") ?? null;
  channel.set(open);
  return open;
}

/** @throws Problem */
export function findChannel(): Promise<ChannelView | null> {
  asked ??= look().catch((error: unknown) => {
    asked = null;
    throw error;
  });
  return asked;
}
