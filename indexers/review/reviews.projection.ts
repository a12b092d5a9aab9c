/** One document per review. Stars, tones and sides; the words stand in the history alone. */
import type { ReviewState } from "../../models/review/review.state.aggregate";
import { documentOf } from "../kernel/document";
import { date, flag, integer, keyword } from "../kernel/fields";

export const reviews = documentOf<ReviewState>({
  name: "reviews",
  revision: 1,
  source: "review",
  fields: {
    ...{ id: keyword, version: integer, status: keyword, waiting: flag, waitingSince: date },
    ...{ productId: keyword, sellerId: keyword, customerId: keyword, channelId: keyword },
    ...{ rating: integer, language: keyword, writtenAt: date, answered: flag, tone: keyword },
    ...{ praised: keyword, criticised: keyword },
  },
  document(state, { id, version }) {
    const { status, waiting, productId, sellerId, customerId, channelId, rating, language, reading } = state;
    const named = (wanted: string): string[] =>
      (reading?.aspects ?? []).filter(({ tone }) => tone === wanted).map(({ aspect }) => aspect);
    return {
      ...{ id, version, status, waiting: waiting !== null, waitingSince: waiting?.since ?? null },
      ...{ productId, sellerId, customerId, channelId, rating, language, writtenAt: state.writtenAt },
      ...{ answered: state.answer !== null, tone: reading?.tone ?? null },
      ...{ praised: named("praise"), criticised: named("complaint") },
    };
  },
});
