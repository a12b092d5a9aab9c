/**
 * Until when what was bought may be given back, and at whose cost: as channel and categories said when it was bought,
 * which their histories know. What the mall changes afterwards takes nothing from who has bought before.
 */
import type { Calls } from "../../models/contracts";
import type { ChannelGlance } from "../../models/channel/channel.contract";
import { isRefusal } from "../../models/kernel/refusal";
import type { OrderView } from "../../models/order/order.view.contract";
import { refuse } from "../../models/refusals";
import {
  cameOn,
  RETURN_DAYS,
  windowOf,
  type ReturnShippingBy,
  type ReturnTerms,
} from "../../models/return/return.window.contract";
import type { RequestReturn } from "../../models/return/return.contract";
import type { TypedCall } from "../kernel/call";

type Call = TypedCall<Calls>;

/** A thing as it was when the order was placed; null where it was not there yet, as of what was bought elsewhere. */
async function then<S>(aggregate: string, id: string, at: string, call: Call): Promise<S | null> {
  try {
    return (await call("history.asOf", { aggregate, id, at, time: "recorded" })).state as S;
  } catch (error) {
    if (isRefusal(error, "NOT_FOUND")) return null;
    throw error;
  }
}

/** What a category and those above it said, nearest first; undefined where none said anything. */
async function ofCategory(id: string, at: string, call: Call): Promise<number | undefined> {
  try {
    const { line } = await call("category.peek", { id });
    const all = await Promise.all(line.map((one) => then<{ returnDays?: number }>("category", one, at, call)));
    return all.find((one) => one?.returnDays !== undefined)?.returnDays;
  } catch (error) {
    if (isRefusal(error, "NOT_FOUND")) return undefined;
    throw error;
  }
}

export async function termsOf(order: OrderView, now: string, call: Call): Promise<ReturnTerms> {
  const { id: orderId, channelId, placedAt, lines } = order;
  const channel =
    (await then<ChannelGlance>("channel", channelId, placedAt, call)) ??
    (await call("channel.peek", { id: channelId }));
  const { returnDays = RETURN_DAYS, returnShippingBy: shippingBy = "customer" } = channel;
  const categories = [...new Set(lines.flatMap(({ categoryId }) => categoryId ?? []))];
  const said = new Map(
    await Promise.all(categories.map(async (id) => [id, await ofCategory(id, placedAt, call)] as const)),
  );
  const came = cameOn(order);
  const daysOf = (categoryId = ""): number => said.get(categoryId) ?? returnDays;
  return {
    orderId,
    shippingBy,
    lines: lines.map(({ lineId, categoryId }) => windowOf(lineId, daysOf(categoryId), came, now)),
  };
}

/** Who pays for sending it back, and whether what sending it here cost goes back should all of the order do so. */
export interface Sending {
  readonly shippingBy: ReturnShippingBy;
  readonly sendingBack: boolean;
}

/** @throws RETURN_WINDOW_CLOSED with the last day */
export async function checkWindow(
  { kind, lines: asked }: RequestReturn,
  terms: () => Promise<ReturnTerms>,
): Promise<Sending> {
  // what is broken has no window
  if (kind === "claim") return { shippingBy: "seller", sendingBack: true };
  const { lines, shippingBy } = await terms();
  for (const { lineId } of asked) {
    const found = lines.find((line) => line.lineId === lineId);
    if (!found || found.open) continue;
    const { days, lastDay } = found;
    const why = days === 0 ? "This is not taken back" : `It could be given back until ${lastDay ?? ""}`;
    refuse("RETURN_WINDOW_CLOSED", `${why}: complain about it where something is wrong with it.`, {
      lineId,
      days,
      lastDay,
    });
  }
  const own = lines.filter(({ lineId }) => asked.some((one) => one.lineId === lineId));
  return { shippingBy, sendingBack: own.every((line) => line.sendingBack) };
}
