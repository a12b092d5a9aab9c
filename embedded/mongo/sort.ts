/** The order that a client asks for. What a document is sorted by is taken out of it once, before any comparing. */
import { compareValues } from "./order";
import { places } from "./paths";
import { inArray, type Doc, type View } from "./raw";

export type Sort = [path: string, direction: 1 | -1][];

export function sortOf(spec: Doc | undefined): Sort {
  return Object.entries(spec ?? {}).map(([path, direction]) => {
    if (direction !== 1 && direction !== -1) throw new Error(`A sort direction is 1 or -1, got ${String(direction)}`);
    return [path, direction];
  });
}

const pick = (doc: Doc, path: string[], direction: number): unknown => {
  const all = places(doc, path).flatMap((value) =>
    Array.isArray(value) && value.length > 0 ? (value as unknown[]) : [value],
  );
  return all.reduce((best, value) => (compareValues(value, best) * direction < 0 ? value : best), all[0]);
};

type Fields = { path: string[]; direction: 1 | -1 }[];
const fieldsOf = (sort: Sort): Fields => sort.map(([path, direction]) => ({ path: path.split("."), direction }));

/** Rows in order: by the least item of an array ascending, by its greatest descending. */
export type Keyed = { keys: unknown[] };

/** What a stored document is sorted by, decoding no more than that. */
export function keyReader(sort: Sort): (view: View) => unknown[] {
  const fields = fieldsOf(sort);
  return (view) =>
    fields.map(({ path, direction }) => {
      const value = view.at(path);
      return value === inArray ? pick(view.doc, path, direction) : value;
    });
}

export const byKeys =
  (sort: Sort) =>
  (a: Keyed, b: Keyed): number => {
    for (const [i, [, direction]] of sort.entries()) {
      const order = compareSorted(a.keys[i], b.keys[i]) * direction;
      if (order !== 0) return order;
    }
    return 0;
  };

/** Decoded documents in order. */
export function sorted(docs: Doc[], sort: Sort): Doc[] {
  const fields = fieldsOf(sort);
  const rows = docs.map((doc) => ({ doc, keys: fields.map(({ path, direction }) => pick(doc, path, direction)) }));
  return rows.sort(byKeys(sort)).map(({ doc }) => doc);
}

// an empty array comes before null
const compareSorted = (a: unknown, b: unknown): number =>
  Number(isEmpty(b)) - Number(isEmpty(a)) || (isEmpty(a) && isEmpty(b) ? 0 : compareValues(a, b));
const isEmpty = (value: unknown): boolean => Array.isArray(value) && value.length === 0;
