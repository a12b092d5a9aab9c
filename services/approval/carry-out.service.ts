/**
 * From the second person's yes to what it was about. Approving is committed first; what was approved is carried out
 * on this committed step, at once by who approves, or by the approval's timer if that process dies on the way. Both
 * send the same command under the same id, so that it is done once.
 */
import type { ServiceSchema } from "moleculer";
import {
  approvalContract,
  type ApprovalId,
  type DecideApproval,
  type Decided,
  type Outcome,
} from "../../models/approval/approval.contract";
import type { OpenApproval } from "../../models/approval/approval.aggregate";
import { anyContract, type Receipt, type WriteMark } from "../../models/kernel/contract";
import { derivedId } from "../../models/kernel/ids";
import { isRefusal } from "../../models/kernel/refusal";
import { commitRef } from "../../models/kernel/row";
import type { CallMeta, Principal } from "../kernel/call";
import { historyReader } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { procedureService, type CallSite } from "../kernel/service";
import { openApproval } from "./approval.service";

/** Refusals that say "not now": whoever sent the command sends it again. */
const notNow = (error: { type: string; code: number }): boolean =>
  error.code === 429 || error.code >= 500 || error.type === "WRITES_CONTENDED";

const DETAIL_MAX = 2_000;

interface Approved {
  readonly id: string;
  readonly version: number;
  readonly state: OpenApproval;
}

type Told = Decided & Pick<Done, "wrote">;

const ofTheMall: Principal = { id: "approvals", permissions: ["approval.carry-out", "approval.read"] };

function metaFor({ id, version, state }: Approved, trace: string): CallMeta {
  const { requester, decidedBy, expectedVersion } = state;
  return {
    principal: requester,
    trace,
    commandId: derivedId("approved", id),
    // who stands behind it beside the one who asked
    ...(decidedBy !== null && { onBehalfOf: decidedBy }),
    causedBy: commitRef("approval", id, version),
    ...(expectedVersion !== undefined && { expectedVersion }),
    exempt: "approved",
  };
}

/** What came of it, and what was written, for the token of who approved. */
interface Done {
  readonly outcome: Outcome;
  readonly wrote: readonly WriteMark[];
}

async function doneWith({ caller, meta }: CallSite, approved: Approved): Promise<Done> {
  const { action, params } = approved.state;
  try {
    const receipt = (await caller.call(action, params, { meta: metaFor(approved, meta.trace) })) as Partial<Receipt>;
    const { id = approved.id, version = approved.version, wrote } = receipt;
    return { outcome: { id, version }, wrote: wrote ? [wrote] : [] };
  } catch (error) {
    if (!isRefusal(error) || notNow(error)) throw error;
    return { outcome: { refused: error.type, detail: error.message.slice(0, DETAIL_MAX) }, wrote: [] };
  }
}

export const carryOutService = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "approval");

  async function carryOut({ id }: ApprovalId, site: CallSite): Promise<Told> {
    const { version, state } = await openApproval(reader, id);
    if (state.status !== "approved") return { id, status: state.status, outcome: state.outcome, wrote: [] };
    const { outcome, wrote } = await doneWith(site, { id, version, state });
    const meta: CallMeta = { principal: ofTheMall, trace: site.meta.trace, commandId: derivedId("outcome", id) };
    const recorded = (await site.caller.call("approval.record", { id, outcome }, { meta })) as Receipt;
    const status = "refused" in outcome ? "refused" : "done";
    return { id, status, outcome, wrote: [...wrote, recorded.wrote] };
  }

  async function approve(params: DecideApproval, site: CallSite): Promise<Told> {
    const { principal, trace, commandId = "" } = site.meta;
    const meta: CallMeta = { principal, trace, commandId: derivedId("grant", commandId) };
    const { wrote } = (await site.caller.call("approval.grant", params, { meta })) as Receipt;
    try {
      return await carryOut({ id: params.id }, site);
    } catch (error) {
      node.log.warn(
        { err: error, approval: params.id },
        "What was approved could not be done yet; its timer sees to it",
      );
      return { id: params.id, status: "approved", outcome: null, wrote: [wrote] };
    }
  }
  const procedures = { "approval.approve": approve, "approval.carryOut": carryOut };
  return procedureService({
    name: "approval.carry-out",
    contract: anyContract(approvalContract),
    procedures,
    roles: node.roles,
  });
};
