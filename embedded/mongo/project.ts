/** Projections through mingo, with fields in MongoDB's order: those of the document first, then computed ones. */
import { Query } from "mingo/query";
import { optionsOf } from "./matcher";
import { isDocument } from "./paths";
import { type Fold } from "./predicates";
import { type Doc } from "./raw";

/** mingo returns projected fields in alphabetical order. */
export function inOrder(result: unknown, source: unknown, spec: Doc): unknown {
  if (Array.isArray(result)) {
    const from = Array.isArray(source) ? (source as unknown[]) : [];
    return result.length === from.length ? result.map((item, i) => inOrder(item, from[i], {})) : (result as unknown);
  }
  if (!isDocument(result) || !isDocument(source)) return result;
  const asked = Object.keys(spec).map((path) => path.split(".")[0] ?? "");
  const names = new Set([...("_id" in result ? ["_id"] : []), ...Object.keys(source), ...asked, ...Object.keys(result)]);
  const out: Doc = {};
  for (const name of names) {
    if (name in result) out[name] = inOrder(result[name], source[name], {});
  }
  return out;
}

/** A function that projects a decoded document; it may change the document. */
export function projector(spec: Doc, filter: Doc, fold: Fold): (doc: Doc) => Doc {
  const positional = Object.keys(spec).some((path) => path.endsWith(".$"));
  const compiled = new Query<Doc>(positional ? filter : {}, optionsOf(fold));
  return (doc) => {
    const [result] = compiled.find<Doc>([doc], spec as never).all();
    return inOrder(result ?? {}, doc, spec) as Doc;
  };
}
