/**
 * Lists of reviews: which ones, the read side says; what they say is read from their histories, where it is gone at
 * once when its writer's key is destroyed.
 */
import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import { reviewContract } from "../../models/review/review.contract";
import type {
  FindReviews,
  PageOfReviews,
  ProductReviews,
  ReviewPage,
  ReviewsOfProduct,
  SellerReviews,
  ShownReviews,
} from "../../models/review/review.list.contract";
import type { ReviewState, WrittenReview } from "../../models/review/review.state.aggregate";
import type { ReviewView, ShownReview } from "../../models/review/review.view.contract";
import type { CallMeta } from "../kernel/call";
import { typed } from "../kernel/call";
import { historyReader, type HistoryReader } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { procedureService, type CallSite } from "../kernel/service";

function shownOf(id: string, state: WrittenReview): ShownReview {
  const { productId, variantId, sellerId, rating, title, text, language, writtenAt, revisedAt, reading } = state;
  return {
    ...{ id, productId, variantId, sellerId, rating, title, text, language, verified: true, writtenAt, revisedAt },
    ...{ tone: reading?.tone ?? null, aspects: reading?.aspects ?? [], answer: state.answer },
  };
}

export function wholeOf(id: string, version: number, state: WrittenReview): ReviewView {
  const { status, customerId, orderId, lineId, judgement, reading, appealedAt, appealText, reports, waiting } = state;
  return {
    ...shownOf(id, state),
    ...{ version, status, customerId, orderId, lineId, judgement, sentimentDecisionId: reading?.decisionId ?? null },
    appeal: appealedAt === null ? null : { text: appealText, at: appealedAt },
    // who reported is told to nobody here: the history has it
    reports: reports.map(({ reason, at }) => ({ reason, at })),
    ...{ waitingFor: waiting?.for ?? null, waitingSince: waiting?.since ?? null },
  };
}

/** The mall looks them up; what the caller has written before is waited for. */
const insideOf = ({ meta }: CallSite): CallMeta => ({
  principal: { id: meta.principal.id, permissions: ["*"] },
  trace: meta.trace,
  ...(meta.after && { after: meta.after }),
});

async function found(reader: HistoryReader, asked: FindReviews, site: CallSite): Promise<ReviewPage> {
  const { ids, cursor } = await typed<Calls>(site.caller, insideOf(site))("review.find", asked);
  const rows = await Promise.all(ids.map((id) => reader.newest(id)));
  const items = rows.flatMap((row) => {
    const state = row?.state as ReviewState | undefined;
    return !row || !state || state.status === "absent" ? [] : [wholeOf(row.aggregateId, row.version, state)];
  });
  return { items, cursor };
}

const SHOWN: readonly (keyof ShownReview)[] = [
  ...(["id", "productId", "variantId", "sellerId", "rating", "title", "text", "language", "verified"] as const),
  ...(["writtenAt", "revisedAt", "tone", "aspects", "answer"] as const),
];

/** Without what is not everybody's. What was taken back since it was indexed is left out. */
const everybodys = ({ items, cursor }: ReviewPage): ShownReviews => ({
  items: items
    .filter(({ status }) => status === "published")
    .map((one) => Object.fromEntries(SHOWN.map((key) => [key, one[key]])) as unknown as ShownReview),
  cursor,
});

export const shownReviews = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "review");
  const find = (asked: FindReviews, site: CallSite): Promise<ReviewPage> => found(reader, asked, site);

  async function ofProduct(asked: ProductReviews, site: CallSite): Promise<ReviewsOfProduct> {
    const { productId } = asked;
    const call = typed<Calls>(site.caller, insideOf(site));
    const [page, { items: ratings }, { items: aspects }] = await Promise.all([
      find({ ...asked, status: "published" }, site),
      call("review.ratings", { productIds: [productId] }),
      call("review.aspects", { productId }),
    ]);
    const rating = ratings[0] ?? { productId, count: 0, average: null, stars: [0, 0, 0, 0, 0] };
    return { ...everybodys(page), rating, aspects };
  }
  return procedureService({
    name: "review.shown",
    contract: reviewContract,
    roles: node.roles,
    procedures: {
      "review.ofProduct": ofProduct,
      "review.ofSeller": async (asked: SellerReviews, site: CallSite) =>
        everybodys(await find({ ...asked, status: "published", sort: "newest" }, site)),
      "review.mine": (asked: PageOfReviews, site: CallSite) =>
        find({ ...asked, customerId: site.meta.principal.id, sort: "newest" }, site),
      "review.queue": (asked: PageOfReviews, site: CallSite) =>
        find({ ...asked, waiting: true, sort: "oldest-waiting" }, site),
    },
  });
};
