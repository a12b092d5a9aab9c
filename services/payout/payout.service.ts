import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import { erased } from "../../models/kernel/aggregate";
import { anyContract } from "../../models/kernel/contract";
import { payout, type PayoutState } from "../../models/payout/payout.aggregate";
import {
  payoutContract,
  type PayoutId,
  type PayoutView,
  type ReadStatement,
  type Statement,
} from "../../models/payout/payout.contract";
import { asMall, typed } from "../kernel/call";
import { historyReader, newestOrRefuse } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { aggregateService, type CallSite } from "../kernel/service";

export const payoutService = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "payout");

  async function view({ id }: PayoutId): Promise<PayoutView> {
    const { version, state } = await newestOrRefuse<PayoutState>(reader, id, "payout");
    return { ...state, id, version };
  }

  async function statement({ id, from, limit }: ReadStatement, { caller, meta }: CallSite): Promise<Statement> {
    const found = await view({ id });
    const { sellerId, currency, after, upTo } = found;
    const ask = { sellerId, currency, after: Math.max(after, from ?? 0), limit };
    const page = await typed<Calls>(caller, asMall(meta, "statement"))("ledger.entries", ask);
    const items = page.items.filter(({ n }) => n <= upTo);
    const last = items.at(-1)?.n ?? upTo;
    return { sellerId, payout: found, items, from: last < upTo && items.length === limit ? last : null };
  }
  return aggregateService(node, {
    contract: anyContract(payoutContract),
    aggregate: erased(payout),
    queries: { "payout.get": view, "payout.statement": statement },
  });
};
