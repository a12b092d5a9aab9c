/**
 * The project's own format, a JSON object per line: `{ "id", "product", "offers": [{ …, "stock": { location: n } }] }`.
 * Only the outline is looked at here; what the fields may hold, the contracts' schemas say before anything is sent.
 */
import { isObject, readJsonLine, type JsonObject } from "./json-line";
import { lineFormat } from "./lines";
import type { ImportOffer, ImportRecord, Parsed } from "./record";

const KEYS = new Set(["id", "product", "withdrawn", "offers"]);
const OFFERS_MAX = 5_000;
const LOCATIONS_MAX = 100;

const isFlag = (value: unknown): value is boolean | undefined => ["boolean", "undefined"].includes(typeof value);

function stockProblem(stock: unknown): string | null {
  if (!isObject(stock)) return '"stock" must be an object from location to quantity';
  const entries = Object.entries(stock);
  if (entries.length > LOCATIONS_MAX) return `"stock" names more than ${LOCATIONS_MAX} locations`;
  const odd = entries.find(([, quantity]) => !Number.isSafeInteger(quantity) || (quantity as number) < 0);
  return odd ? `"stock" at "${odd[0]}" must be a whole number, 0 or more` : null;
}

function offerProblem(offer: unknown): string | null {
  if (!isObject(offer)) return "it must be an object";
  for (const name of ["sellerId", "sku"]) if (typeof offer[name] !== "string") return `"${name}" must be a text`;
  if (!isFlag(offer["withdrawn"])) return '"withdrawn" must be true or false';
  return stockProblem(offer["stock"] ?? {});
}

function offersProblem(offers: unknown): string | null {
  if (!Array.isArray(offers)) return '"offers" must be a list';
  if (offers.length > OFFERS_MAX) return `there are more than ${OFFERS_MAX} offers`;
  const problems = offers.map(offerProblem);
  const odd = problems.findIndex((problem) => problem !== null);
  return odd < 0 ? null : `offers[${odd}]: ${problems[odd] ?? ""}`;
}

function productProblem(product: unknown): string | null {
  if (!isObject(product)) return '"product" must be an object';
  return "channels" in product ? '"product.channels" is given by --channel, not by the file' : null;
}

function problemOf(row: JsonObject): string | null {
  const unknown = Object.keys(row).find((name) => !KEYS.has(name));
  if (unknown !== undefined) return `"${unknown}" is unknown; there are id, product, withdrawn and offers`;
  const { id } = row;
  if (typeof id !== "string" || !/^\S.{0,127}$/.test(id)) return '"id" must be a text of 1 to 128 characters';
  if (!isFlag(row["withdrawn"])) return '"withdrawn" must be true or false';
  return productProblem(row["product"]) ?? offersProblem(row["offers"] ?? []);
}

/** Stock may be left out of an offer. */
type WrittenOffer = Omit<ImportOffer, "stock"> & Partial<Pick<ImportOffer, "stock">>;

function parse(line: string): Parsed {
  const row = readJsonLine(line);
  if (typeof row === "string") return { ok: false, id: null, problem: row };
  const id = typeof row["id"] === "string" ? row["id"].slice(0, 128) : "";
  const problem = problemOf(row);
  if (problem !== null) return { ok: false, id: id || null, problem };
  const written = (row["offers"] ?? []) as readonly WrittenOffer[];
  const offers = written.map((offer) => ({ ...offer, stock: offer.stock ?? {} }));
  const product = row["product"] as ImportRecord["product"];
  return { ok: true, record: { id, product, offers, ...(row["withdrawn"] === true ? { withdrawn: true } : {}) } };
}

export const jsonl = lineFormat({
  name: "jsonl",
  summary: "the project's own: a product with its offers and stock per JSON line (bin/import/README.md)",
  parse,
});
