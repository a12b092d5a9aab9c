import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import { erased } from "../../models/kernel/aggregate";
import type { OrderLineView } from "../../models/order/order.view.contract";
import { refuse } from "../../models/refusals";
import { review } from "../../models/review/review.aggregate";
import {
  reviewContract,
  reviewIdOf,
  type AnswerReview,
  type ReportReview,
  type ReviewContent,
  type ReviewId,
  type ReviseReview,
  type WriteReview,
} from "../../models/review/review.contract";
import type { BoughtThing, Read, ReviewState } from "../../models/review/review.state.aggregate";
import type { ReviewView } from "../../models/review/review.view.contract";
import { asMall, typed } from "../kernel/call";
import { historyReader, newestOrRefuse } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { aggregateService, type CallSite } from "../kernel/service";
import { wholeOf } from "./shown.service";

const wasSent = ({ progress: { shipped, returning, returned } }: OrderLineView): boolean =>
  shipped + returning + returned > 0;

/** What an own order says of one of its lines. @throws NOT_FOUND, REVIEW_NOT_SENT */
async function bought({ orderId, lineId }: WriteReview, { caller, meta }: CallSite): Promise<BoughtThing> {
  const order = await typed<Calls>(caller, meta)("order.get", { id: orderId });
  const line = order.lines.find((one) => one.lineId === lineId);
  const { customerId, sellerId, channelId } = order;
  if (!line || customerId === null) return refuse("NOT_FOUND", `The order has no line "${lineId}".`, { lineId });
  if (!wasSent(line)) refuse("REVIEW_NOT_SENT", "Nothing of this line was sent yet: review it when you have it.");
  return { productId: line.productId, variantId: line.variantId ?? null, sellerId, channelId, customerId };
}

const NOBODY: Read = {
  judgement: { verdict: "hold", by: "model", decisionId: null, because: ["No model could be asked."] },
  reading: null,
};

interface Asked {
  readonly id: string;
  readonly subject: string;
  readonly content: ReviewContent;
}

/** What the models say of it. Where they cannot be asked, a person looks at it. */
async function readBy(node: Node, { id, subject, content }: Asked, { caller, meta }: CallSite): Promise<Read> {
  const { title = "", text, language, rating } = content;
  const written = { about: { type: "review", id }, subject, language, text: title === "" ? text : `${title}\n${text}` };
  const call = typed<Calls>(caller, asMall(meta, "read"));
  try {
    const [judged, reading] = await Promise.all([
      call("moderation.judge", written),
      call("sentiment.read", { ...written, rating }),
    ]);
    return { judgement: { ...judged, by: "model" }, reading };
  } catch (error) {
    node.log.warn({ err: error, review: id }, "No model read a review: it waits for a person");
    return NOBODY;
  }
}

export const reviewService = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "review");

  async function unfitIsRefused(params: AnswerReview, { caller, meta }: CallSite): Promise<AnswerReview> {
    const { state } = await newestOrRefuse<ReviewState>(reader, params.id, "review");
    const { language, sellerId: subject } = state;
    const about = { type: "answer", id: params.id };
    const call = typed<Calls>(caller, asMall(meta, "judge"));
    const { verdict, because } = await call("moderation.judge", { about, subject, language, text: params.text });
    if (verdict !== "publish") {
      refuse("REVIEW_ANSWER_UNFIT", "The answer reads as offensive: say it in other words.", { because });
    }
    return params;
  }
  return aggregateService(node, {
    contract: reviewContract,
    aggregate: erased(review),
    // what somebody wrote is theirs: of the params only a keyed hash is kept
    confidential: true,
    prepare: {
      "review.write": async (params: WriteReview, site: CallSite) => {
        const thing = await bought(params, site);
        const asked = { id: reviewIdOf(params), subject: thing.customerId, content: params };
        return { ...params, ...thing, ...(await readBy(node, asked, site)) };
      },
      "review.revise": async (params: ReviseReview, site: CallSite) => {
        const { state } = await newestOrRefuse<ReviewState>(reader, params.id, "review");
        const asked = { id: params.id, subject: state.customerId, content: params };
        return { ...params, ...(await readBy(node, asked, site)) };
      },
      "review.answer": unfitIsRefused,
      "review.report": (params: ReportReview, { meta }: CallSite) =>
        Promise.resolve({ ...params, by: meta.principal.id }),
    },
    queries: {
      "review.get": async ({ id }: ReviewId): Promise<ReviewView> => {
        const { version, state } = await newestOrRefuse<ReviewState>(reader, id, "review");
        return wholeOf(id, version, state);
      },
    },
  });
};
