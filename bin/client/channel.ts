/** The channel that things are listed in; `main` is opened in a mall that has none. */
import type { ChannelView, OpenChannel } from "../../models/channel/channel.contract";
import { Sentence } from "../terminal/sentence";
import { keyOf } from "./keys";
import type { Command, Mall } from "./mall";

export const MAIN_CHANNEL: OpenChannel = {
  code: "main",
  name: { en: "Main street", de: "Hauptstraße" },
  currency: "EUR",
  languages: ["en", "de"],
  taxInclusive: true,
};

export const openMainChannel: Command = {
  action: "channel.open",
  params: MAIN_CHANNEL,
  idempotencyKey: keyOf("stoa", "channel", "main"),
};

export async function channelsOf(mall: Mall): Promise<readonly ChannelView[]> {
  const { items } = (await mall.query("channel.list", { limit: 200 })) as { items: ChannelView[] };
  return items;
}

export async function openMain(mall: Mall): Promise<void> {
  const outcome = await mall.send(openMainChannel);
  if (!outcome.ok) throw new Sentence(`The channel main could not be opened: ${outcome.detail}`);
}

/** @throws Sentence for a code that the mall does not know */
export async function channelIdOf(mall: Mall, code: string): Promise<string> {
  const channels = await channelsOf(mall);
  const found = channels.find((channel) => channel.code === code);
  if (found) return found.id;
  if (channels.length === 0 && code === MAIN_CHANNEL.code) {
    await openMain(mall);
    const opened = (await channelsOf(mall)).find((channel) => channel.code === code);
    if (opened) return opened.id;
  }
  const known = channels.map((channel) => channel.code).join(", ") || "none";
  throw new Sentence(`The mall has no channel "${code}" (it has: ${known}). Name one of them with --channel.`);
}
