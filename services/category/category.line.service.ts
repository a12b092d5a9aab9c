/** The line of a category: itself and those above it, as the histories have them. */
import type { CategoryState, KeptCategory } from "../../models/category/category.aggregate";
import { DEPTH_MAX } from "../../models/category/category.contract";
import { refuse } from "../../models/refusals";
import { newestOrRefuse, type NewestReader } from "../kernel/history-reader";

export interface Standing extends KeptCategory {
  readonly id: string;
}

/** Deeper than any tree that the rules allow: a walk that does not end by then is a fault. */
const WALK_MAX = 4 * DEPTH_MAX;

/** The category and those above it, nearest first. @throws NOT_FOUND */
export async function lineOf(reader: NewestReader, id: string): Promise<Standing[]> {
  const line: Standing[] = [];
  for (let at: string | null = id; at !== null;) {
    if (line.length === WALK_MAX) throw new Error(`The category ${id} lies deeper than ${WALK_MAX} levels`);
    const { state }: { state: KeptCategory } = await newestOrRefuse<CategoryState>(reader, at, "category");
    line.push({ ...state, id: at });
    at = state.parentId;
  }
  return line;
}

export const isRetired = (line: readonly Standing[]): boolean => line.some(({ status }) => status === "retired");

/** The line from the category that is to take another one in. @throws NOT_FOUND, CATEGORY_RETIRED */
export async function openLine(reader: NewestReader, id: string): Promise<Standing[]> {
  const line = await lineOf(reader, id);
  if (isRetired(line)) {
    refuse("CATEGORY_RETIRED", "That category is retired, or one above it is; reinstate it first.", { id });
  }
  return line;
}

export function refuseTooDeep(levels: number): void {
  if (levels > DEPTH_MAX) refuse("CATEGORY_TOO_DEEP", `The tree has ${DEPTH_MAX} levels at most.`, { levels });
}
