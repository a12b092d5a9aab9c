/**
 * Tells those who wait for a product, a page at a time: the timer of the product's own state asks for each page, and
 * asks again where a process died on the way. The product is looked at as it is when the page is told, not older than
 * what stirred it; whoever it does not concern yet goes on waiting.
 */
import type { ServiceSchema } from "moleculer";
import type { AlertState } from "../../models/alert/alert.aggregate";
import {
  alertContract,
  type AlertCause,
  type CheckAlerts,
  type CountWaiting,
  type SweepAlert,
  type Swept,
  type WaitingCounts,
} from "../../models/alert/alert.contract";
import { anyContract } from "../../models/kernel/contract";
import { isRefusal } from "../../models/kernel/refusal";
import { watchKey } from "../../models/wishlist/wishlist.state.contract";
import { historyReader } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { procedureService, type CallSite } from "../kernel/service";
import type { Seen } from "./met.service";
import { asAlerts, statesOf, tellOne } from "./tell.service";

/** A page is told well within the time for which a timer is nobody else's. */
const PAGE = 100;
/** Of a page, so many people at once. */
const AT_ONCE = 10;
const NOBODY: Swept = { looked: 0, told: 0 };

const keysOf = (productId: string): string[] => [watchKey("stock", productId), watchKey("price", productId)];

/** The round as long as it stands where the timer was set; else somebody has gone on already. */
function standing(state: AlertState | undefined, { round, after }: Pick<SweepAlert, "round" | "after">) {
  const there = state?.status === "sweeping" && state.round === round && state.after === after;
  return there ? state : null;
}

/** The product as shoppers see it, with what stirred it; null where it is not there for anybody. */
async function seen(site: CallSite, id: string, cause: AlertCause | null): Promise<Seen | null> {
  const marks = cause === null ? [] : [{ ...cause, targets: [{ projection: "products", id }] }];
  const meta = { ...site.meta, ...(cause !== null && { after: marks }) };
  try {
    return await asAlerts({ ...site, meta })("product.get", { id });
  } catch (error) {
    if (isRefusal(error, "NOT_FOUND")) return null;
    throw error;
  }
}

export const alertSaga = (node: Node): ServiceSchema => {
  const alerts = historyReader(node, "alert");
  const wishlists = historyReader(node, "wishlist");

  async function tellAll(site: CallSite, view: Seen, ids: readonly string[]): Promise<number> {
    const states = await statesOf(wishlists, ids);
    let told = 0;
    for (let from = 0; from < states.length; from += AT_ONCE) {
      const some = states.slice(from, from + AT_ONCE);
      const counts = await Promise.all(some.map((state) => tellOne({ node, site, view }, state)));
      told += counts.reduce((sum, count) => sum + count, 0);
    }
    return told;
  }

  async function sweep({ id, round, after }: SweepAlert, site: CallSite): Promise<Swept> {
    const state = standing((await alerts.newest(id))?.state as AlertState | undefined, { round, after });
    if (state === null) return NOBODY;
    const page = await node.waiting.page(keysOf(id), after, PAGE);
    const view = page.length === 0 ? null : await seen(site, id, state.cause);
    const told = view === null ? 0 : await tellAll(site, view, page);
    const more = page.length === PAGE && view !== null;
    const call = asAlerts(site, "advance", id, String(round), after);
    await call("alert.advance", { id, round, after: more ? (page.at(-1) ?? null) : null, told });
    return { looked: page.length, told };
  }

  async function check({ wishlistId }: CheckAlerts, site: CallSite): Promise<Swept> {
    const [state] = await statesOf(wishlists, [wishlistId]);
    if (!state || state.status !== "open") return NOBODY;
    const waiting = (state.items ?? []).filter(({ alert }) => alert !== null && alert.told === null);
    let told = 0;
    for (const productId of new Set(waiting.map((item) => item.productId))) {
      const view = await seen(site, productId, null);
      if (view !== null) told += await tellOne({ node, site, view }, state);
    }
    return { looked: 1, told };
  }

  async function counted({ productIds }: CountWaiting): Promise<WaitingCounts> {
    const items = productIds.map(async (productId) => {
      const [stock = 0, price = 0] = await Promise.all(keysOf(productId).map((key) => node.waiting.count(key)));
      return { productId, stock, price };
    });
    return { items: await Promise.all(items) };
  }
  return procedureService({
    name: "alert.saga",
    contract: anyContract(alertContract),
    roles: node.roles,
    procedures: { "alert.sweep": sweep, "alert.check": check, "alert.waiting": counted },
  });
};
