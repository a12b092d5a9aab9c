import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import { anyContract } from "../../models/kernel/contract";
import type { Row } from "../../models/kernel/row";
import { promotion, type KeptPromotion, type PromotionState } from "../../models/promotion/promotion.aggregate";
import {
  promotionContract,
  type ActivePromotions,
  type CreatePromotion,
  type ListedPromotions,
  type ListPromotions,
  type PromotionId,
  type PromotionView,
} from "../../models/promotion/promotion.contract";
import { refuse } from "../../models/refusals";
import { typed } from "../kernel/call";
import { createHeadsBook } from "../kernel/heads-book";
import { historyReader, newestOrRefuse } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { aggregateService, type CallSite } from "../kernel/service";

type Known = readonly [id: string, row: Row<PromotionState>];

const viewOf = (id: string, version: number, state: KeptPromotion): PromotionView => ({
  ...state,
  ...{ id, version, fundedBy: state.sellerId === null ? "platform" : "seller" },
});

const viewsOf = (known: readonly Known[]): PromotionView[] =>
  known.flatMap(([id, { version, state }]) => (state.status === "absent" ? [] : [viewOf(id, version, state)]));

/** Amounts of one promotion are of one currency; a seller's promotion is of a seller that sells. */
async function placed(params: CreatePromotion, { caller, meta }: CallSite): Promise<CreatePromotion> {
  const call = typed<Calls>(caller, meta);
  if (params.sellerId !== undefined) await call("seller.admit", { id: params.sellerId });
  const channels = await Promise.all(params.channels.map((id) => call("channel.peek", { id })));
  const currencies = [...new Set(channels.map(({ currency }) => currency))];
  if (currencies.length > 1) {
    refuse("CURRENCY_MISMATCH", "The channels of one promotion must have one currency.", { currencies });
  }
  return params;
}

const runsAt = ({ from, to, status }: PromotionView, at: string): boolean =>
  status === "running" && (from === null || from <= at) && (to === null || at < to);

const byId = (a: PromotionView, b: PromotionView): number => (a.id < b.id ? -1 : 1);

export const promotionService = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "promotion");
  const book = createHeadsBook<PromotionState>(node, { aggregate: "promotion" });

  async function list(params: ListPromotions, site: CallSite): Promise<ListedPromotions> {
    const { channelId, sellerId, status, limit, after = "" } = params;
    const items = viewsOf([...(await book(site.meta))])
      .filter((one) => one.id > after && (channelId === undefined || one.channels.includes(channelId)))
      .filter((one) => (sellerId === undefined || one.sellerId === sellerId) && (status ?? one.status) === one.status);
    return { items: items.sort(byId).slice(0, limit) };
  }

  /** Those that a coupon calls for are told whatever they are: it is said why one has no effect. */
  async function active({ channelId, at, ids }: ActivePromotions, site: CallSite): Promise<ListedPromotions> {
    const items = viewsOf([...(await book({ after: site.meta.after, wanted: ids }))]).filter((one) => {
      if (one.byCoupon) return ids.includes(one.id);
      return one.channels.includes(channelId) && runsAt(one, at);
    });
    return { items: items.sort(byId) };
  }
  return aggregateService(node, {
    contract: anyContract(promotionContract),
    aggregate: promotion,
    prepare: { "promotion.create": placed },
    queries: {
      "promotion.get": async ({ id }: PromotionId): Promise<PromotionView> => {
        const { version, state } = await newestOrRefuse<PromotionState>(reader, id, "promotion");
        return viewOf(id, version, state);
      },
      "promotion.list": (params: ListPromotions, site) => list(params, site),
      "promotion.active": (params: ActivePromotions, site) => active(params, site),
    },
  });
};
