/**
 * Decisions of one answered page, kept as one fact: what all of them share is told once, names of features and of parts
 * once, and of each decision its own numbers alone. Each comes out again as it went in, in its order and bit by bit.
 * Pure.
 */
import type { Fact } from "../kernel/facts";
import { derivedId } from "../kernel/ids";
import type {
  Contribution,
  DecidedBy,
  DecisionFact,
  DecisionKind,
  DecisionReason,
  FeatureValue,
  NewDecision,
  Taken,
} from "./decision.data.contract";

/** As who decides records it. */
export interface NewPage {
  readonly id: string;
  readonly kind: DecisionKind;
  readonly at: string;
  readonly model: DecidedBy;
  readonly subject: string | null;
  readonly aboutType: string;
  /** What each decision is about, in their order. */
  readonly about: readonly string[];
  /** The decisions, as `packed` writes them. */
  readonly told: string;
}

/** As it is kept, beside decisions that are facts of their own. */
export interface PageFact extends Fact {
  readonly id: string;
  readonly kind: DecisionKind;
  readonly model: DecidedBy;
  readonly subject: string | null;
  readonly aboutType: string;
  readonly aboutId: readonly string[];
  /** Null after the person's data was erased. */
  readonly told: string | null;
}

export type KeptDecision = DecisionFact | PageFact;

type Numbered<T> = readonly T[];

/** A decision of a page: places in the page's lists, and its own numbers. */
interface Own {
  /** Its features' names, in their order; then the values of those that differ on the page. */
  readonly f: number;
  readonly x: readonly FeatureValue[];
  /** The names of its parts; then their values, null for a part that is what the feature of its name is. */
  readonly c: number;
  readonly y: readonly (number | null)[];
  readonly r: number;
  readonly s: number;
  readonly w?: readonly number[];
  readonly v?: string;
  readonly u?: readonly string[];
}

/** Which form it is: a further one is a further case of `unpacked`. */
const FORM = 1;

interface Packed {
  readonly form: number;
  readonly same: Taken["features"];
  readonly names: Numbered<readonly string[]>;
  readonly reasons: Numbered<DecisionReason>;
  readonly own: readonly Own[];
}

interface Table<T> {
  readonly entries: T[];
  place(key: string, entry: T): number;
}

function tableOf<T>(): Table<T> {
  const places = new Map<string, number>();
  const entries: T[] = [];
  return {
    entries,
    place(key, entry) {
      const known = places.get(key);
      if (known !== undefined) return known;
      places.set(key, entries.length);
      return entries.push(entry) - 1;
    },
  };
}

const isSame = (all: readonly Taken[], name: string, value: FeatureValue): boolean =>
  all.every(({ features }) => Object.is(features[name], value));

const sharedBy = (all: readonly Taken[]): Taken["features"] =>
  Object.fromEntries(Object.entries(all[0]?.features ?? {}).filter(([name, value]) => isSame(all, name, value)));

/** JSON knows no other numbers. */
function finite<T extends FeatureValue>(value: T): T {
  if (typeof value === "number" && !Number.isFinite(value)) throw new Error("A decision has a number that is none");
  return value;
}

interface Tables {
  readonly same: Taken["features"];
  readonly names: Table<readonly string[]>;
  readonly reasons: Table<DecisionReason>;
}

function ownOf({ features, contributions, residual, score, ...taken }: Taken, { same, names, reasons }: Tables): Own {
  const place = (list: readonly string[]): number => names.place(list.join("\n"), list);
  const { reasons: why = [], verdict: v, rules: u } = taken;
  const w = why.map((reason) => reasons.place(JSON.stringify(reason), reason));
  const valueOf = ({ name, value }: Contribution): number | null =>
    Object.is(features[name], value) ? null : finite(value);
  const keys = Object.keys(features);
  return {
    f: place(keys),
    x: keys.filter((name) => !Object.hasOwn(same, name)).map((name) => finite(features[name] ?? null)),
    c: place(contributions.map(({ name }) => name)),
    y: contributions.map(valueOf),
    r: finite(residual),
    s: finite(score),
    ...(taken.reasons !== undefined && { w }),
    ...(v !== undefined && { v }),
    ...(u !== undefined && { u }),
  };
}

/** @throws Error for a number that is none */
export function packed(all: readonly Taken[]): string {
  const tables: Tables = { same: sharedBy(all), names: tableOf(), reasons: tableOf() };
  const own = all.map((taken) => ownOf(taken, tables));
  const { same, names, reasons } = tables;
  return JSON.stringify({ form: FORM, same, names: names.entries, reasons: reasons.entries, own } satisfies Packed);
}

function takenOf({ same, names, reasons }: Packed, { f, x, c, y, r, s, w, v, u }: Own): Taken {
  let next = 0;
  const features = Object.fromEntries(
    (names[f] ?? []).map((name) => [name, (Object.hasOwn(same, name) ? same[name] : x[next++]) ?? null]),
  );
  const contributions = (names[c] ?? []).map((name, i) => ({ name, value: y[i] ?? Number(features[name]) }));
  return {
    ...{ features, contributions, residual: r, score: s },
    ...(w !== undefined && { reasons: w.flatMap((place) => reasons[place] ?? []) }),
    ...(v !== undefined && { verdict: v }),
    ...(u !== undefined && { rules: u }),
  };
}

/** What was packed, in its order. @throws Error for a text that `packed` did not write */
export function unpacked(told: string): Taken[] {
  const page = JSON.parse(told) as Packed;
  if (page.form !== FORM) throw new Error("These decisions were written in a form that is not known here");
  return page.own.map((own) => takenOf(page, own));
}

export const pageDecisionId = (pageId: string, place: number): string => `${pageId}-${place}`;

export const PAGE_ID_PATTERN = /^[a-z0-9]{26}$/;
const OF_A_PAGE = /^([a-z0-9]{26})-(\d{1,3})$/;

/** The page that a decision stands on; null for one that is a fact of its own. */
export const pageIdIn = (decisionId: string): string | null => OF_A_PAGE.exec(decisionId)?.[1] ?? null;

export const isPage = (fact: KeptDecision): fact is PageFact => Array.isArray(fact.aboutId);

/** A moment and an id of 26 characters, as every fact's: decisions lie in the order of time. */
export const decisionFactId = (at: string, id: string): string => `${at}/${derivedId("decision", id)}`;

/** A decision as a fact of its own. */
export function decisionFactOf({ id, at, kind, model, subject, about, ...taken }: NewDecision): DecisionFact {
  const moment = new Date(at).toISOString();
  const head = { id, at: moment, kind, model, subject, aboutType: about.type, aboutId: about.id };
  const { verdict } = taken;
  return { _id: decisionFactId(moment, id), ...head, ...(verdict !== undefined && { verdict }), taken };
}

/** A fact's decisions, one by one, as if each had been kept by itself. */
export function decisionsIn(fact: KeptDecision): DecisionFact[] {
  if (!isPage(fact)) return [fact];
  const { told, aboutId, id: page, ...head } = fact;
  const taken = told === null ? [] : unpacked(told);
  return aboutId.map((about, place) => {
    const id = pageDecisionId(page, place);
    const { verdict } = taken[place] ?? {};
    const own = { ...(verdict !== undefined && { verdict }), taken: taken[place] ?? null };
    return { ...head, _id: decisionFactId(fact.at, id), id, aboutId: about, ...own };
  });
}
