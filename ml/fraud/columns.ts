/** Some rows and some columns of the features, as a matrix. */
import type { Matrix } from "../kernel/trees/bins";
import { FEATURES, type FeatureTable } from "./features";

/** @throws RangeError for a name that is no feature */
export function chosenColumns(table: Pick<FeatureTable, "names">, wanted: readonly string[]): number[] {
  return wanted.map((name) => {
    const column = table.names.indexOf(name);
    if (column < 0) throw new RangeError(`There is no feature ${name}; there are: ${FEATURES.join(", ")}.`);
    return column;
  });
}

/** @param rows numbers of transactions, from `table.first` on */
export function rowsOf(table: FeatureTable, rows: Int32Array, columns: readonly number[]): Matrix {
  const values = new Float32Array(rows.length * columns.length);
  rows.forEach((row, i) => {
    const from = (row - table.first) * table.width;
    columns.forEach((column, c) => (values[i * columns.length + c] = table.values[from + column] as number));
  });
  return { count: rows.length, width: columns.length, values };
}
