/**
 * What is told to a seller's desk. Visits come as counts by product, a stretch of time at once, and are counted for the
 * seller whose offer is proposed; looking for notices is asked for by whoever looks at the desk, and done once in a
 * while however many do. Commands derive from the stretch, or from what was found: repeating either changes nothing.
 */
import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import {
  deskContract,
  type DeskOf,
  type Looked,
  type Notice,
  type Steps,
  type TellVisits,
  type Visited,
} from "../../models/desk/desk.contract";
import { derivedId } from "../../models/kernel/ids";
import { isRefusal } from "../../models/kernel/refusal";
import type { ProductView } from "../../models/product/product.search.contract";
import { asMall, typed, type CallMeta } from "../kernel/call";
import type { Node } from "../kernel/node";
import { procedureService, type CallSite } from "../kernel/service";
import { bounded, priceNotices, riskNotices } from "./notices.service";

/** Open offers of a seller that are looked at; those with least on hand come later. */
const OFFERS_MAX = 100;
const AT_ONCE = 20;
const LOOK_EVERY_MS = 20_000;
const SELLERS_KEPT_MAX = 5_000;
const HOUR = "2026-01-31T09".length;

const callOf = ({ caller, meta }: CallSite, commandId?: string) => {
  const { commandId: _theirs, after: _after, ...mall } = asMall(meta, "desk", "desk");
  const own: CallMeta = commandId === undefined ? mall : { ...mall, commandId };
  return typed<Calls>(caller, own);
};

/** Those that are shown; a product that was withdrawn meanwhile is nobody's. */
async function productsOf(ids: readonly string[], site: CallSite): Promise<ProductView[]> {
  const found: ProductView[] = [];
  const one = async (id: string): Promise<ProductView[]> => {
    try {
      return [await callOf(site)("product.get", { id })];
    } catch (error) {
      if (isRefusal(error, "NOT_FOUND")) return [];
      throw error;
    }
  };
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    found.push(...(await Promise.all(ids.slice(from, from + AT_ONCE).map(one))).flat());
  }
  return found;
}

/** By seller. */
async function stepsOf({ products }: TellVisits, site: CallSite): Promise<ReadonlyMap<string, Steps>> {
  const steps = new Map<string, Steps>();
  const named = new Map(products.map((product) => [product.productId, product]));
  for (const { id, buyBox } of await productsOf([...named.keys()], site)) {
    const told = named.get(id);
    if (!buyBox || !told) continue;
    const { views, carts, checkouts } = steps.get(buyBox.sellerId) ?? { views: 0, carts: 0, checkouts: 0 };
    steps.set(buyBox.sellerId, {
      views: views + told.views,
      carts: carts + told.carts,
      checkouts: checkouts + told.checkouts,
    });
  }
  return steps;
}

async function visited(told: TellVisits, site: CallSite): Promise<Visited> {
  const steps = [...(await stepsOf(told, site))];
  for (let from = 0; from < steps.length; from += AT_ONCE) {
    await Promise.all(
      steps.slice(from, from + AT_ONCE).map(async ([sellerId, counts]) => {
        const id = derivedId("desk.count", sellerId, told.from);
        try {
          await callOf(site, id)("desk.count", { sellerId, hour: told.from.slice(0, HOUR), ...counts });
        } catch (error) {
          // another node has told of this stretch, and knew of other offers
          if (!isRefusal(error, "IDEMPOTENCY_KEY_REUSED")) throw error;
        }
      }),
    );
  }
  return { sellers: steps.length };
}

async function noticed({ sellerId }: DeskOf, site: CallSite): Promise<Notice[]> {
  const call = callOf(site);
  const { items } = await call("offer.list", { sellerId, status: "open", onHandMin: 1, limit: OFFERS_MAX });
  const ids = [...new Set(items.map(({ productId }) => productId))];
  const [products, warnings] = await Promise.all([productsOf(ids, site), call("fraud.warnings", {})]);
  return bounded([...riskNotices(sellerId, new Set(ids), warnings.items), ...priceNotices(sellerId, products)]);
}

export const deskLook = (node: Node): ServiceSchema => {
  const looked = new Map<string, { readonly atMs: number; readonly answer: Promise<Looked> }>();

  async function lookNow(desk: DeskOf, site: CallSite): Promise<Looked> {
    const notices = await noticed(desk, site);
    await callOf(site, derivedId("desk.note", site.meta.commandId ?? site.meta.trace))("desk.note", {
      ...desk,
      notices,
    });
    return { notices };
  }

  function look(desk: DeskOf, site: CallSite): Promise<Looked> {
    const now = Date.parse(node.clock.now());
    const before = looked.get(desk.sellerId);
    if (before && now - before.atMs < LOOK_EVERY_MS) return before.answer;
    if (looked.size >= SELLERS_KEPT_MAX) looked.clear();
    const answer = lookNow(desk, site);
    looked.set(desk.sellerId, { atMs: now, answer });
    // who comes next tries again
    answer.catch(() => looked.delete(desk.sellerId));
    return answer;
  }

  return procedureService({
    name: "desk.look",
    contract: deskContract,
    roles: node.roles,
    procedures: { "desk.visited": visited, "desk.look": look },
  });
};
