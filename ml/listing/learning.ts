/** Learns from the titles of what is listed where they belong. In a thread of its own; seeded. */
import { contested, type Contest, type Outcome } from "../kernel/contest";
import { placeByAlike, type Placed } from "./alike";
import { servedListing, suggestCategories, suggester, type ListingModel } from "./model";

export interface LearnOrder {
  /** Oldest first. */
  readonly titles: readonly Placed[];
  readonly seed: number;
  /** The model in use; left out: what ships. */
  readonly champion?: ListingModel;
}

export type Learnt = Outcome<ListingModel>;

const EACH_MIN = { teaching: 100, judging: 30 };
/** Of a place that is rarer nothing is learnt: what is like it says where it belongs. */
const OF_PLACE_MIN = 5;
const PLACES_MIN = 2;
const PLACES_MAX = 200;
/** As many as tell one model from another. */
const JUDGED_MAX = 2_000;

function frequent(titles: readonly Placed[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const { place } of titles) counts.set(place, (counts.get(place) ?? 0) + 1);
  const known = [...counts].filter(([, count]) => count >= OF_PLACE_MIN).sort(([, a], [, b]) => b - a);
  return new Set(known.slice(0, PLACES_MAX).map(([place]) => place));
}

const lacking: Contest<Placed, ListingModel>["lacking"] = (teaching, judging) => {
  const places = frequent(teaching).size;
  if (teaching.length >= EACH_MIN.teaching && judging.length >= EACH_MIN.judging && places >= PLACES_MIN) return null;
  const there = `There are ${teaching.length} and ${judging.length} titles to teach and to judge, of ${places} places`;
  const needed = `${EACH_MIN.teaching} and ${EACH_MIN.judging}, of ${PLACES_MIN} with ${OF_PLACE_MIN} each, are needed`;
  return `${there}; ${needed}.`;
};

function right(titles: readonly Placed[], said: (text: string) => string): number {
  const judged = titles.slice(-JUDGED_MAX);
  return judged.filter(({ text, place }) => said(text) === place).length / judged.length;
}

function judge(model: ListingModel, titles: readonly Placed[]): number {
  const suggest = suggester(model);
  return right(titles, (text) => suggestCategories(suggest, text)[0]?.category ?? "");
}

function train(teaching: readonly Placed[], seed: number): ListingModel {
  const places = frequent(teaching);
  const known = teaching.filter(({ place }) => places.has(place));
  return servedListing(
    known.map(({ text }) => text),
    known.map(({ place }) => place),
    seed,
  );
}

export const run = ({ titles, seed, champion }: LearnOrder): Promise<Learnt> =>
  Promise.resolve(
    contested<Placed, ListingModel>({
      ...{ lessons: titles, measure: "ACC", lacking, judge },
      train: (teaching) => train(teaching, seed),
      first: (teaching, judging) => right(judging, placeByAlike(teaching)),
      ...(champion && { champion }),
    }),
  );
