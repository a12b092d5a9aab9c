/**
 * A filter as a list of conditions on paths. What the planner understands comes out as conditions; `whole` says
 * that nothing else is in the filter, so that an index which answers every condition answers the filter.
 */
import { isOperators } from "./paths";
import { type Doc } from "./raw";

export const rangeOperators = ["$gt", "$gte", "$lt", "$lte"] as const;
type Operator = "$eq" | "$in" | "$exists" | (typeof rangeOperators)[number];

export type Condition = { path: string; op: Operator; value: unknown };
export type Conditions = { list: Condition[]; whole: boolean };

const known = new Set<string>(["$eq", "$in", "$exists", ...rangeOperators]);

export function conditionsOf(filter: Doc): Conditions {
  const out: Conditions = { list: [], whole: true };
  for (const [key, value] of Object.entries(filter)) {
    if (key === "$and" && Array.isArray(value)) {
      const parts = value.map((part) => conditionsOf(part as Doc));
      out.list.push(...parts.flatMap((part) => part.list));
      out.whole &&= parts.every((part) => part.whole);
    } else if (key.startsWith("$")) {
      if (key !== "$comment") out.whole = false;
    } else if (!isOperators(value)) {
      out.list.push({ path: key, op: "$eq", value });
    } else {
      addOperators(out, key, value);
    }
  }
  return out;
}

function addOperators(out: Conditions, path: string, operators: Doc): void {
  for (const [op, value] of Object.entries(operators)) {
    if (known.has(op)) out.list.push({ path, op: op as Operator, value });
    else out.whole = false;
  }
}
