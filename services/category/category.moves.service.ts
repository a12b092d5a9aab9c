/**
 * One category moves at a time, in the whole mall. Two moves that are each right on the tree as it stood could make a
 * cycle together; so each takes a claim, looks at the tree, and commits at the version that it read before the claim.
 * Whoever takes the claim over has fenced the one before: what that one still has under way conflicts.
 */
import type { ActionSchema, Context, ServiceSchema } from "moleculer";
import type { CategoryState } from "../../models/category/category.aggregate";
import { DEPTH_MAX, type MoveCategory } from "../../models/category/category.contract";
import type { Calls } from "../../models/contracts";
import { isRefusal } from "../../models/kernel/refusal";
import { refuse } from "../../models/refusals";
import { typed, type Caller, type CallMeta } from "../kernel/call";
import { historyReader, newestOrRefuse } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { openLine, refuseTooDeep } from "./category.line.service";

type Moving = Context<MoveCategory, CallMeta & { expectedVersion?: number }>;
type Handler = (ctx: Moving) => Promise<unknown>;

const CLAIM = "category.move/tree";
const ATTEMPTS_MAX = 5;
const WAITING_MAX = 100;
const BRANCHES_MAX = 5_000;

/** Levels that the category and what lies below it take up, as search knows it. */
async function heightOf({ params: { id }, meta }: Moving, caller: Caller): Promise<number> {
  const ask = { below: id, depth: DEPTH_MAX, retired: true, limit: BRANCHES_MAX };
  const { items } = await typed<Calls>(caller, meta)("category.tree", ask);
  const levels = items.map(({ level }) => level);
  return levels.length === 0 ? 1 : Math.max(...levels) - Math.min(...levels) + 2;
}

/** Runs one after another; refuses when too many wait. */
function inTurn(): <T>(run: () => Promise<T>) => Promise<T> {
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();
  return async (run) => {
    if (waiting >= WAITING_MAX) refuse("MAILBOX_FULL", `${WAITING_MAX} categories wait to be moved; try again soon.`);
    waiting++;
    const turn = last.then(run, run);
    last = turn.catch(() => undefined);
    try {
      return await turn;
    } finally {
      waiting--;
    }
  };
}

export function oneMoveAtATime(node: Node, service: ServiceSchema): ServiceSchema {
  const reader = historyReader(node, "category");
  const action = service.actions?.["category.move"] as ActionSchema & { handler: Handler };
  const turn = inTurn();

  async function checked(ctx: Moving): Promise<void> {
    const { id, parentId } = ctx.params;
    if (parentId === null) return;
    const above = await openLine(reader, parentId);
    if (above.some((standing) => standing.id === id)) {
      refuse("CATEGORY_CYCLE", "A category cannot lie below itself.", { id, parentId });
    }
    refuseTooDeep(above.length + (await heightOf(ctx, ctx)));
  }

  async function attempt(ctx: Moving, given: number | undefined): Promise<unknown> {
    const { id } = ctx.params;
    const { version } = await newestOrRefuse<CategoryState>(reader, id, "category");
    const holder = `category/${id}`;
    await node.claims.take(holder, [CLAIM]);
    try {
      await checked(ctx);
      ctx.meta.expectedVersion = given ?? version;
      return await action.handler(ctx);
    } finally {
      await node.claims.release(holder, [CLAIM]);
    }
  }

  async function move(ctx: Moving): Promise<unknown> {
    const given = ctx.meta.expectedVersion;
    for (let n = 1; ; n++) {
      try {
        return await attempt(ctx, given);
      } catch (error) {
        if (given !== undefined || n === ATTEMPTS_MAX || !isRefusal(error, "VERSION_MISMATCH")) throw error;
      }
    }
  }

  const moved = { ...action, handler: (ctx: Moving) => turn(() => move(ctx)) };
  return { ...service, actions: { ...service.actions, "category.move": moved as ActionSchema } };
}
