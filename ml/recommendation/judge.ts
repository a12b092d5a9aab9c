/**
 * Nets and the blend held against the cases, on two cores: half of the cases in a thread of its own, which is handed
 * what was learnt. Each case is judged by itself, so that it makes no difference which thread does it.
 */
import { runApart } from "../kernel/apart";
import { useBackend } from "../kernel/backends";
import { type Proposer, proposer } from "./candidates";
import type { ItemFacts } from "./item-facts";
import { blendedRanks } from "./lessons";
import type { Judging } from "./metrics";
import type { NetKind } from "./net-parts";
import { type Asked, askNet, type LearntNet, netOf } from "./net-scores";
import type { Counted } from "./neighbours";
import type { Ranker } from "./ranker";
import { type Cases, countOf, sequencesOf, spanOf } from "./sequences";
import type { TransitionSettings } from "./transition";
import { type LearntViews, type View, viewsOf } from "./views";

/** What is proposed from, the net aside: learnt from `counted` alone. */
export interface Seen {
  readonly counted: Counted;
  readonly settings: TransitionSettings;
  readonly views: LearntViews;
  readonly facts: ItemFacts;
}

export interface ToJudge {
  readonly cases: Cases;
  readonly judging: Judging;
  readonly nets: readonly LearntNet[];
  readonly seen: Seen;
  readonly ranker: Ranker;
}

export interface NetsAndBlend {
  /** Of each net, in their order. */
  readonly nets: readonly Int32Array[];
  readonly blended: Int32Array;
}

type Told = (fraction: number) => void;

/** How many of a net's best become candidates. */
const TAKES: Readonly<Record<NetKind, number>> = { attention: 60, towers: 40 };

export interface Answered extends Asked {
  readonly kind: NetKind;
}

export function answersOf(nets: readonly LearntNet[], cases: Cases, repeats: boolean, told: Told): Answered[] {
  return nets.map((net, n) => ({
    kind: net.settings.kind,
    ...askNet(netOf(net), cases, repeats, (fraction) => told((n + fraction) / nets.length)),
  }));
}

export function proposerOf(seen: Seen, answers: readonly Answered[], { itemCount, repeats }: Judging): Proposer {
  const { counted, settings, views, facts } = seen;
  const ofNets = answers.map(({ kind, score }): View => ({ name: kind, score, take: TAKES[kind] }));
  return proposer({ views: [...viewsOf(counted, views, settings), ...ofNets], facts, itemCount, repeats });
}

function judged({ cases, judging, nets, seen, ranker }: ToJudge, told: Told): NetsAndBlend {
  const answers = answersOf(nets, cases, judging.repeats, told);
  const blended = blendedRanks(proposerOf(seen, answers, judging), ranker, cases, judging.itemCount);
  return { nets: answers.map(({ ranks }) => ranks), blended };
}

/** In the other thread. */
export async function run(order: ToJudge): Promise<NetsAndBlend> {
  await useBackend();
  return judged(order, () => undefined);
}

function part({ prefixes, targets }: Cases, from: number, to: number): Cases {
  const spans = Array.from({ length: to - from }, (_none, i) => spanOf(prefixes, from + i));
  return { prefixes: sequencesOf(spans), targets: targets.slice(from, to) };
}

function joined(a: Int32Array, b: Int32Array): Int32Array {
  const all = new Int32Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}

const HEAP_MB = 1_024;

/** @param beside what this thread does first, while the other one is under way */
export async function judgedByTwo(
  order: ToJudge,
  share: number,
  beside: () => void,
  told: Told,
): Promise<NetsAndBlend> {
  const all = countOf(order.cases.prefixes);
  const own = Math.floor(all * share);
  const data: ToJudge = { ...order, cases: part(order.cases, own, all) };
  const apart = runApart<NetsAndBlend>({ module: "recommendation/judge", data, heapMb: HEAP_MB });
  beside();
  const here = judged({ ...order, cases: part(order.cases, 0, own) }, told);
  const there = await apart.result;
  const nets = here.nets.map((ranks, n) => joined(ranks, there.nets[n] as Int32Array));
  return { nets, blended: joined(here.blended, there.blended) };
}
