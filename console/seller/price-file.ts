/** A file of prices and stock as a table program saves it: `sku,price,stock`, with commas, semicolons, tabs. Pure. */

export interface FileRow {
  /** In the file, from 1. */
  readonly line: number;
  readonly sku: string;
  /** Null: stays as it is. */
  readonly price: string | null;
  readonly stock: number | null;
}

export interface FileRead {
  readonly rows: readonly FileRow[];
  readonly faults: readonly { readonly line: number; readonly fault: "columns" | "sku" | "price" | "stock" | "many" }[];
}

export const ROWS_MAX = 500;
const WHOLE = /^\d{1,7}$/;
const AMOUNT = /^\d{1,9}([.,]\d{1,3})?$/;

const cellsOf = (line: string, separator: string): string[] =>
  line.split(separator).map((cell) =>
    cell
      .trim()
      .replace(/^"(.*)"$/, "$1")
      .replaceAll('""', '"'),
  );

/** The separator of the first line is that of the others. */
const separatorOf = (head: string): string => ["\t", ";", ","].find((one) => head.includes(one)) ?? ",";

type Fault = FileRead["faults"][number]["fault"];

/** Filled as it must be, or left empty. */
const fits = (cell: string, form: RegExp): boolean => cell === "" || form.test(cell);

function rowOf(line: number, [sku, price, stock]: readonly [string, string, string]): FileRow | Fault {
  if (sku === "") return "sku";
  if (!fits(price, AMOUNT)) return "price";
  if (!fits(stock, WHOLE)) return "stock";
  return { line, sku, price: price === "" ? null : price, stock: stock === "" ? null : Number(stock) };
}

/** Where each column stands; -1 for one that there is not. Null where the file says too little. */
function columnsOf(names: readonly string[]): readonly number[] | null {
  const columns = ["sku", "price", "stock"].map((name) => names.indexOf(name));
  const [sku = -1, price = -1, stock = -1] = columns;
  return sku < 0 || (price < 0 && stock < 0) ? null : columns;
}

export function rowsOf(text: string): FileRead {
  const [head = "", ...lines] = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  const separator = separatorOf(head);
  const columns = columnsOf(cellsOf(head.toLowerCase(), separator));
  if (columns === null) return { rows: [], faults: [{ line: 1, fault: "columns" }] };
  const found = lines.slice(0, ROWS_MAX).flatMap((line, i) => {
    const cells = cellsOf(line, separator);
    const [sku = "", price = "", stock = ""] = columns.map((at) => cells[at] ?? "");
    return line.trim() === "" ? [] : [{ line: i + 2, row: rowOf(i + 2, [sku, price, stock]) }];
  });
  const rows = found.flatMap(({ row }) => (typeof row === "string" ? [] : [row]));
  const faults = found.flatMap(({ line, row }) => (typeof row === "string" ? [{ line, fault: row }] : []));
  const many = lines.length > ROWS_MAX + 1 ? [{ line: ROWS_MAX + 2, fault: "many" as const }] : [];
  return { rows, faults: [...faults, ...many] };
}
