/** The tables of a Saleor fixture that products need, by primary key and by what they belong to. */
import { Sentence } from "../terminal/sentence";
import type { ArrayItem } from "./json-array";
import { isObject, readJsonLine, type JsonObject } from "./json-line";

/** A shop of this size is brought in by a format that needs less memory. */
const OBJECTS_MAX = 200_000;

/** Table, and the field by which its rows are looked for. */
const TABLES = {
  "product.product": null,
  "product.category": null,
  "product.productvariant": "product",
  "product.productmedia": "product",
  "product.productchannellisting": "product",
  "product.productvariantchannellisting": "variant",
  "attribute.attribute": null,
  "attribute.attributevalue": null,
  "attribute.assignedproductattributevalue": "product",
  "attribute.assignedvariantattribute": "variant",
  "attribute.assignedvariantattributevalue": "assignment",
  "warehouse.stock": "product_variant",
  "warehouse.warehouse": null,
} as const;

export type Table = keyof typeof TABLES;

export interface SaleorRow {
  readonly pk: string;
  readonly fields: JsonObject;
  /** Of its object in the file. */
  readonly number: number;
  readonly line: number;
}

export interface Tables {
  all(table: Table): readonly SaleorRow[];
  one(table: Table, pk: unknown): SaleorRow | undefined;
  /** Rows that belong to the row with this key. */
  of(table: Table, owner: string): readonly SaleorRow[];
}

export const keyText = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" ? String(value) : "";

function rowOf({ number, line, text }: ArrayItem): (SaleorRow & { readonly model: string }) | string {
  if (text === null) return "is larger than 1 MiB";
  const found = readJsonLine(text);
  if (typeof found === "string") return found;
  const { model, pk, fields } = found;
  if (typeof model !== "string" || !isObject(fields)) return "is no row of a fixture: it needs model, pk and fields";
  return { model, pk: keyText(pk), fields, number, line };
}

const isTable = (model: string): model is Table => Object.hasOwn(TABLES, model);

/** Collects rows, table by table. */
function createTables(): Tables & { add(table: Table, row: SaleorRow): void } {
  const rows = new Map<Table, Map<string, SaleorRow>>();
  const owned = new Map<string, SaleorRow[]>();
  return {
    add(table, row) {
      const known = rows.get(table) ?? new Map<string, SaleorRow>();
      rows.set(table, known.set(row.pk, row));
      const by = TABLES[table];
      if (by === null) return;
      const key = `${table} ${keyText(row.fields[by])}`;
      const siblings = owned.get(key);
      if (siblings) siblings.push(row);
      else owned.set(key, [row]);
    },
    all: (table) => [...(rows.get(table)?.values() ?? [])],
    one: (table, pk) => rows.get(table)?.get(keyText(pk)),
    of: (table, owner) => owned.get(`${table} ${owner}`) ?? [],
  };
}

/** @throws Sentence for a file that is no fixture, or is too large to be held in memory */
export async function readTables(items: AsyncIterable<ArrayItem>): Promise<Tables> {
  const tables = createTables();
  let count = 0;
  for await (const item of items) {
    const row = rowOf(item);
    if (typeof row === "string") throw new Sentence(`The object of line ${item.line} ${row}.`);
    if (!isTable(row.model)) continue;
    if (++count > OBJECTS_MAX) throw new Sentence(`The file has more than ${OBJECTS_MAX} rows that products need.`);
    tables.add(row.model, row);
  }
  return tables;
}
