/**
 * The search of products, for whoever asks: with the taste of a visitor who lets it be gone by, and for everybody else
 * exactly as the read side answers it. What keeps a taste from being known, or a ranking from being kept, never keeps a
 * search from being answered.
 */
import type { Logger } from "pino";
import type { Calls } from "../../models/contracts";
import type { ProductHit, ProductHits, SearchProducts } from "../../models/product/product.search.contract";
import type { Ranked } from "../../models/visitor/visitor.ranking.contract";
import type { ExperimentView } from "../../models/experiment/experiment.contract";
import type { RankingSettings } from "../../models/experiment/experiment.content.contract";
import { NO_TASTE, type Taste } from "../../models/visitor/visitor.taste.contract";
import { asMall, typed } from "../kernel/call";
import type { Node } from "../kernel/node";
import type { CallSite, Query } from "../kernel/service";
import { within } from "../kernel/wait";
import type { Counter } from "./counter.service";
import { createImpressions, decisionIdsOf } from "./impressions.service";
import { normalised } from "./events.service";
import { newQueryId, queryKeyOf, type Exposure, type Place } from "./query-id.service";
import { visitorSubject } from "./subject.service";
import { takingTurns, trialFor, type Page, type Trialling } from "./trial.service";
import { personOf } from "./visitor.service";

type Asked = Omit<SearchProducts, "visitorId" | "personal">;

interface Told {
  readonly taste?: Taste;
  readonly ranked?: (ranked: readonly Ranked[]) => void;
  /** As an arm of an experiment ranks. */
  readonly ranking?: RankingSettings;
  /** Of the words, where it ranks by what others chose for them. */
  readonly queryKey?: string;
  /** Told where was searched: in a channel, and in a section by its slug. */
  readonly placed?: (place: Place) => void;
}

/** The read side's own search, which may be given a taste, and tells how it ranked. */
export type Search = (params: Asked, context: CallSite & Told) => Promise<ProductHits>;

export interface SearchDeps {
  readonly node: Pick<Node, "identity" | "clock">;
  readonly log: Pick<Logger, "warn">;
  readonly counter: Counter;
  /** Experiments that run, the oldest first; from memory. */
  readonly running?: (site: CallSite) => Promise<readonly ExperimentView[]>;
}

const TASTE_WITHIN_MS = 250;

async function tasteFor({ visitorId }: SearchProducts, site: CallSite): Promise<Taste> {
  const person = personOf(site);
  if (visitorId !== undefined) return typed<Calls>(site.caller, site.meta)("visitor.taste", { visitorId });
  if (person === null) return NO_TASTE;
  return typed<Calls>(site.caller, asMall(site.meta, "taste"))("visitor.tastePerson", { personId: person });
}

/** Who asked for it; the header speaks for who gives no param. */
const asking = (params: SearchProducts, { meta }: CallSite): SearchProducts =>
  params.visitorId === undefined && meta.visitorId !== undefined ? { ...params, visitorId: meta.visitorId } : params;

async function tasted(params: SearchProducts, site: CallSite, { log }: SearchDeps): Promise<Taste> {
  if (params.personal === false) return NO_TASTE;
  const known = tasteFor(asking(params, site), site);
  return within(TASTE_WITHIN_MS, "Reading a taste", known).catch((error: unknown) => {
    log.warn({ err: error }, "A search was answered without the visitor's taste");
    return NO_TASTE;
  });
}

/** A further page is the same search, of which nothing is counted again. */
const isNew = ({ q = "", cursor }: SearchProducts): boolean => q.trim() !== "" && cursor === undefined;

/** Ranked by relevance, and not by who wants no personal search. */
const isTriable = ({ q = "", sort, personal }: SearchProducts): boolean =>
  sort === "relevance" && personal !== false && q.trim() !== "";

/** The experiment that this search takes part in: none, for who does not want to be known. */
async function triedIn(
  params: SearchProducts,
  { refused = false }: Taste,
  site: CallSite,
  { running, log }: SearchDeps,
): Promise<Trialling | null> {
  const { visitorId } = asking(params, site);
  if (!running || visitorId === undefined || refused || !isTriable(params)) return null;
  const known = await running(site).catch((error: unknown) => {
    log.warn({ err: error }, "A search was answered without knowing of experiments");
    return [];
  });
  return known.length === 0 ? null : trialFor(known, params, visitorSubject(visitorId).who);
}

/** What nobody asked to see is not shown. */
const asAsked = (items: readonly ProductHit[], { explain = false }: SearchProducts): ProductHit[] =>
  items.map(({ parts, ...hit }) => (explain && parts ? { ...hit, parts } : hit));

interface Ranking {
  readonly taste: Taste;
  readonly trial: Trialling | null;
  /** Of the words. */
  readonly keyOf: (words: string) => string;
}

interface Answered extends Page {
  readonly hits: ProductHits;
  readonly tookMs: number;
  readonly place: Place;
}

/** As the read side is asked: whose search it is, is nothing to it. */
const plainly = ({ visitorId: _visitorId, personal: _personal, ...asked }: SearchProducts): Asked => asked;

const byTaste = ({ taste, trial }: Ranking): Taste => (trial?.ranking.personal === false ? NO_TASTE : taste);

/** Of an interleaved experiment: its first pages are put in turns. */
const inTurns = ({ trial }: Ranking, { cursor }: SearchProducts): Trialling | null =>
  trial?.pair && cursor === undefined ? trial : null;

function turned({ hits, items, ranked, ...answer }: Answered, turns: Trialling, params: SearchProducts): Answered {
  const page = takingTurns({ items, ranked }, turns, `${turns.experiment} ${normalised(params.q ?? "")}`);
  const { rules: _rules, ...unexplained } = hits;
  return { hits: params.explain === true ? hits : unexplained, ...answer, ...page, items: asAsked(page.items, params) };
}

/** What an experiment changes of a search. */
function asTried({ trial, keyOf }: Ranking, { q = "" }: SearchProducts): Pick<Told, "ranking" | "queryKey"> {
  if (trial === null) return {};
  const { ranking } = trial;
  return { ranking, ...(ranking.clicks === true && { queryKey: keyOf(q) }) };
}

/** The read side's answer; of an interleaved experiment with its products in turns. */
async function answered(search: Search, params: SearchProducts, ranking: Ranking, site: CallSite): Promise<Answered> {
  const [began, turns, taste] = [performance.now(), inTurns(ranking, params), byTaste(ranking)];
  const explain = params.explain === true || turns !== null;
  let ranked: readonly Ranked[] = [];
  let place: Place = {};
  const hits = await search(turns ? { ...plainly(params), explain } : plainly(params), {
    ...site,
    taste,
    placed: (found) => (place = found),
    ...asTried(ranking, params),
    ...((explain || taste.likings.length > 0) && { ranked: (found) => (ranked = found) }),
  });
  const tookMs = Math.round(performance.now() - began);
  const answer: Answered = { hits, items: hits.items, ranked, teams: "", tookMs, place };
  return turns === null ? answer : turned(answer, turns, params);
}

function exposureOf(trial: Trialling, { hits, tookMs, teams }: Answered): Exposure {
  return { experiment: trial.experiment, arm: trial.arm, results: hits.total, tookMs, teams };
}

export function personalSearch(search: Search, deps: SearchDeps): Query {
  const { node, counter, log } = deps;
  const keep = createImpressions(log);
  const keyOf = (words: string): string => queryKeyOf(node.identity.pepper, words);
  return async (params: SearchProducts, context) => {
    const site = context as CallSite;
    const taste = await tasted(params, site, deps);
    const trial = await triedIn(params, taste, site, deps);
    const answer = await answered(search, params, { taste, trial, keyOf }, site);
    const { hits, ranked, items, place } = answer;
    if (!isNew(params)) return { ...hits, items };
    const exposure = trial ? exposureOf(trial, answer) : undefined;
    const queryId = newQueryId(node.identity.pepper, params.q ?? "", { place, exposure });
    counter.searched({ ...place, queryId, results: hits.total, shown: items.length });
    if (ranked.length === 0) return { ...hits, items, queryId };
    keep({ queryId, at: node.clock.now(), subject: personOf(site), ranked, ...(exposure && { exposure }) }, site);
    const known = decisionIdsOf(queryId, ranked);
    const decided = items.map((hit) => {
      const decisionId = known.get(hit.id);
      return decisionId === undefined ? hit : { ...hit, decisionId };
    });
    return { ...hits, items: decided, queryId };
  };
}
