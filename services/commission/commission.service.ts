import type { ServiceSchema } from "moleculer";
import { commission, type CommissionState } from "../../models/commission/commission.aggregate";
import {
  commissionContract,
  commissionIdOf,
  scopesFor,
  type AppliedCommission,
  type CommissionScope,
  type CommissionView,
  type ListCommissions,
  type ListedCommissions,
  type ResolveCommission,
  type ResolvedCommission,
} from "../../models/commission/commission.contract";
import type { Calls } from "../../models/contracts";
import { erased } from "../../models/kernel/aggregate";
import { anyContract } from "../../models/kernel/contract";
import { isRefusal } from "../../models/kernel/refusal";
import type { Row } from "../../models/kernel/row";
import { asMall, typed } from "../kernel/call";
import { createHeadsBook, TooManyHeads, type HeadsBook } from "../kernel/heads-book";
import { historyReader, newestOrRefuse } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { aggregateService, type CallSite } from "../kernel/service";

const NONE: AppliedCommission = { rateBp: 0, ruleId: null, version: null };

/** A category and those above it, nearest first; none for one that is gone. */
async function lineOf(id: string, { caller, meta }: CallSite): Promise<readonly string[]> {
  try {
    return (await typed<Calls>(caller, asMall(meta, "line"))("category.peek", { id })).line;
  } catch (error) {
    if (isRefusal(error, "NOT_FOUND")) return [];
    throw error;
  }
}

async function linesOf({ lines }: ResolveCommission, site: CallSite): Promise<ReadonlyMap<string, readonly string[]>> {
  const ids = [...new Set(lines.flatMap(({ categoryId }) => (categoryId === undefined ? [] : [categoryId])))];
  return new Map(await Promise.all(ids.map(async (id) => [id, await lineOf(id, site)] as const)));
}

type Rules = ReadonlyMap<string, Row<CommissionState>>;

/** The first rule that is there and active. */
function applied(scopes: readonly string[], rules: Rules): AppliedCommission {
  for (const ruleId of scopes) {
    const row = rules.get(ruleId);
    if (row?.state.status === "active") return { rateBp: row.state.rateBp, ruleId, version: row.version };
  }
  return NONE;
}

/**
 * A line may fall under dozens of rules, nearly none of which there is: all that there are stand in memory, looked
 * after with one count per question. A mall of very many rules reads those that could hold.
 */
function createRules(node: Node, book: HeadsBook<CommissionState>): (ids: readonly string[]) => Promise<Rules> {
  let many = false;
  return async (ids) => {
    if (!many) {
      try {
        return await book();
      } catch (error) {
        if (!(error instanceof TooManyHeads)) throw error;
        many = true;
      }
    }
    return (await node.histories("commission").newest(ids)) as Rules;
  };
}

/** By their ids, from the one after `after` on. */
function listed(rules: Rules, { sellerId, channelId, status, limit, after = "" }: ListCommissions): CommissionView[] {
  const all = [...rules].flatMap(([id, { version, state }]) =>
    state.status === "absent" ? [] : [{ ...state, id, version }],
  );
  return all
    .filter((one) => one.id > after && (status ?? one.status) === one.status)
    .filter((one) => (sellerId ?? one.sellerId) === one.sellerId && (channelId ?? one.channelId) === one.channelId)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .slice(0, limit);
}

export const commissionService = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "commission");
  const book = createHeadsBook<CommissionState>(node, { aggregate: "commission", ageMsMax: 0 });
  const rulesOf = createRules(node, book);

  async function resolve(params: ResolveCommission, site: CallSite): Promise<ResolvedCommission> {
    const above = await linesOf(params, site);
    const scopes = params.lines.map((sold) =>
      scopesFor(sold, above.get(sold.categoryId ?? "") ?? [], params).map(commissionIdOf),
    );
    const rules = await rulesOf([...new Set(scopes.flat())]);
    return { lines: scopes.map((one) => applied(one, rules)) };
  }
  return aggregateService(node, {
    contract: anyContract(commissionContract),
    aggregate: erased(commission),
    queries: {
      "commission.get": async (scope: CommissionScope): Promise<CommissionView> => {
        const id = commissionIdOf(scope);
        const { version, state } = await newestOrRefuse<CommissionState>(reader, id, "rule");
        return { ...state, id, version };
      },
      "commission.list": async (params: ListCommissions): Promise<ListedCommissions> => ({
        items: listed(await book(), params),
      }),
      "commission.resolve": resolve,
    },
  });
};
