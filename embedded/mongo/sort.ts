/** The order that a client asks for, over decoded documents. */
import { compareValues } from "./order";
import { places } from "./paths";
import { type Doc } from "./raw";

export type Sort = [path: string, direction: 1 | -1][];

export function sortOf(spec: Doc | undefined): Sort {
  return Object.entries(spec ?? {}).map(([path, direction]) => {
    if (direction !== 1 && direction !== -1) throw new Error(`A sort direction is 1 or -1, got ${String(direction)}`);
    return [path, direction];
  });
}

/** Compares by a sort specification: the least item of an array ascending, its greatest descending. */
export function sorter(sort: Sort): (a: Doc, b: Doc) => number {
  const fields = sort.map(([path, direction]) => ({ path: path.split("."), direction }));
  const pick = (doc: Doc, path: string[], direction: number): unknown => {
    const all = places(doc, path).flatMap((value) =>
      Array.isArray(value) && value.length > 0 ? (value as unknown[]) : [value],
    );
    return all.reduce((best, value) => (compareValues(value, best) * direction < 0 ? value : best), all[0]);
  };
  return (a, b) => {
    for (const { path, direction } of fields) {
      const order = compareSorted(pick(a, path, direction), pick(b, path, direction)) * direction;
      if (order !== 0) return order;
    }
    return 0;
  };
}

// an empty array comes before null
const compareSorted = (a: unknown, b: unknown): number =>
  Number(isEmpty(b)) - Number(isEmpty(a)) || (isEmpty(a) && isEmpty(b) ? 0 : compareValues(a, b));
const isEmpty = (value: unknown): boolean => Array.isArray(value) && value.length === 0;
