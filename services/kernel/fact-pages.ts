/** Many facts of a log, page by page: for those who learn from them. */
import type { Fact, FactPage } from "../../models/kernel/facts";
import type { FactLog } from "./fact-log";

const PAGE = 1_000;

/** Newest first, `max` at most. */
export async function allOf<F extends Fact>(
  log: Pick<FactLog<F>, "page">,
  ask: Omit<FactPage, "limit">,
  max: number,
): Promise<F[]> {
  const found: F[] = [];
  let before = ask.before;
  while (found.length < max) {
    const limit = Math.min(PAGE, max - found.length);
    const page = await log.page({ ...ask, ...(before !== undefined && { before }), limit });
    found.push(...page);
    before = page.at(-1)?._id;
    if (page.length < limit) break;
  }
  return found;
}
