/** Decisions as they are kept: facts of their own, and those of one page together; here they are told one by one. */
import type { DecisionFact } from "../../models/decision/decision.data.contract";
import { decisionsIn, isPage, pageIdIn, type KeptDecision } from "../../models/decision/decision.page.contract";
import type { FactPage } from "../../models/kernel/facts";
import { refuse } from "../../models/refusals";
import type { FactLog } from "../kernel/fact-log";

export type KeptDecisions = Pick<FactLog<KeptDecision>, "page">;

/** The oldest of its id: what was recorded again later is the same decision, told twice. @throws NOT_FOUND */
export async function decisionBy(kept: KeptDecisions, id: string): Promise<DecisionFact> {
  const pageId = pageIdIn(id);
  const oldest = async (of: string): Promise<KeptDecision | undefined> =>
    (await kept.page({ where: { id: of }, limit: 2 })).at(-1);
  const page = pageId === null ? undefined : await oldest(pageId);
  const fact = page && isPage(page) ? page : await oldest(id);
  const found = fact && decisionsIn(fact).find((one) => one.id === id);
  return found ?? refuse("NOT_FOUND", `There is no decision "${id}".`, { id });
}

/** Read at once beyond what was asked for: facts of the moment that the last of them is of. */
const BEYOND = 20;
const ROUNDS_MAX = 20;

const newestFirst = (a: DecisionFact, b: DecisionFact): number => (a._id < b._id ? 1 : -1);
const momentIn = (factId: string): string => factId.slice(0, factId.indexOf("/"));

function decisionsAbout(fact: KeptDecision, { where, before }: FactPage): DecisionFact[] {
  const { aboutId } = where;
  return decisionsIn(fact).filter(
    (one) => (aboutId === undefined || one.aboutId === aboutId) && (before === undefined || one._id < before),
  );
}

/** Whether nothing that is older than what was read can belong among the first ones. */
const isEnough = (found: readonly DecisionFact[], limit: number, oldest: string): boolean => {
  const last = found[limit - 1]?._id;
  return last !== undefined && momentIn(oldest) < momentIn(last);
};

/**
 * One by one, newest first; fewer than asked for only where there are no more. Decisions of one page, and of several of
 * one moment, lie in an order of their own: of a moment either all facts are read, or none is told.
 */
export async function decisionsOf(kept: KeptDecisions, ask: FactPage): Promise<DecisionFact[]> {
  const { before, limit } = ask;
  const asked = { ...ask, limit: limit + BEYOND };
  let found: DecisionFact[] = [];
  let from = before === undefined ? {} : { before: `${momentIn(before)}/~` };
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const facts = await kept.page({ ...asked, ...from });
    const oldest = facts.at(-1)?._id ?? "";
    found = [...found, ...facts.flatMap((fact) => decisionsAbout(fact, ask))].sort(newestFirst);
    if (facts.length < asked.limit || isEnough(found, limit, oldest)) break;
    from = { before: oldest };
  }
  return found.slice(0, limit);
}
