/**
 * Rows and columns, for places where many things are looked at closely. Scrolls by itself where it is too wide; on a
 * phone each row is a card that says what each of its values is. Roles are said, for what is laid out as something else
 * would no longer be read as a table.
 */
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
      <table class="rows" role="table">
        <thead role="rowgroup">
          <tr role="row">
            {columns.map(({ head, end = false }) => (
              <th key={head} role="columnheader" scope="col" class={end ? "end" : undefined}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <tr key={keyOf(row)} role="row">
              {columns.map(({ head, cell, end = false }) => (
                <td key={head} role="cell" data-head={head} class={end ? "end" : undefined}>
                  <div>{cell(row)}</div>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
