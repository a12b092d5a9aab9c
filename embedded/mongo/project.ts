/** Projections through mingo, with fields in MongoDB's order: those of the document first, then computed ones. */
import { Query } from "mingo/query";
import { inOrder } from "./field-order";
import { optionsOf, refuseScripts } from "./matcher";
import { type Fold } from "./predicates";
import { type Doc } from "./raw";

/** A function that projects a decoded document; it may change the document. */
export function projector(spec: Doc, filter: Doc, fold: Fold): (doc: Doc) => Doc {
  refuseScripts(spec);
  const positional = Object.keys(spec).some((path) => path.endsWith(".$"));
  const compiled = new Query<Doc>(positional ? filter : {}, optionsOf(fold));
  return (doc) => {
    const [result] = compiled.find<Doc>([doc], spec).all();
    return inOrder(result ?? {}, doc, spec) as Doc;
  };
}
