/** mingo with our comparisons in front, for filters, projections and pipelines. */
import * as accumulator from "mingo/operators/accumulator";
import * as expression from "mingo/operators/expression";
import * as pipeline from "mingo/operators/pipeline";
import * as projection from "mingo/operators/projection";
import * as query from "mingo/operators/query";
import * as window from "mingo/operators/window";
import { Context, evalExpr, ProcessingMode } from "mingo/core";
import { type Iterator, Lazy } from "mingo/lazy";
import { Query } from "mingo/query";
import type { Options } from "mingo/types";
import { Refused } from "./errors";
import { compareValues } from "./order";
import { inOrder } from "./field-order";
import { isDocument } from "./paths";
import { sorted, sortOf } from "./sort";
import { type Fold, queryOperators } from "./predicates";
import { type Doc } from "./raw";

const compared = (accept: (order: number) => unknown) => (obj: unknown, expr: unknown, options: Options) => {
  const [a, b] = evalExpr(obj, expr, options) as [unknown, unknown];
  return accept(compareValues(a, b));
};

const comparisons = {
  $eq: compared((order) => order === 0),
  $ne: compared((order) => order !== 0),
  $gt: compared((order) => order > 0),
  $gte: compared((order) => order >= 0),
  $lt: compared((order) => order < 0),
  $lte: compared((order) => order <= 0),
  $cmp: compared((order) => Math.sign(order)),
};

/** mingo's projection with MongoDB's order of fields: each result is paired with the document that it came from. */
function project(coll: Iterator, expr: Doc, options: Options): Iterator {
  let source: unknown;
  const tapped = coll.map((doc) => (source = doc));
  return pipeline.$project(tapped, expr as never, options as never).map((result) => inOrder(result, source, expr));
}

/** mingo's sort orders ObjectIds as text and arrays otherwise than MongoDB. */
function sort(coll: Iterator, expr: Doc): Iterator {
  const order = sortOf(expr);
  return coll.transform((docs) => Lazy(sorted(docs as Doc[], order)));
}

type Operators = NonNullable<Parameters<typeof Context.init>[0]>;

function contextOf(fold: Fold): Context {
  const operators = {
    accumulator: accumulator,
    expression: { ...expression, ...comparisons },
    pipeline: { ...pipeline, $project: project, $sort: sort },
    projection,
    query: { ...query, ...queryOperators(fold) },
    window,
  };
  return Context.init(operators as unknown as Operators);
}

const plain = contextOf(undefined);

export const optionsOf = (fold: Fold, variables?: Doc): Partial<Options> => ({
  idKey: "_id",
  processingMode: ProcessingMode.CLONE_OFF,
  context: fold ? contextOf(fold) : plain,
  ...(variables && { variables }),
});

export type Matches = (doc: Doc) => boolean;

/** Refuses JavaScript from clients. mingo itself needs it for windows, so it cannot be switched off there. */
export function refuseScripts(spec: unknown): void {
  if (Array.isArray(spec)) spec.forEach(refuseScripts);
  else if (isDocument(spec)) {
    for (const [name, value] of Object.entries(spec)) {
      if (name === "$function" || name === "$accumulator" || name === "$where") throw new Refused(name);
      refuseScripts(value);
    }
  }
}

/** @throws for operators that do not exist or are refused, before any document is looked at. */
export function matcher(filter: Doc, fold?: Fold, variables?: Doc): Matches {
  if (Object.keys(filter).length === 0) return () => true;
  refuseScripts(filter);
  const compiled = new Query(filter, optionsOf(fold, variables));
  return (doc) => compiled.test(doc);
}
