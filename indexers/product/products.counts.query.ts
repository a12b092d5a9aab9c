/**
 * Facets, made of what the engine counted (`products.facets.query.ts`). Which attributes make one is found in the data:
 * those with the most frequent values among what was found. A number of many values is offered in ranges. Pure.
 */
import type { FacetValue } from "../../models/product/product.search.contract";
import { mostFrequent } from "./products.category.query";
import { ATTRIBUTE, TOGETHER, VALUES_MAX } from "./products.facets.query";
import { havingOne, numberRange, priceRange, rangesOf, stepOf, type CountedStep } from "./products.ranges.query";

const ATTRIBUTES_MAX = 10;
/** Attributes in ranges, beside those in values. */
const RANGED_MAX = 5;
/** So many numbers are told one by one. */
const NUMBERS_MAX = 8;

export type Facets = Record<string, FacetValue[]>;

interface Bucket {
  readonly key: string;
  readonly doc_count: number;
  /** Of offers: their products. */
  readonly products?: { readonly doc_count: number };
}

interface Buckets {
  readonly buckets: readonly Bucket[];
}

interface Counted {
  readonly values: Buckets;
}

/** Of attributes numbers are counted by their steps, too. */
interface CountedNumbers extends Counted {
  readonly steps: Buckets;
}

type Found = Counted | CountedNumbers;

/** A seller's name by its id. */
export type NameOf = (id: string) => string | null;

/** How what was counted is told. */
export interface Telling {
  readonly nameOf?: NameOf;
  /** How the counts per category of the tree are shown. */
  readonly rolled?: (leaves: readonly FacetValue[]) => readonly FacetValue[];
  /** Whether an attribute is offered as a filter. */
  readonly isFacet?: (name: string) => boolean;
  /** In what an attribute's numbers are counted. */
  readonly unitOf?: (name: string) => string | undefined;
  /** What prices were asked for: ranges are told within. */
  readonly priceMin?: number | undefined;
  readonly priceMax?: number | undefined;
}

const mostFirst = (one: FacetValue, other: FacetValue): number =>
  other.count - one.count || (one.value < other.value ? -1 : 1);

/** As the engine orders them. */
const valuesOf = (found: Found): FacetValue[] =>
  found.values.buckets.map(({ key: value, doc_count: count }) => ({ value, count }));

/** What is counted of offers: by their products. */
function valuesOfOffers(found: Counted | undefined): FacetValue[] {
  const values = (found?.values.buckets ?? []).map(({ key: value, doc_count, products }) => ({
    value,
    count: products?.doc_count ?? doc_count,
  }));
  return values.sort(mostFirst).slice(0, VALUES_MAX);
}

const named = (values: readonly FacetValue[], nameOf: NameOf): FacetValue[] =>
  values.map((value) => {
    const label = nameOf(value.value);
    return label === null ? value : { ...value, label };
  });

function add(facets: Facets, { value: term, count }: FacetValue): void {
  const at = term.indexOf(":");
  const values = (facets[term.slice(0, at)] ??= []);
  if (values.length < VALUES_MAX) values.push({ value: term.slice(at + 1), count });
}

/** By name, in the order of the most frequent one of each: as the engine orders them. */
function byName(found: readonly FacetValue[]): Facets {
  const facets: Facets = {};
  for (const value of found) add(facets, value);
  return facets;
}

type Steps = ReadonlyMap<string, readonly CountedStep[]>;

function stepsIn(found: Found | undefined): Steps {
  const steps = new Map<string, CountedStep[]>();
  const buckets = found && "steps" in found ? found.steps.buckets : [];
  for (const { key, doc_count: count } of buckets) {
    const at = key.indexOf(":");
    const [name, step] = [key.slice(0, at), stepOf(key.slice(at + 1), count)];
    if (step === null) continue;
    const own = steps.get(name);
    if (own) own.push(step);
    else steps.set(name, [step]);
  }
  return steps;
}

const sumOf = (values: readonly FacetValue[]): number => values.reduce((sum, { count }) => sum + count, 0);

/** A few numbers, and all of them, are told as they are; null for what is to be told so. */
function inRanges(values: readonly FacetValue[] = [], steps: readonly CountedStep[] = []): FacetValue[] | null {
  if (values.length <= NUMBERS_MAX && sumOf(values) >= havingOne(steps)) return null;
  const ranges = rangesOf(steps);
  return ranges.length === 0 ? null : ranges.map(numberRange);
}

/** An attribute of which everything found has the same one value leaves nothing to choose. */
function attributeFacets(found: readonly FacetValue[], steps: Steps, isFacet: (name: string) => boolean): Facets {
  const valued = byName(found);
  const ranged = new Map<string, FacetValue[]>();
  for (const [name, own] of steps) {
    if (ranged.size === RANGED_MAX) break;
    const ranges = isFacet(name) ? inRanges(valued[name], own) : null;
    if (ranges !== null) ranged.set(name, ranges);
  }
  const choices = Object.entries(valued).filter(
    ([name, values]) => values.length > 1 && isFacet(name) && !ranged.has(name),
  );
  return Object.fromEntries([...choices.slice(0, ATTRIBUTES_MAX), ...ranged]);
}

/** Of an attribute that something was chosen of: also when nothing is left of it. */
function chosenFacet([facet, found]: readonly [string, Found]): Facets {
  const name = facet.slice(ATTRIBUTE.length);
  const values = byName(valuesOf(found))[name] ?? [];
  return { [name]: inRanges(values, stepsIn(found).get(name)) ?? values };
}

interface CountedPrices {
  readonly steps: Buckets;
  readonly currencies: { readonly buckets: readonly object[] };
}

/** What is counted of offers lies three levels deeper, all of it at once. */
interface CountedOffers {
  readonly seller?: Counted;
  readonly condition?: Counted;
  readonly price?: CountedPrices;
}

/** Of one currency: amounts of several say nothing together. */
function pricesOf(found: CountedPrices | undefined, { priceMin = 0, priceMax = Infinity }: Telling): FacetValue[] {
  const { steps, currencies } = found ?? {};
  if (!steps || currencies?.buckets.length !== 1) return [];
  const counted = steps.buckets.flatMap(({ key, doc_count, products }) => {
    const step = stepOf(key, products?.doc_count ?? doc_count);
    return step === null ? [] : [step];
  });
  const ranges = rangesOf(counted);
  return ranges.map(({ from, to, ...range }) =>
    priceRange({ ...range, from: Math.max(from, priceMin), to: Math.min(to, priceMax + 1) }),
  );
}

/** Ranges of an attribute that is counted in something say so. */
const inUnits = (facets: Facets, unitOf: NonNullable<Telling["unitOf"]>): Facets =>
  Object.fromEntries(
    Object.entries(facets).map(([name, values]) => {
      const unit = unitOf(name);
      const isRanged = unit !== undefined && values.some(({ from }) => from !== undefined);
      return [name, isRanged ? values.map((value) => ({ ...value, unit })) : values];
    }),
  );

const told = (found: Found | undefined): FacetValue[] => (found ? valuesOf(found) : []);

const PLAINLY: Required<Pick<Telling, "nameOf" | "rolled" | "isFacet" | "unitOf">> = {
  nameOf: () => null,
  rolled: () => [],
  isFacet: () => true,
  unitOf: () => undefined,
};

interface Aggregations {
  readonly offers?: { readonly offers: { readonly fitting: CountedOffers } };
  readonly [facet: string]: unknown;
}

/** Wherever it was counted: together with others, or for itself. */
function apart(aggregations: unknown): { counts: Record<string, Found>; offers: CountedOffers } {
  const { [TOGETHER]: together, ...own } = aggregations as Record<string, object>;
  const { offers, ...counts } = { ...together, ...own } as Aggregations;
  return { counts: counts as Record<string, Found>, offers: offers?.offers.fitting ?? {} };
}

/** Of an attribute that is no facet counts are only told when something of it is chosen, so that it can be undone. */
export function readFacets(aggregations: unknown, telling: Telling = {}): Facets {
  const { nameOf, rolled, isFacet, unitOf } = { ...PLAINLY, ...telling };
  const { counts, offers } = apart(aggregations);
  const { attributes, tree, brand, category, ...found } = counts;
  const ofAttributes = attributeFacets(told(attributes), stepsIn(attributes), isFacet);
  const chosen = Object.entries(found).filter(([facet]) => facet.startsWith(ATTRIBUTE));
  for (const entry of chosen) Object.assign(ofAttributes, chosenFacet(entry));
  return {
    ...inUnits(ofAttributes, unitOf),
    brand: told(brand),
    category: mostFrequent([...told(category), ...rolled(told(tree))], VALUES_MAX),
    seller: named(valuesOfOffers(offers.seller), nameOf),
    condition: valuesOfOffers(offers.condition),
    price: pricesOf(offers.price, telling),
  };
}
