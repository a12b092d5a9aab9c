/**
 * What the version that watches would have decided: the newest decisions, taken again by it from what was kept of them.
 * Nobody who is served waits for it, and nothing is decided by it.
 */
import Joi from "../kernel/schema";
import type { Actions } from "../kernel/contract";
import type { Taken } from "../decision/decision.data.contract";
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
  /** Of how many it comes to the same verdict, or chooses the same; where a kind has neither, to the same score. */
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

/** As much of a decision as is compared. */
type Compares = Pick<Taken, "score" | "verdict"> & Partial<Pick<Taken, "features">>;

/** What is compared: what was decided, what the other comes to, and what somebody said of it later. */
export interface Pair {
  readonly was: Compares;
  readonly is: Compares;
  readonly label?: string;
  /** What it should have been, of kinds that choose one of many. */
  readonly what?: string;
}

/** The feature of a decision without a verdict that says what it chose first. */
export const CHOSEN_FIRST = "suggested_1";

/** The verdict, or what was chosen; undefined where the score is all there is. */
const chosenIn = ({ verdict, features }: Compares) => verdict ?? features?.[CHOSEN_FIRST];

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
  chosenIn(was) === undefined ? was.score === is.score : chosenIn(was) === chosenIn(is);

/** What it should have come to; null where nobody said so. */
function wantedIn(kind: string, { label, what }: Pair): readonly string[] | null {
  if (what !== undefined) return [what];
  const wanted = WANTED[kind];
  return wanted === undefined || label === undefined ? null : wanted(label);
}

function cameTrueOf(kind: string, pairs: readonly Pair[]): ComeTrue | null {
  const said = pairs.flatMap((pair) => {
    const wanted = wantedIn(kind, pair);
    return wanted === null ? [] : [{ ...pair, wanted }];
  });
  if (said.length === 0) return null;
  const right = (of: "was" | "is"): number =>
    said.filter(({ wanted, ...pair }) => wanted.includes(String(chosenIn(pair[of]) ?? ""))).length;
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
