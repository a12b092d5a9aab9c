/**
 * Tells one person of what they wait for. First the mail, under an id that derives from what was asked for, then the
 * note that it was told: killed in between, the same mail is queued again, which queues nothing.
 */
import type { Calls } from "../../models/contracts";
import { derivedId } from "../../models/kernel/ids";
import { isRefusal } from "../../models/kernel/refusal";
import { STOP_USE, type KeptWishlist, type WishlistState } from "../../models/wishlist/wishlist.state.contract";
import { itemIdOf, type WishItem } from "../../models/wishlist/wishlist.view.contract";
import { typed, type CallMeta, type TypedCall } from "../kernel/call";
import type { HistoryReader } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import type { CallSite } from "../kernel/service";
import { metBy, type Met, type Seen } from "./met.service";

/** Each command derives its id from what it is about, so that who does it again does nothing. */
export function asAlerts({ caller, meta }: CallSite, ...about: readonly string[]): TypedCall<Calls> {
  const own: CallMeta = {
    principal: { id: "alerts", permissions: ["*"] },
    trace: meta.trace,
    commandId: derivedId("alert", ...about),
    exempt: "timer",
    ...(meta.after && { after: meta.after }),
  };
  return typed<Calls>(caller, own);
}

interface Due {
  readonly item: WishItem;
  readonly met: Met;
}

type Waiting = KeptWishlist & { readonly accountId: string };

/** Whose alerts are told of: somebody's who wants mails. */
const wanting = (state: WishlistState | undefined): state is Waiting =>
  state !== undefined && state.status === "open" && state.accountId !== null && !state.muted;

interface Asked {
  readonly node: Node;
  readonly site: CallSite;
  readonly view: Seen;
}

const titleIn = ({ title }: Seen, language: string): string =>
  title[language] ?? title["en"] ?? Object.values(title)[0] ?? "";

/** True where a mail was queued, or had been. */
async function write({ node, site, view }: Asked, state: Waiting, { item, met }: Due): Promise<boolean> {
  const { id, accountId } = state;
  const itemId = itemIdOf(item.productId, item.variantId);
  const messageId = derivedId("message", "wishlist", id, itemId, item.alert?.askedAt ?? "");
  const { status, email, language } = await asAlerts(site)("account.peek", { id: accountId });
  if (status !== "active" || email === null) return false;
  const key = node.identity.pepper.mac(STOP_USE, id, itemId);
  const query = new URLSearchParams({ list: id, item: itemId, key }).toString();
  const { currency, amountMinor: wasMinor } = item.seen;
  try {
    await asAlerts(
      site,
      "mail",
      messageId,
    )("message.queue", {
      ...{ id: messageId, accountId, orderId: null, cause: `wishlist/${id}`, language, recipient: email },
      letter: {
        ...{ template: "wish-alert", what: met.what, title: titleIn(view, language).slice(0, 500) },
        ...{ amountMinor: met.amountMinor, wasMinor, currency },
        ...{
          link: `${node.identity.publicUrl}/product/${item.productId}`,
          stop: `${node.identity.publicUrl}/alerts/stop?${query}`,
        },
      },
    });
    return true;
  } catch (error) {
    // erased meanwhile: there is nobody to write to
    if (isRefusal(error, "SUBJECT_ERASED")) return false;
    throw error;
  }
}

/** How many mails one person gets of this product. */
export async function tellOne(asked: Asked, state: WishlistState | undefined): Promise<number> {
  if (!wanting(state)) return 0;
  const due = (state.items ?? []).flatMap((item): Due[] => {
    const met = item.productId === asked.view.id ? metBy(asked.view, item) : null;
    return met === null ? [] : [{ item, met }];
  });
  let told = 0;
  for (const one of due) {
    const itemId = itemIdOf(one.item.productId, one.item.variantId);
    const askedAt = one.item.alert?.askedAt ?? "";
    if (!(await write(asked, state, one))) continue;
    const call = asAlerts(asked.site, "tell", state.id, itemId, askedAt);
    await call("wishlist.tell", { id: state.id, itemId, askedAt, amountMinor: one.met.amountMinor });
    told += 1;
  }
  return told;
}

/** The newest state of each. */
export async function statesOf(reader: HistoryReader, ids: readonly string[]): Promise<(WishlistState | undefined)[]> {
  const rows = await Promise.all(ids.map((id) => reader.newest(id)));
  return rows.map((row) => row?.state as WishlistState | undefined);
}
