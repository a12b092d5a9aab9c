/**
 * Sending: the attempt is committed, then made, then recorded. Of two that would send at the same time one cannot
 * commit its attempt; what was begun and never recorded is given up by the message's timer, not sent again.
 */
import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import { anyContract } from "../../models/kernel/contract";
import { randomId } from "../../models/kernel/ids";
import { isRefusal } from "../../models/kernel/refusal";
import type { KeptMessage, MessageState } from "../../models/message/message.aggregate";
import { messageContract } from "../../models/message/message.contract";
import type { Attempt, Delivered, RecordAttempt } from "../../models/message/message.inside.contract";
import { typed, type CallMeta, type TypedCall } from "../kernel/call";
import { historyReader, newestOrRefuse } from "../kernel/history-reader";
import { undeliveredBy } from "../kernel/mail";
import type { Node } from "../kernel/node";
import { procedureService, type CallSite } from "../kernel/service";
import { tellPayout, tellReturn, tellWebhook } from "./tell.saga";

type Sent = Pick<RecordAttempt, "outcome" | "reason">;

/** An attempt is a new one each time: only one of two can be committed. */
function callAs({ caller, meta }: CallSite): TypedCall<Calls> {
  const own: CallMeta = {
    principal: { id: "messages", permissions: ["*"] },
    trace: meta.trace,
    commandId: randomId(),
    exempt: "timer",
  };
  return typed<Calls>(caller, own);
}

/** False where another attempt is under way, or none is wanted any more. */
async function begun(attempt: Attempt, site: CallSite): Promise<boolean> {
  try {
    await callAs(site)("message.attempt", attempt);
    return true;
  } catch (error) {
    if (isRefusal(error, "MESSAGE_STATUS")) return false;
    throw error;
  }
}

/** Who was erased is written to no more, even while the key is still there. */
async function reachable({ accountId, recipient }: KeptMessage, site: CallSite): Promise<boolean> {
  if (recipient === null) return false;
  if (accountId === null) return true;
  return (await callAs(site)("account.peek", { id: accountId })).status !== "erased";
}

async function handedOver(node: Node, { recipient, subject, text }: KeptMessage): Promise<Sent> {
  try {
    await node.identity.mailer.deliver({ to: recipient ?? "", subject: subject ?? "", text: text ?? "" });
    return { outcome: "sent" };
  } catch (error) {
    return undeliveredBy(error);
  }
}

export const messageSaga = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "message");

  async function deliver({ id, attempt }: Attempt, site: CallSite): Promise<Delivered> {
    const { state } = await newestOrRefuse<MessageState>(reader, id, "message");
    const wanted = await reachable(state, site);
    if (!(await begun({ id, attempt }, site))) return { id, status: state.status };
    const sent: Sent = wanted ? await handedOver(node, state) : { outcome: "never", reason: "ERASED" };
    const { outcome, reason = "" } = sent;
    if (outcome !== "sent") node.log.warn({ message: id, outcome, reason }, "A message could not be sent");
    await callAs(site)("message.record", { id, attempt, ...sent });
    return { id, status: outcome };
  }
  return procedureService({
    name: "message.saga",
    contract: anyContract(messageContract),
    roles: node.roles,
    procedures: {
      "message.deliver": deliver,
      "message.tellReturn": (params: { returnId: string }, site: CallSite) => tellReturn(node, params.returnId, site),
      "message.tellWebhook": (params: { webhookId: string }, site: CallSite) =>
        tellWebhook(node, params.webhookId, site),
      "message.tellPayout": (params: { payoutId: string }, site: CallSite) => tellPayout(node, params.payoutId, site),
    },
  });
};
