/** What a review remembers, and what happens to it. */
import type { Iso } from "../kernel/row";
import type { ReportReason, ReviewJudgement, ReviewReading, SellersAnswer, WaitingFor } from "./review.view.contract";

/** What the service adds: what the order says was bought. */
export interface BoughtThing {
  readonly productId: string;
  readonly variantId: string | null;
  readonly sellerId: string;
  readonly channelId: string;
  readonly customerId: string;
}

/** What the models said of it. */
export interface Read {
  readonly judgement: Omit<ReviewJudgement, "at">;
  /** Null where nobody could be asked. */
  readonly reading: ReviewReading | null;
}

export interface Words {
  readonly rating: number;
  /** Personal, as the text: null once the person's key is destroyed. */
  readonly title: string | null;
  readonly text: string | null;
  readonly language: string;
}

export interface Report {
  readonly by: string;
  readonly reason: ReportReason;
  readonly at: Iso;
}

export interface WrittenReview extends BoughtThing, Words {
  readonly status: "published" | "held" | "rejected" | "withdrawn";
  readonly orderId: string;
  readonly lineId: string;
  readonly writtenAt: Iso;
  readonly revisedAt: Iso | null;
  readonly judgement: ReviewJudgement;
  readonly reading: ReviewReading | null;
  readonly appealedAt: Iso | null;
  readonly appealText: string | null;
  readonly reports: readonly Report[];
  /** Whose reports a person has looked at: theirs do not count again. */
  readonly heard: readonly string[];
  readonly waiting: { readonly for: WaitingFor; readonly since: Iso } | null;
  readonly answer: SellersAnswer | null;
}

export type ReviewState = { readonly status: "absent" } | WrittenReview;

export interface At {
  readonly at: Iso;
}
type Whole = Words & Read & At;

export type ReviewEvent =
  | {
      readonly type: "review.written";
      readonly data: Whole & BoughtThing & { readonly orderId: string; readonly lineId: string };
    }
  | { readonly type: "review.revised"; readonly data: Whole }
  | { readonly type: "review.withdrawn"; readonly data: At }
  | { readonly type: "review.appealed"; readonly data: At & { readonly appealText: string } }
  | { readonly type: "review.answered"; readonly data: SellersAnswer }
  | { readonly type: "review.reported"; readonly data: Report }
  | { readonly type: "review.decided"; readonly data: At & { readonly verdict: "publish" | "reject"; note: string } };
