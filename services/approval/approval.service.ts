import type { ServiceSchema } from "moleculer";
import { approval, type ApprovalState, type OpenApproval } from "../../models/approval/approval.aggregate";
import {
  approvalContract,
  type ApprovalId,
  type ApprovalView,
  type DecideApproval,
  type RequestApproval,
} from "../../models/approval/approval.contract";
import { contracts } from "../../models/contracts";
import { erased } from "../../models/kernel/aggregate";
import { anyContract, type ActionContract } from "../../models/kernel/contract";
import { historyReader, newestOrRefuse, type HistoryReader } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { pass, permitted } from "../kernel/permission";
import { aggregateService, type CallSite } from "../kernel/service";

/** How long a request may be decided. */
const DECIDE_WITHIN_MS = 72 * 60 * 60 * 1_000;
/** Longer than the one who approves waits for it to be done. */
const CARRY_OUT_WITHIN_MS = 45_000;

export function actionNamed(name: string): ActionContract {
  const found = contracts.map(({ actions }) => actions[name]).find((action) => action !== undefined);
  if (!found) throw new Error(`There is no action "${name}" any more: it cannot be carried out`);
  return found;
}

export const openApproval = (reader: HistoryReader, id: string) =>
  newestOrRefuse<ApprovalState>(reader, id, "request for approval");

export function viewOf(id: string, version: number, state: OpenApproval): ApprovalView {
  const { status, action, params, requestedBy, requestedAt, expiresAt, decidedBy, decidedAt, reason, outcome } = state;
  const when = { requestedBy, requestedAt, expiresAt, decidedBy, decidedAt };
  return { id, version, status, action, params, ...when, reason, outcome };
}

const inMs = (node: Node, ms: number): string => new Date(Date.parse(node.clock.now()) + ms).toISOString();

/** Who decides must hold what the action itself needs, for what it concerns. */
async function mayDecide(node: Node, reader: HistoryReader, site: { params: DecideApproval; meta: CallSite["meta"] }) {
  const { params, meta } = site;
  const { state } = await openApproval(reader, params.id);
  const guard = permitted(node.roles, { name: state.action, action: actionNamed(state.action) }, meta.principal);
  pass(guard, [state.params]);
  return { ...params, by: meta.principal.id, carryOutAt: inMs(node, CARRY_OUT_WITHIN_MS) };
}

export const approvalService = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "approval");
  return aggregateService(node, {
    contract: anyContract(approvalContract),
    aggregate: erased(approval),
    prepare: {
      "approval.request": (params: RequestApproval) => {
        return Promise.resolve({ ...params, expiresAt: inMs(node, DECIDE_WITHIN_MS) });
      },
      "approval.grant": (params: DecideApproval, { meta }) => mayDecide(node, reader, { params, meta }),
      "approval.reject": (params: DecideApproval, { meta }) => Promise.resolve({ ...params, by: meta.principal.id }),
    },
    queries: {
      "approval.get": async ({ id }: ApprovalId): Promise<ApprovalView> => {
        const { version, state } = await openApproval(reader, id);
        return viewOf(id, version, state);
      },
    },
  });
};
