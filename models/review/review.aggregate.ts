import type { Aggregate, Due } from "../kernel/aggregate";
import { refuse } from "../refusals";
import type { ReviewCalls } from "./review.contract";
import type {
  At,
  BoughtThing,
  Read,
  Report,
  ReviewEvent,
  ReviewState,
  Words,
  WrittenReview,
} from "./review.state.aggregate";
import { REPORTS_MAX } from "./review.view.contract";

type Params<N extends keyof ReviewCalls> = ReviewCalls[N]["params"];

export interface ReviewCommands {
  "review.write": Params<"review.write"> & BoughtThing & Read;
  "review.revise": Params<"review.revise"> & Read;
  "review.withdraw": Params<"review.withdraw">;
  "review.appeal": Params<"review.appeal">;
  "review.answer": Params<"review.answer">;
  "review.report": Params<"review.report"> & { readonly by: string };
  "review.decide": Params<"review.decide">;
}

/** So many different people keep a review from being shown until a person has looked at it. */
const HIDES_FROM = 5;
const STATUS_OF = { publish: "published", hold: "held", reject: "rejected" } as const;

function written(state: ReviewState): WrittenReview {
  if (state.status === "absent") return refuse("NOT_FOUND", "There is no such review.");
  return state;
}

/** @throws REVIEW_STATUS */
function standing(state: ReviewState, allowed: readonly string[], why: string): WrittenReview {
  const known = written(state);
  if (!allowed.includes(known.status)) refuse("REVIEW_STATUS", why, { status: known.status });
  return known;
}

const wordsOf = ({ rating, title = "", text, language }: Params<"review.revise">): Words & { text: string } => ({
  rating,
  title,
  text,
  language,
});

function judged({ judgement, reading, at }: Read & At): Pick<WrittenReview, "status" | "judgement" | "reading"> & {
  waiting: WrittenReview["waiting"];
} {
  const status = STATUS_OF[judgement.verdict];
  const waiting = status === "held" ? ({ for: "held", since: at } as const) : null;
  return { status, judgement: { ...judgement, at }, reading, waiting };
}

/** What a person rejected is not published again by a model alone. */
const notAlone = ({ judgement: { by, verdict } }: WrittenReview, now: Read["judgement"]): Read["judgement"] =>
  by === "person" && verdict === "reject" && now.verdict === "publish" ? { ...now, verdict: "hold" } : now;

const UNHEARD = { appealedAt: null, appealText: null, reports: [], heard: [] } as const;

function reported(state: WrittenReview, report: Report): WrittenReview {
  const reports = [...state.reports, report];
  const status = reports.length >= HIDES_FROM ? "held" : state.status;
  return { ...state, status, reports, waiting: state.waiting ?? { for: "report", since: report.at } };
}

function decided(state: WrittenReview, { verdict, note, at }: At & Pick<Params<"review.decide">, "verdict" | "note">) {
  const { decisionId } = state.judgement;
  const heard = [...new Set([...state.heard, ...state.reports.map(({ by }) => by)])].slice(-REPORTS_MAX);
  const judgement = { verdict, by: "person" as const, decisionId, because: [note], at };
  return { ...state, status: STATUS_OF[verdict], judgement, reports: [], heard, waiting: null };
}

/** What a person decided is told of the model's decision: it learns from that. */
function outcomeDue({ judgement, status }: WrittenReview): Due[] {
  const { by, decisionId: id, verdict, at } = judgement;
  if (by !== "person" || id === null || status === "withdrawn") return [];
  const label = verdict === "publish" ? "publishable" : "unpublishable";
  return [{ at, command: "decision.outcome", params: { id, label } }];
}

export const review: Aggregate<ReviewState, ReviewCommands, ReviewEvent> = {
  name: "review",
  schema: 1,
  initial: { status: "absent" },
  decide: {
    "review.write": (state, { orderId, lineId, judgement, reading, ...params }, at) => {
      if (state.status !== "absent") refuse("REVIEW_WRITTEN", "You have reviewed this already: write that one anew.");
      const { productId, variantId, sellerId, channelId, customerId } = params;
      const bought = { orderId, lineId, productId, variantId, sellerId, channelId, customerId };
      const words = wordsOf({ ...params, id: "" });
      return [{ type: "review.written", data: { ...bought, ...words, judgement, reading, at } }];
    },
    "review.revise": (state, params, at) => {
      const judgement = notAlone(written(state), params.judgement);
      return [{ type: "review.revised", data: { ...wordsOf(params), judgement, reading: params.reading, at } }];
    },
    "review.withdraw": (state, _params, at) =>
      written(state).status === "withdrawn" ? [] : [{ type: "review.withdrawn", data: { at } }],
    "review.appeal": (state, { text }, at) => {
      const { appealedAt } = standing(state, ["held", "rejected"], "Only what is held or was rejected is appealed.");
      if (appealedAt !== null) refuse("REVIEW_STATUS", "You have appealed already: a person looks at it.");
      return [{ type: "review.appealed", data: { appealText: text, at } }];
    },
    "review.answer": (state, { text }, at) => {
      standing(state, ["published"], "Only a published review is answered.");
      return [{ type: "review.answered", data: { text, at } }];
    },
    "review.report": (state, { by, reason }, at) => {
      const { reports, heard, customerId } = standing(state, ["published"], "Only a published review is reported.");
      if (by === customerId) refuse("REVIEW_OWN", "This is your own review: withdraw it, or write it anew.");
      const known = heard.includes(by) || reports.some((one) => one.by === by);
      return known || reports.length >= REPORTS_MAX ? [] : [{ type: "review.reported", data: { by, reason, at } }];
    },
    "review.decide": (state, { verdict, note }, at) => {
      standing(state, ["published", "held", "rejected"], "A review that was taken back is not decided on.");
      return [{ type: "review.decided", data: { verdict, note, at } }];
    },
  },
  evolve: {
    "review.written": (_state, { judgement, reading, at, ...rest }) => ({
      ...rest,
      ...{ ...UNHEARD, answer: null, writtenAt: at, revisedAt: null },
      ...judged({ judgement, reading, at }),
    }),
    "review.revised": (state, { judgement, reading, at, ...words }) => ({
      ...{ ...written(state), ...words, ...UNHEARD, revisedAt: at },
      ...judged({ judgement, reading, at }),
    }),
    "review.withdrawn": (state) => ({ ...written(state), status: "withdrawn", waiting: null }),
    "review.appealed": (state, { appealText, at }) => ({
      ...written(state),
      ...{ appealText, appealedAt: at, waiting: { for: "appeal", since: at } },
    }),
    "review.answered": (state, answer) => ({ ...written(state), answer }),
    "review.reported": (state, report) => reported(written(state), report),
    "review.decided": (state, data) => decided(written(state), data),
  },
  due: (state) => (state.status === "absent" ? [] : outcomeDue(state)),
};
