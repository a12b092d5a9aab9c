/** mingo with our comparisons in front, for filters, projections and pipelines. */
import * as accumulator from "mingo/operators/accumulator";
import * as expression from "mingo/operators/expression";
import * as pipeline from "mingo/operators/pipeline";
import * as projection from "mingo/operators/projection";
import * as query from "mingo/operators/query";
import * as window from "mingo/operators/window";
import { Context, evalExpr, ProcessingMode } from "mingo/core";
import { Query } from "mingo/query";
import type { Options } from "mingo/types";
import { Refused } from "./errors";
import { compareValues } from "./order";
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

const refuse = (name: string) => () => {
  throw new Refused(name);
};

const scripts = { $function: refuse("$function"), $accumulator: refuse("$accumulator"), $where: refuse("$where") };

type Operators = NonNullable<Parameters<typeof Context.init>[0]>;

function contextOf(fold: Fold): Context {
  const operators = {
    accumulator: { ...accumulator, ...scripts },
    expression: { ...expression, ...comparisons, ...scripts },
    pipeline,
    projection,
    query: { ...query, ...queryOperators(fold) },
    window,
  };
  return Context.init(operators as unknown as Operators);
}

const plain = contextOf(undefined);

export const optionsOf = (fold: Fold, variables?: Doc): Partial<Options> => ({
  idKey: "_id",
  scriptEnabled: false,
  processingMode: ProcessingMode.CLONE_OFF,
  context: fold ? contextOf(fold) : plain,
  ...(variables && { variables }),
});

export type Matches = (doc: Doc) => boolean;

/** @throws for operators that do not exist or are refused, before any document is looked at. */
export function matcher(filter: Doc, fold: Fold = undefined, variables?: Doc): Matches {
  if (Object.keys(filter).length === 0) return () => true;
  const compiled = new Query(filter, optionsOf(fold, variables));
  return (doc) => compiled.test(doc);
}
