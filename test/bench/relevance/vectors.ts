/**
 * Vectors of words and products, learnt from the catalogue alone: what is said of products as a matrix of words, and of
 * it the few directions in which most of it lies (latent semantic indexing, by power iterations from a seeded start).
 * Words that stand beside the same others come to lie close together, though they never stand in one title.
 */
import type { ImportRecord } from "../../../bin/import/record";
import { mulberry } from "../../../models/kernel/mulberry";

const DIMENSIONS = 96;
const TURNS = 4;
/** Rarer words tell nothing of each other. */
const PRODUCTS_MIN = 3;
/** More frequent ones tell nothing of a product. */
const SHARE_MAX = 0.25;

const wordsOf = (text: string): string[] =>
  [...text.toLowerCase().matchAll(/[\p{L}\p{N}]{2,}/gu)].map(([word]) => word.replace(/(?<=\p{L}{3})s$/u, ""));

function saidOf({ product }: ImportRecord): string[] {
  const { title, brand = "", categoryPath = [], attributes = {} } = product;
  const texts = Object.values(attributes).filter((value) => typeof value === "string");
  return [...new Set(wordsOf([...Object.values(title), brand, ...categoryPath, ...texts].join(" ")))];
}

/** Rows of products, each with the places of its words and their weights. */
interface Matrix {
  readonly rows: readonly (readonly (readonly [word: number, weight: number])[])[];
  readonly words: ReadonlyMap<string, number>;
  readonly weights: readonly number[];
}

function matrixOf(said: readonly (readonly string[])[]): Matrix {
  const counts = new Map<string, number>();
  for (const word of said.flat()) counts.set(word, (counts.get(word) ?? 0) + 1);
  const kept = [...counts].filter(([, count]) => count >= PRODUCTS_MIN && count <= SHARE_MAX * said.length);
  const words = new Map(kept.map(([word], at) => [word, at]));
  const weights = kept.map(([, count]) => Math.log(said.length / count));
  const rows = said.map((list) => {
    const own = list.flatMap((word) => words.get(word) ?? []);
    const length = Math.sqrt(own.reduce((sum, at) => sum + (weights[at] ?? 0) ** 2, 0)) || 1;
    return own.map((at): [number, number] => [at, (weights[at] ?? 0) / length]);
  });
  return { rows, words, weights };
}

type Columns = Float64Array[];

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);

/** Each at right angles to those before it, and of length one. */
function upright(columns: Columns): Columns {
  columns.forEach((column, at) => {
    for (const before of columns.slice(0, at)) {
      const share = dot(column, before);
      column.forEach((value, n) => (column[n] = value - share * (before[n] ?? 0)));
    }
    const length = Math.sqrt(dot(column, column)) || 1;
    column.forEach((value, n) => (column[n] = value / length));
  });
  return columns;
}

/** Of words, as the products that they stand in have it; and back. */
function toProducts({ rows }: Matrix, column: Float64Array): Float64Array {
  return Float64Array.from(rows, (row) => row.reduce((sum, [word, weight]) => sum + weight * (column[word] ?? 0), 0));
}

function toWords({ rows, words }: Matrix, column: Float64Array): Float64Array {
  const found = new Float64Array(words.size);
  rows.forEach((row, at) => {
    for (const [word, weight] of row) found[word] = (found[word] ?? 0) + weight * (column[at] ?? 0);
  });
  return found;
}

function directionsOf(matrix: Matrix): Columns {
  const random = mulberry(11);
  let columns: Columns = Array.from({ length: DIMENSIONS }, () =>
    Float64Array.from({ length: matrix.words.size }, () => random() - 0.5),
  );
  for (let turn = 0; turn < TURNS; turn++) {
    columns = upright(columns.map((column) => toWords(matrix, toProducts(matrix, column))));
  }
  return columns;
}

export interface Vectors {
  /** How close a product lies to a question, from -1 to 1; 0 for words that nothing is known of. */
  readonly closeness: (q: string, id: string) => number;
  /** The products that lie closest. */
  readonly closest: (q: string, count: number) => string[];
}

const united = (vector: Float64Array): Float64Array => {
  const length = Math.sqrt(dot(vector, vector)) || 1;
  return vector.map((value) => value / length);
};

export function vectorsOf(records: readonly ImportRecord[]): Vectors {
  const matrix = matrixOf(records.map(saidOf));
  const directions = directionsOf(matrix);
  const placed = (row: Matrix["rows"][number]): Float64Array =>
    united(
      Float64Array.from(directions, (one) => row.reduce((sum, [word, weight]) => sum + weight * (one[word] ?? 0), 0)),
    );
  const products = new Map(records.map(({ id }, at) => [id, placed(matrix.rows[at] ?? [])]));
  const asked = (q: string): Float64Array =>
    placed(
      wordsOf(q).flatMap((word) => {
        const at = matrix.words.get(word);
        return at === undefined ? [] : [[at, matrix.weights[at] ?? 0] as const];
      }),
    );
  return {
    closeness(q, id) {
      const product = products.get(id);
      return product ? dot(asked(q), product) : 0;
    },
    closest(q, count) {
      const question = asked(q);
      const near = [...products].map(([id, product]) => ({ id, by: dot(question, product) }));
      return near
        .sort((a, b) => b.by - a.by)
        .slice(0, count)
        .map(({ id }) => id);
    },
  };
}
