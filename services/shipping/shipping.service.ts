import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import { anyContract } from "../../models/kernel/contract";
import { shipping, type OfferedShipping, type ShippingState } from "../../models/shipping/shipping.aggregate";
import type {
  AskShipping,
  ParcelAsk,
  ShippingChoice,
  ShippingChoices,
} from "../../models/shipping/shipping.choices.contract";
import {
  shippingContract,
  type CreateShipping,
  type ListedShipping,
  type ListShipping,
  type ShippingId,
  type ShippingView,
} from "../../models/shipping/shipping.contract";
import { typed } from "../kernel/call";
import { createHeadsBook, type Heads } from "../kernel/heads-book";
import { historyReader, newestOrRefuse } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { aggregateService, type CallSite } from "../kernel/service";
import { priceOf, shippingProviders } from "./shipping.provider.service";

const viewsOf = (heads: Heads<ShippingState>): ShippingView[] =>
  [...heads].flatMap(([id, { version, state }]) => (state.status === "absent" ? [] : [{ ...state, id, version }]));

const byId = (a: ShippingView, b: ShippingView): number => (a.id < b.id ? -1 : 1);

/** What may take a parcel at all, before anybody asks for the price. */
const fits = (method: ShippingView, { currency, methodIds }: AskShipping, sellerId: string): boolean =>
  method.status === "offered" &&
  method.currency === currency &&
  (method.sellerId === null || method.sellerId === sellerId) &&
  (methodIds?.includes(method.id) ?? true);

async function choicesFor(methods: readonly ShippingView[], ask: AskShipping, parcel: ParcelAsk) {
  const { sellerId } = parcel;
  const fitting = methods.filter((method) => fits(method, ask, sellerId));
  const priced = await Promise.all(
    fitting.map(async ({ id, name, daysMin = null, daysMax = null, ...method }): Promise<ShippingChoice[]> => {
      const priceMinor = await priceOf(shippingProviders, { ...method, name }, { place: ask, parcel });
      return priceMinor === null ? [] : [{ sellerId, methodId: id, methodName: name, priceMinor, daysMin, daysMax }];
    }),
  );
  return priced.flat().sort((a, b) => a.priceMinor - b.priceMinor || (a.methodId < b.methodId ? -1 : 1));
}

async function ofSeller(params: CreateShipping, { caller, meta }: CallSite): Promise<CreateShipping> {
  if (params.sellerId !== undefined) await typed<Calls>(caller, meta)("seller.admit", { id: params.sellerId });
  return params;
}

export const shippingService = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "shipping");
  const book = createHeadsBook<ShippingState>(node, { aggregate: "shipping" });
  return aggregateService(node, {
    contract: anyContract(shippingContract),
    aggregate: shipping,
    prepare: { "shipping.create": ofSeller },
    queries: {
      "shipping.get": async ({ id }: ShippingId): Promise<ShippingView> => {
        const { version, state } = await newestOrRefuse<ShippingState>(reader, id, "way of shipping");
        return { ...(state satisfies OfferedShipping), id, version };
      },
      "shipping.list": async (params: ListShipping, { meta }): Promise<ListedShipping> => {
        const { sellerId, status, limit, after = "" } = params;
        const items = viewsOf(await book(meta)).filter(
          (one) =>
            one.id > after &&
            (sellerId === undefined || one.sellerId === sellerId) &&
            (status === undefined || one.status === status),
        );
        return { items: items.sort(byId).slice(0, limit) };
      },
      "shipping.choices": async (ask: AskShipping, { meta }): Promise<ShippingChoices> => {
        const methods = viewsOf(await book(meta)).sort(byId);
        const found = await Promise.all(ask.parcels.map((parcel) => choicesFor(methods, ask, parcel)));
        return { items: found.flat() };
      },
    },
  });
};
