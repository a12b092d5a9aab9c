/**
 * All rules of merchandising at one moment, in memory: which of them speak on a search is known without asking the
 * engine, so that they cost no further request. Pure but for the directory that keeps it new.
 */
import type { MerchandisingView } from "../../models/merchandising/merchandising.result.contract";
import type { MerchandisingRule } from "../../models/merchandising/merchandising.rule.contract";
import { createDirectory, type Directory } from "../kernel/directory";
import type { QueryDeps } from "../kernel/query";

export interface MerchandisingBook {
  /** By priority, the highest first; equals by id. */
  readonly all: readonly MerchandisingView[];
  readonly get: (id: string) => MerchandisingView | undefined;
}

export type Merchandising = Directory<MerchandisingBook>;

const FIELDS = ["id", "version", "status", "name", "channel", "section", "from", "until", "priority", "rule"];
/** Of all channels, and those that are off. */
const DOCUMENTS_MAX = 20_000;

const first = (a: MerchandisingView, b: MerchandisingView): number => b.priority - a.priority || (a.id < b.id ? -1 : 1);

export const bookOf = (all: ReadonlyMap<string, MerchandisingView>): MerchandisingBook => ({
  all: [...all.values()].sort(first),
  get: (id) => all.get(id),
});

export const NO_MERCHANDISING: MerchandisingBook = bookOf(new Map());

export const createMerchandising = (deps: QueryDeps): Merchandising =>
  createDirectory<MerchandisingView, MerchandisingBook>({
    ...{ deps, projection: "merchandising", fields: FIELDS, documentsMax: DOCUMENTS_MAX },
    make: (all) => bookOf(new Map(all)),
  });

/** Where and when a search is made. */
export interface Place {
  readonly channel?: string | undefined;
  /** Names of the section: its slug and its id. */
  readonly section: readonly string[];
  /** Moment in UTC with milliseconds. */
  readonly at: string;
}

/** A rule that is taken as if it were on, or left out, whatever it is: for a preview. */
export interface Tried {
  readonly id: string;
  readonly speaks: boolean;
}

export type RuleOf<K extends MerchandisingRule["kind"]> = Extract<MerchandisingRule, { kind: K }>;

export interface Speaking<K extends MerchandisingRule["kind"]> {
  readonly id: string;
  readonly rule: RuleOf<K>;
}

/** Whether its schedule lets it speak then. */
export const within = ({ from, until }: Pick<MerchandisingView, "from" | "until">, at: string): boolean =>
  (from === null || from <= at) && (until === null || at < until);

const isIn = (view: MerchandisingView, { channel, section }: Place): boolean =>
  (view.channel === null || view.channel === channel) && (view.section === null || section.includes(view.section));

function isOn(view: MerchandisingView, { at }: Place, tried: Tried | undefined): boolean {
  if (view.id === tried?.id) return tried.speaks;
  return view.status === "on" && within(view, at);
}

/** The rules of a kind that hold there and then, by priority. */
export function rulesIn<K extends MerchandisingRule["kind"]>(
  { all }: MerchandisingBook,
  kind: K,
  { place, tried }: { readonly place: Place; readonly tried?: Tried | undefined },
): Speaking<K>[] {
  const holding = all.filter((view) => view.rule.kind === kind && isIn(view, place) && isOn(view, place, tried));
  return holding.map(({ id, rule }) => ({ id, rule: rule as RuleOf<K> }));
}
