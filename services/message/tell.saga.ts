/** Who is told of a decided return, a payout, an endpoint that is disabled; the id derives from what is told. */
import type { Calls } from "../../models/contracts";
import { derivedId } from "../../models/kernel/ids";
import { isRefusal } from "../../models/kernel/refusal";
import type { QueueMessage } from "../../models/message/message.contract";
import type { Told } from "../../models/message/message.inside.contract";
import { DECISIONS, type Decision } from "../../models/message/message.letter.contract";
import { typed, type CallMeta, type TypedCall } from "../kernel/call";
import type { Node } from "../kernel/node";
import type { CallSite } from "../kernel/service";

const NOBODY: Told = { messageId: null };

function callAs({ caller, meta }: CallSite, messageId: string): TypedCall<Calls> {
  const own: CallMeta = {
    principal: { id: "messages", permissions: ["*"] },
    trace: meta.trace,
    commandId: derivedId("tell", messageId),
    exempt: "timer",
  };
  return typed<Calls>(caller, own);
}

async function queued(params: QueueMessage, site: CallSite): Promise<Told> {
  try {
    await callAs(site, params.id)("message.queue", params);
    return { messageId: params.id };
  } catch (error) {
    // erased meanwhile: there is nobody to write to
    if (isRefusal(error, "SUBJECT_ERASED")) return NOBODY;
    throw error;
  }
}

const decisionOf = (status: string): Decision | undefined => DECISIONS.find((one) => one === status);

export async function tellReturn(node: Node, id: string, site: CallSite): Promise<Told> {
  const call = callAs(site, id);
  const found = await call("return.get", { id });
  const decision = decisionOf(found.status);
  if (decision === undefined) return NOBODY;
  const { customerId, contact, number, language, trackKey } = await call("order.addressee", { id: found.orderId });
  if (contact === null) return NOBODY;
  const link = `${node.identity.publicUrl}/v1/orders/${found.orderId}/track?key=${trackKey}`;
  const of = { accountId: customerId, orderId: found.orderId, cause: `return/${id}` };
  return queued(
    {
      ...{ ...of, id: derivedId("message", "return", id, decision), language, recipient: contact.email },
      letter: { template: "return-decided", kind: found.kind, decision, reason: found.decision, number, link },
    },
    site,
  );
}

/** Of a seller that came by an import nobody is known. */
async function owner(sellerId: string, call: TypedCall<Calls>): Promise<string | null> {
  try {
    return (await call("seller.application", { id: sellerId })).accountId;
  } catch (error) {
    if (isRefusal(error, "NOT_FOUND")) return null;
    throw error;
  }
}

/** Of somebody who is no account (a token of the mall's own) nothing is known. */
async function reached(accountId: string, call: TypedCall<Calls>) {
  try {
    return await call("account.peek", { id: accountId });
  } catch (error) {
    if (isRefusal(error, "NOT_FOUND")) return null;
    throw error;
  }
}

/** To the seller whose endpoint it is; of the mall's own, to who added it. */
export async function tellWebhook(node: Node, id: string, site: CallSite): Promise<Told> {
  const call = callAs(site, id);
  const { sellerId, addedBy, url, reason, version } = await call("webhook.get", { id });
  const accountId = sellerId === null ? addedBy : await owner(sellerId, call);
  if (accountId === null || reason === null || reason === "ASKED") return NOBODY;
  const found = await reached(accountId, call);
  if (found === null || found.email === null) return NOBODY;
  const of = { accountId, orderId: null, cause: `webhook/${id}` };
  return queued(
    {
      ...{ ...of, id: derivedId("message", "webhook", id, String(version)) },
      ...{ language: found.language, recipient: found.email },
      letter: {
        ...{ template: "webhook-disabled", gone: reason === "GONE" },
        ...{
          host: new URL(url).host,
          link: `${node.identity.publicUrl}/${sellerId === null ? "admin" : "seller"}/webhooks`,
        },
      },
    },
    site,
  );
}

export async function tellPayout(node: Node, id: string, site: CallSite): Promise<Told> {
  const call = callAs(site, id);
  const { sellerId, cycle, amountMinor, currency } = await call("payout.get", { id });
  const accountId = await owner(sellerId, call);
  if (accountId === null) return NOBODY;
  const [{ email, language }, { name: sellerName }] = await Promise.all([
    call("account.peek", { id: accountId }),
    call("seller.peek", { id: sellerId }),
  ]);
  if (email === null) return NOBODY;
  const link = `${node.identity.publicUrl}/v1/payouts/${id}/statement.pdf`;
  const of = { accountId, orderId: null, cause: `payout/${id}` };
  return queued(
    {
      ...{ ...of, id: derivedId("message", "payout", id), language, recipient: email },
      letter: { template: "payout-statement", cycle, sellerName, amountMinor, currency, link },
    },
    site,
  );
}
