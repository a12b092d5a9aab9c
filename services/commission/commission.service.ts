import type { ServiceSchema } from "moleculer";
import { commission, type CommissionState } from "../../models/commission/commission.aggregate";
import {
  commissionContract,
  commissionIdOf,
  scopesFor,
  type AppliedCommission,
  type CommissionScope,
  type CommissionView,
  type ResolveCommission,
  type ResolvedCommission,
} from "../../models/commission/commission.contract";
import type { Calls } from "../../models/contracts";
import { erased } from "../../models/kernel/aggregate";
import { anyContract } from "../../models/kernel/contract";
import { isRefusal } from "../../models/kernel/refusal";
import type { Row } from "../../models/kernel/row";
import { asMall, typed } from "../kernel/call";
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

/** The first rule that is there and active. */
function applied(scopes: readonly string[], rows: ReadonlyMap<string, Row>): AppliedCommission {
  for (const ruleId of scopes) {
    const row = rows.get(ruleId) as Row<CommissionState> | undefined;
    if (row?.state.status === "active") return { rateBp: row.state.rateBp, ruleId, version: row.version };
  }
  return NONE;
}

export const commissionService = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "commission");

  async function resolve(params: ResolveCommission, site: CallSite): Promise<ResolvedCommission> {
    const above = await linesOf(params, site);
    const scopes = params.lines.map((sold) =>
      scopesFor(sold, above.get(sold.categoryId ?? "") ?? [], params).map(commissionIdOf),
    );
    const rows = await node.histories("commission").newest([...new Set(scopes.flat())]);
    return { lines: scopes.map((one) => applied(one, rows)) };
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
      "commission.resolve": resolve,
    },
  });
};
