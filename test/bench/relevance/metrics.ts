/** How good a ranking is, given grades of some of its products. Pure. */

/** Grade by product, 0 to 3; what is not in it was never judged. */
export type Grades = ReadonlyMap<string, number>;

const AT = 10;
/** From this grade on a product counts as relevant. */
const RELEVANT = 1;

const gain = (grade: number): number => 2 ** grade - 1;
const dcg = (grades: readonly number[]): number =>
  grades.slice(0, AT).reduce((sum, grade, at) => sum + gain(grade) / Math.log2(at + 2), 0);

const ideal = (grades: Grades): number => dcg([...grades.values()].sort((a, b) => b - a));

/** A query of which nothing that was judged is relevant ranks nothing better than something else: it has no nDCG. */
export const isTelling = (grades: Grades): boolean => ideal(grades) > 0;

/** nDCG@10 with gain 2^grade − 1; what was not judged counts as grade 0. */
export const ndcg = (ids: readonly string[], grades: Grades): number =>
  dcg(ids.map((id) => grades.get(id) ?? 0)) / ideal(grades);

/** The same of the judged ones alone, as if the others had not been found. */
export const condensed = (ids: readonly string[], grades: Grades): number =>
  ndcg(
    ids.filter((id) => grades.has(id)),
    grades,
  );

/** The share of the first ten places that were judged. */
export const judged = (ids: readonly string[], grades: Grades): number =>
  ids.slice(0, AT).filter((id) => grades.has(id)).length / AT;

/** One through the place of the first relevant one among the first ten, else 0. */
export function reciprocalRank(ids: readonly string[], grades: Grades): number {
  const at = ids.slice(0, AT).findIndex((id) => (grades.get(id) ?? 0) >= RELEVANT);
  return at < 0 ? 0 : 1 / (at + 1);
}

export const mean = (values: readonly number[]): number =>
  values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0) / values.length;
