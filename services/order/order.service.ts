import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import { erased } from "../../models/kernel/aggregate";
import { anyContract } from "../../models/kernel/contract";
import { order } from "../../models/order/order.aggregate";
import { extensionsOf, type OrderState, type Placed } from "../../models/order/order.state.aggregate";
import type { OrderId, SoldOrder, TrackOrder } from "../../models/order/order.commands.contract";
import { orderContract } from "../../models/order/order.contract";
import type { OrderAddressee } from "../../models/order/order.inside.contract";
import type { QuotedExchange, QuoteExchange } from "../../models/order/order.exchange.contract";
import { orderMachine } from "../../models/order/order.machine.contract";
import { orderIdOf, type PlaceOrder } from "../../models/order/order.place.contract";
import type { PricedRaise, RaiseOrder } from "../../models/order/order.raise.contract";
import type { OrderView } from "../../models/order/order.view.contract";
import { refuse } from "../../models/refusals";
import { asMall, typed } from "../kernel/call";
import { actsAlone } from "../kernel/four-eyes";
import { historyReader, newestOrRefuse, type HistoryReader } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { aggregateService, type CallSite } from "../kernel/service";
import { boughtReader, type BoughtReader } from "./bought.service";
import { createNumbers } from "./numbers.service";
import { exchangePriced, priced } from "./raise.service";
import { viewOf } from "./view.service";

/** Two hundred titles have to fit into what an order remembers. */
const TITLE_BYTES_MAX = 60;
const TITLES_BYTES_MAX = 6_000;
const TRACK = "order.track";

/** The key by which a guest reads the own order. */
export const trackKeyOf = ({ identity }: Pick<Node, "identity">, id: string): string => identity.pepper.mac(TRACK, id);

function cut(text: string, bytesMax: number): string {
  if (Buffer.byteLength(text) <= bytesMax) return text;
  const shorter = Array.from(text.slice(0, bytesMax));
  while (Buffer.byteLength(shorter.join("")) > bytesMax) shorter.pop();
  return shorter.join("");
}

/** In the order's language, where the product has it. Exported for its tests. */
export function titlesOf({ lines, language = "en" }: Pick<PlaceOrder, "lines" | "language">): string[] {
  const bytesMax = Math.min(TITLE_BYTES_MAX, Math.floor(TITLES_BYTES_MAX / lines.length));
  return lines.map(({ title }) => cut(title[language] ?? Object.values(title)[0] ?? "", bytesMax));
}

/** What is given back says whether somebody of the mall does so alone. */
const giving = (params: object, { meta }: CallSite): Promise<object> =>
  Promise.resolve({ ...params, alone: actsAlone(meta) });

async function commissionsOf(
  { channelId, sellerId, lines }: PlaceOrder,
  { caller, meta }: CallSite,
): Promise<Placed["commissions"]> {
  const sold = lines.map(({ productId, categoryId }) => ({
    productId,
    ...(categoryId !== undefined && { categoryId }),
  }));
  const call = typed<Calls>(caller, asMall(meta, "commission", "orders"));
  return (await call("commission.resolve", { channelId, sellerId, lines: sold })).lines;
}

/** One order as it is shown, and as it is to who has its key. */
function reading(node: Node, reader: HistoryReader, bought: BoughtReader) {
  async function view(id: string): Promise<OrderView> {
    const [{ version, state }, what] = await Promise.all([newestOrRefuse<OrderState>(reader, id, "order"), bought(id)]);
    const more = extensionsOf(state.money) > 0;
    return viewOf(version, state, more ? await bought(id, state.money) : what);
  }
  return {
    view,
    /** @throws NOT_FOUND for any other key */
    tracked: ({ id, key }: TrackOrder): Promise<OrderView> =>
      node.identity.pepper.isMac(key, TRACK, id)
        ? view(id)
        : refuse("NOT_FOUND", "There is no order under this key: follow the link in the mail.", { id }),
  };
}

export const orderService = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "order");
  const bought = boughtReader(node);
  const nextNumber = createNumbers();

  const placing = async (params: PlaceOrder, site: CallSite): Promise<Placed> => {
    const [number, commissions] = await Promise.all([nextNumber(params.channelId, site), commissionsOf(params, site)]);
    return { ...params, id: orderIdOf(params), number, titles: titlesOf(params), commissions };
  };

  async function raising(params: RaiseOrder, site: CallSite): Promise<PricedRaise> {
    const { state } = await newestOrRefuse<OrderState>(reader, params.id, "order");
    const { shippingAddress, money } = state;
    return priced(params, { ...(await bought(params.id, money)), ...(shippingAddress && { shippingAddress }) }, site);
  }

  const { view, tracked } = reading(node, reader, bought);
  return aggregateService(node, {
    contract: anyContract(orderContract),
    aggregate: erased(order),
    prepare: { "order.place": placing, "order.raise": raising, "order.refund": giving, "order.edit": giving },
    queries: {
      "order.get": ({ id }: OrderId): Promise<OrderView> => view(id),
      "order.sold": async ({ id, sellerId }: SoldOrder): Promise<OrderView> => {
        const found = await view(id);
        return found.sellerId === sellerId
          ? found
          : refuse("NOT_FOUND", `The seller has no order "${id}".`, { id, sellerId });
      },
      "order.track": tracked,
      "order.ofGuest": async (asked: TrackOrder): Promise<OrderView> => {
        const found = await tracked(asked);
        return found.customerId === null
          ? found
          : refuse("NOT_FOUND", "That is no guest's order: sign in as its customer.", { id: found.id });
      },
      "order.reservations": async ({ id }: OrderId) => {
        const { state } = await newestOrRefuse<OrderState>(reader, id, "order");
        return { places: (await bought(id, state.money)).reservations };
      },
      "order.quoteExchange": async (params: QuoteExchange, { caller, meta }): Promise<QuotedExchange> => {
        const { state } = await newestOrRefuse<OrderState>(reader, params.id, "order");
        return exchangePriced(params, state, await bought(params.id, state.money), { caller, meta });
      },
      "order.addressee": async ({ id }: OrderId): Promise<OrderAddressee> => {
        const { state } = await newestOrRefuse<OrderState>(reader, id, "order");
        const { customerId, contact, number, language } = state;
        return { id, customerId, contact, number, language, trackKey: trackKeyOf(node, id) };
      },
      "order.machine": () => Promise.resolve(orderMachine),
    },
  });
};
