/** What was bought, as the first version of an order tells it: it never changes. */
import type { Row } from "../../models/kernel/row";
import type { Placed } from "../../models/order/order.state.aggregate";
import { refuse } from "../../models/refusals";
import type { Node } from "../kernel/node";

/** @throws NOT_FOUND */
export type BoughtReader = (id: string) => Promise<Placed>;

export const boughtReader =
  (node: Pick<Node, "histories" | "personal">): BoughtReader =>
  async (id) => {
    const rows: readonly Row[] = await node.histories("order").page(id, 0, 1);
    const [first] = await node.personal("order").reveal(rows);
    const event = first?.events.find(({ type }) => type === "order.placed");
    if (!event) return refuse("NOT_FOUND", `There is no order "${id}".`, { id });
    return event.data as Placed;
  };
