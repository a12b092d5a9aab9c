/**
 * What the version that watches would have decided: the newest decisions, taken again by it from what was kept of them.
 * Nobody who is served waits for it, and nothing is decided by it.
 */
import Joi from "../kernel/schema";
import type { Actions } from "../kernel/contract";
import { hashSchema } from "./model.card.contract";
import { modelIdSchema, type ModelId } from "./model.id.contract";

export interface Watcher {
  readonly hash: string;
  readonly number: number;
}

/** Of those of which somebody said what became of them: how many came out as they should have. */
export interface ComeTrue {
  readonly count: number;
  readonly decided: number;
  readonly shadow: number;
}

export interface Compared extends ModelId {
  /** Null: no version watches. */
  readonly shadow: Watcher | null;
  /** Decisions that it took again, of the newest. */
  readonly decisions: number;
  /** Of how many it comes to the same verdict; where a kind has none, to the same score. */
  readonly same: number;
  /** How many would come out so instead of so: `allow>review`. */
  readonly moved: Readonly<Record<string, number>>;
  /** Mean of how far its score is from the one that was decided by; null where there are none. */
  readonly apart: number | null;
  readonly cameTrue: ComeTrue | null;
}

export interface CompareModel extends ModelId {
  readonly decisions: number;
}

export interface ModelShadowCalls {
  "model.compare": { params: CompareModel; result: Compared };
}

export const COMPARED_MAX = 500;

const count = Joi.number().integer().min(0).required();

export const modelShadowActions: Actions<ModelShadowCalls> = {
  "model.compare": {
    key: "id",
    owner: "platform",
    kind: "query",
    permission: "model.read",
    summary: "What the version that watches would have decided, beside what was decided",
    params: Joi.object<CompareModel, true>({
      id: modelIdSchema,
      decisions: Joi.number().integer().min(1).max(COMPARED_MAX).default(200),
    }),
    // not strict: Joi has no word for read-only lists
    result: Joi.object<Compared>({
      id: modelIdSchema,
      shadow: Joi.object<Watcher, true>({ hash: hashSchema.required(), number: count }).allow(null).required(),
      decisions: count,
      same: count,
      moved: Joi.object()
        .pattern(/^[a-z-]{1,32}>[a-z-]{1,32}$/, Joi.number().integer().min(1))
        .required(),
      apart: Joi.number().unsafe().min(0).allow(null).required(),
      cameTrue: Joi.object<ComeTrue, true>({ count, decided: count, shadow: count }).allow(null).required(),
    }),
    http: { method: "GET", path: "/v1/models/{id}/shadow" },
  },
};

/** What is compared: what was decided, what the other comes to, and what somebody said of it later. */
export interface Pair {
  readonly was: { readonly score: number; readonly verdict?: string };
  readonly is: { readonly score: number; readonly verdict?: string };
  readonly label?: string;
}

/** Verdicts that a label asks for, by kind; of other labels it is not known. */
type Wanted = (label: string) => readonly string[];
const WANTED: Readonly<Record<string, Wanted>> = {
  fraud: (label) => (["fraud", "chargeback"].includes(label) ? ["challenge", "review", "block"] : ["allow"]),
  sentiment: (label) => [label],
  moderation: (label) => (label === "publishable" ? ["publish"] : ["hold", "reject"]),
  duplicate: (label) => [label],
  intent: (label) => (label === "bought" ? ["buying"] : ["looking"]),
};

const isSame = ({ was, is }: Pair): boolean =>
  was.verdict === undefined ? was.score === is.score : was.verdict === is.verdict;

function cameTrueOf(kind: string, pairs: readonly Pair[]): ComeTrue | null {
  const wanted = WANTED[kind];
  const said = wanted ? pairs.flatMap(({ label, ...pair }) => (label === undefined ? [] : [{ ...pair, label }])) : [];
  if (!wanted || said.length === 0) return null;
  const right = (of: "was" | "is"): number =>
    said.filter((pair) => wanted(pair.label).includes(pair[of].verdict ?? "")).length;
  return { count: said.length, decided: right("was"), shadow: right("is") };
}

/** Pure. */
export function comparedOf(kind: string, pairs: readonly Pair[]): Omit<Compared, "id" | "shadow"> {
  const moved: Record<string, number> = {};
  for (const { was, is } of pairs) {
    if (was.verdict === undefined || is.verdict === undefined || was.verdict === is.verdict) continue;
    const key = `${was.verdict}>${is.verdict}`;
    moved[key] = (moved[key] ?? 0) + 1;
  }
  const gaps = pairs.map(({ was, is }) => Math.abs(was.score - is.score));
  const apart = gaps.length === 0 ? null : gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  return {
    ...{ decisions: pairs.length, same: pairs.filter(isSame).length },
    ...{ moved, apart, cameTrue: cameTrueOf(kind, pairs) },
  };
}
