/**
 * What was bought, as the first version of an order tells it, which never changes, and what came to it later, each with
 * the version that says so.
 */
import type { Row } from "../../models/kernel/row";
import type { ExtendedOrder } from "../../models/order/order.events.aggregate";
import { extensionsOf, type Placed, type PlacedOrder } from "../../models/order/order.state.aggregate";
import { refuse } from "../../models/refusals";
import type { Node } from "../kernel/node";

/** @throws NOT_FOUND */
export type BoughtReader = (id: string, money?: PlacedOrder["money"]) => Promise<Placed>;

const PAGE = 100;
/** An order takes a few payments; so many versions are looked through for them. */
const VERSIONS_MAX = 2_000;

const withMore = (placed: Placed, { lines, titles, commissions, reservations }: ExtendedOrder): Placed => ({
  ...placed,
  lines: [...placed.lines, ...lines],
  titles: [...placed.titles, ...titles],
  commissions: [...placed.commissions, ...commissions],
  reservations: [...placed.reservations, ...reservations],
});

export const boughtReader = (node: Pick<Node, "histories" | "personal">): BoughtReader => {
  const page = async (id: string, after: number, limit: number): Promise<readonly Row[]> =>
    node.personal("order").reveal(await node.histories("order").page(id, after, limit));

  async function extensions(id: string, count: number): Promise<ExtendedOrder[]> {
    const found: ExtendedOrder[] = [];
    for (let after = 1; found.length < count && after < VERSIONS_MAX; after += PAGE) {
      const events = (await page(id, after, PAGE)).flatMap((row) => row.events);
      found.push(...events.flatMap(({ type, data }) => (type === "order.extended" ? [data as ExtendedOrder] : [])));
    }
    return found;
  }
  return async (id, money) => {
    const [first] = await page(id, 0, 1);
    const event = first?.events.find(({ type }) => type === "order.placed");
    if (!event) return refuse("NOT_FOUND", `There is no order "${id}".`, { id });
    const count = money ? extensionsOf(money) : 0;
    const more = count === 0 ? [] : await extensions(id, count);
    return more.reduce(withMore, event.data as Placed);
  };
};
