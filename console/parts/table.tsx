/** Rows and columns, for places where many things are looked at closely. Scrolls by itself where it is too wide. */
import type { ComponentChildren } from "preact";

export interface Column<T> {
  readonly head: string;
  readonly cell: (row: T) => ComponentChildren;
  /** Numbers stand under each other. */
  readonly end?: boolean;
}

interface TableProps<T> {
  readonly label: string;
  readonly rows: readonly T[];
  readonly columns: readonly Column<T>[];
  readonly keyOf: (row: T) => string;
}

export function Table<T>({ label, rows, columns, keyOf }: TableProps<T>) {
  return (
    <div class="table-scroll" role="region" aria-label={label} tabIndex={0}>
      <table class="rows">
        <thead>
          <tr>
            {columns.map(({ head, end = false }) => (
              <th key={head} scope="col" class={end ? "end" : undefined}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map(({ head, cell, end = false }) => (
                <td key={head} class={end ? "end" : undefined}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
