/**
 * Keeps why products stood where they stood, behind the answer: a ranking moves no money, and a search must not wait
 * for it. A page is one fact, and pages that come together are written together. What comes faster than it can be
 * written is left out, and said so in the log.
 */
import type { Logger } from "pino";
import type { Calls } from "../../models/contracts";
import { DECISIONS_MAX, type FeatureValue } from "../../models/decision/decision.data.contract";
import { packed, pageDecisionId, type NewPage } from "../../models/decision/decision.page.contract";
import { derivedId } from "../../models/kernel/ids";
import { featuresOf, RANKED_BY, rankedFrom, type Ranked } from "../../models/visitor/visitor.ranking.contract";
import { asMall, typed } from "../kernel/call";
import type { CallSite } from "../kernel/service";
import type { Exposure } from "./query-id.service";

const pageOf = (queryId: string): string => derivedId("rank", queryId);

/** The id of each decision, by product: it follows from the search, whose id is signed, and the place on the page. */
export function decisionIdsOf(queryId: string, ranked: readonly Ranked[]): ReadonlyMap<string, string> {
  const page = pageOf(queryId);
  return new Map(ranked.slice(0, DECISIONS_MAX).map(({ productId }, n) => [productId, pageDecisionId(page, n)]));
}

export interface Impression {
  readonly queryId: string;
  readonly at: string;
  /** Whose account it is; null for a visitor who is not logged in: then nothing of it says whose it was. */
  readonly subject: string | null;
  readonly ranked: readonly Ranked[];
  /** Of the experiment that the search took part in. */
  readonly exposure?: Exposure;
}

const UNDER_WAY_MAX = 50;

/** Which experiment, which arm, and in a list of two rankings whose the product was. */
function triedIn({ exposure }: Impression, position: number): Readonly<Record<string, FeatureValue>> {
  if (exposure === undefined) return {};
  const { experiment, arm, teams } = exposure;
  const team = teams[position];
  return { "trial.experiment": experiment, "trial.arm": arm, ...(team !== undefined && { "trial.team": team }) };
}

function factOf(impression: Impression): NewPage {
  const { queryId, at, subject } = impression;
  const ranked = impression.ranked.slice(0, DECISIONS_MAX);
  const taken = ranked.map((one) => rankedFrom({ ...featuresOf(one, queryId), ...triedIn(impression, one.position) }));
  return {
    ...{ id: pageOf(queryId), kind: "rank", at, model: RANKED_BY, subject },
    ...{ aboutType: "product", about: ranked.map(({ productId }) => productId), told: packed(taken) },
  };
}

export type Impressions = (impression: Impression, site: CallSite) => void;

export function createImpressions(log: Pick<Logger, "warn">): Impressions {
  let underWay = 0;
  return (impression, { caller, meta }) => {
    if (impression.ranked.length === 0) return;
    if (underWay >= UNDER_WAY_MAX) {
      log.warn({ queryId: impression.queryId }, "Rankings come faster than they can be kept: one was left out");
      return;
    }
    underWay += 1;
    // nothing of it before the answer is on its way
    setImmediate(() => {
      Promise.resolve(impression)
        .then((shown) => typed<Calls>(caller, asMall(meta, "rank"))("decision.recordPage", factOf(shown)))
        .catch((error: unknown) => log.warn({ err: error }, "A ranking could not be kept"))
        .finally(() => (underWay -= 1));
    });
  };
}
