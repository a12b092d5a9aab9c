import { review } from "../../../../models/review/review.aggregate";
import { reviewIdOf } from "../../../../models/review/review.contract";
import type { Read, ReviewEvent, WrittenReview } from "../../../../models/review/review.state.aggregate";
import type { ReportReason } from "../../../../models/review/review.view.contract";
import { given, NOW } from "../../../support/given";

const bought = { productId: "p1", variantId: null, sellerId: "s1", channelId: "c1", customerId: "mia" };
const line = { orderId: "o1", lineId: "l1" };
const words = { rating: 5, title: "Fine", text: "A good lamp", language: "en" };
const judgement = { by: "model", decisionId: "d1", because: [] } as const;
const said = (verdict: "publish" | "hold" | "reject"): Read => ({
  judgement: { ...judgement, verdict },
  reading: { tone: "praise", aspects: [], decisionId: "d2" },
});
const EARLIER = "2026-01-01T00:00:00.000Z";
const written = (verdict: "publish" | "hold" | "reject"): ReviewEvent => ({
  type: "review.written",
  data: { ...bought, ...line, ...words, ...said(verdict), at: EARLIER },
});
const decided = (verdict: "publish" | "reject"): ReviewEvent => ({
  type: "review.decided",
  data: { verdict, note: "looked at", at: EARLIER },
});
const reported = (by: string, reason: ReportReason = "untrue"): ReviewEvent => ({
  type: "review.reported",
  data: { by, reason, at: EARLIER },
});
const history = given(review);
const stateOf = (...events: ReviewEvent[]): WrittenReview => history(...events).state as WrittenReview;
const id = reviewIdOf(line);

describe("review", () => {
  it("is written once per line of an order, and stands where the model puts it", () => {
    history()
      .when("review.write", { ...line, ...words, ...bought, ...said("publish") })
      .then({ type: "review.written", data: { ...bought, ...line, ...words, ...said("publish"), at: NOW } });
    history(written("publish"))
      .when("review.write", { ...line, ...words, ...bought, ...said("publish") })
      .refused("REVIEW_WRITTEN");
    expect(stateOf(written("publish"))).toMatchObject({ status: "published", waiting: null });
    expect(stateOf(written("hold"))).toMatchObject({ status: "held", waiting: { for: "held", since: EARLIER } });
    expect(stateOf(written("reject"))).toMatchObject({ status: "rejected", waiting: null });
  });

  it("is appealed once where it is held or rejected, and then waits for a person", () => {
    const appealed: ReviewEvent = { type: "review.appealed", data: { appealText: "It is true", at: NOW } };
    history(written("reject")).when("review.appeal", { id, text: "It is true" }).then(appealed);
    history(written("publish")).when("review.appeal", { id, text: "why" }).refused("REVIEW_STATUS");
    history(written("reject"), appealed).when("review.appeal", { id, text: "again" }).refused("REVIEW_STATUS");
    expect(stateOf(written("reject"), appealed).waiting).toEqual({ for: "appeal", since: NOW });
  });

  it("is decided by a person, which its model's decision is told of", () => {
    const state = stateOf(written("hold"), decided("publish"));
    expect(state).toMatchObject({
      status: "published",
      waiting: null,
      judgement: { by: "person", verdict: "publish" },
    });
    expect(review.due?.(state)).toEqual([
      { at: EARLIER, command: "decision.outcome", params: { id: "d1", label: "publishable" } },
    ]);
    expect(review.due?.(stateOf(written("publish")))).toEqual([]);
    history(written("hold"), { type: "review.withdrawn", data: { at: EARLIER } })
      .when("review.decide", { id, verdict: "publish", note: "fine" })
      .refused("REVIEW_STATUS");
  });

  it("is not published again by a model alone after a person rejected it", () => {
    const events = history(written("hold"), decided("reject"));
    events.when("review.revise", { id, ...words, ...said("publish") }).then({
      type: "review.revised",
      data: { ...words, ...said("hold"), at: NOW },
    });
    history(written("reject"))
      .when("review.revise", { id, ...words, ...said("publish") })
      .then({ type: "review.revised", data: { ...words, ...said("publish"), at: NOW } });
  });

  it("waits when it is reported, hides when five report it, and does not hear the same ones twice", () => {
    const ones = ["a", "b", "c", "d", "e"].map((by) => reported(by));
    expect(stateOf(written("publish"), reported("a"))).toMatchObject({
      status: "published",
      waiting: { for: "report", since: EARLIER },
    });
    expect(stateOf(written("publish"), ...ones)).toMatchObject({ status: "held" });
    const heard = history(written("publish"), ...ones, decided("publish"));
    heard.when("review.report", { id, reason: "untrue", by: "a" }).then();
    heard
      .when("review.report", { id, reason: "untrue", by: "f" })
      .then({ type: "review.reported", data: { by: "f", reason: "untrue", at: NOW } });
    history(written("publish")).when("review.report", { id, reason: "untrue", by: "mia" }).refused("REVIEW_OWN");
    history(written("reject")).when("review.report", { id, reason: "untrue", by: "a" }).refused("REVIEW_STATUS");
  });

  it("is answered by the seller where it is published, and taken back by its writer", () => {
    const answered: ReviewEvent = { type: "review.answered", data: { text: "Thank you", at: NOW } };
    history(written("publish")).when("review.answer", { id, text: "Thank you" }).then(answered);
    history(written("hold")).when("review.answer", { id, text: "Thank you" }).refused("REVIEW_STATUS");
    const gone: ReviewEvent = { type: "review.withdrawn", data: { at: NOW } };
    history(written("publish")).when("review.withdraw", { id }).then(gone);
    history(written("publish"), gone).when("review.withdraw", { id }).then();
    history().when("review.withdraw", { id }).refused("NOT_FOUND");
  });
});
