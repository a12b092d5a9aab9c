/** Projected fields in MongoDB's order: _id, then those of the document, then computed ones as they were asked for. */
import { isDocument } from "./paths";
import { type Doc } from "./raw";

/** mingo returns projected fields in alphabetical order. */
export function inOrder(result: unknown, source: unknown, spec: Doc): unknown {
  if (Array.isArray(result)) return itemsInOrder(result, source);
  if (!isDocument(result) || !isDocument(source)) return result;
  const asked = Object.keys(spec).map((path) => path.split(".")[0] ?? "");
  const names = new Set([
    ...("_id" in result ? ["_id"] : []),
    ...Object.keys(source),
    ...asked,
    ...Object.keys(result),
  ]);
  const out: Doc = {};
  for (const name of names) {
    if (name in result) out[name] = inOrder(result[name], source[name], {});
  }
  return out;
}

function itemsInOrder(result: unknown[], source: unknown): unknown[] {
  const from = Array.isArray(source) ? (source as unknown[]) : [];
  return result.length === from.length ? result.map((item, i) => inOrder(item, from[i], {})) : result;
}
