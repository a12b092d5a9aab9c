/**
 * Makes an order of what happened elsewhere: the money is authorised with the embedded provider, which moves none, the
 * order is placed and sent, and its tasks take the money and enter it into the books. Every step has an id that
 * derives from the reference, so that recording the same thing again, from whichever step on, is the same thing.
 */
import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import { anyContract } from "../../models/kernel/contract";
import { derivedId } from "../../models/kernel/ids";
import { bookIdOf } from "../../models/ledger/ledger.book.contract";
import {
  orderRecordContract,
  recordedCheckoutId,
  recordedOrderId,
  recordedReturnId,
  type RecordCredit,
  type Recorded,
  type RecordOrder,
  type RecordReturn,
} from "../../models/order/order.record.contract";
import { refuse } from "../../models/refusals";
import { typed, type CallMeta, type TypedCall } from "../kernel/call";
import type { Node } from "../kernel/node";
import { procedureService, type CallSite } from "../kernel/service";

const NO_MONEY = { provider: "test", method: "tok_ok" } as const;

/** In the name of the mall, at the time at which it happened. */
function stepsOf(of: string, { caller, meta }: CallSite): (step: string) => TypedCall<Calls> {
  const { trace, occurredAt } = meta;
  return (step) => {
    const own: CallMeta = {
      principal: { id: "records", permissions: ["*"] },
      trace,
      commandId: derivedId("record", of, step),
      onBehalfOf: meta.principal.id,
      ...(occurredAt !== undefined && { occurredAt }),
      // what is recorded has happened: nobody can be asked any more whether it may
      exempt: "timer",
    };
    return typed<Calls>(caller, own);
  };
}

async function record({ reference, ...order }: RecordOrder, site: CallSite): Promise<Recorded> {
  const { sellerId, currency, customerId, lines } = order;
  const checkoutId = recordedCheckoutId({ sellerId, reference });
  const id = recordedOrderId({ sellerId, reference });
  const totalMinor = lines.reduce((sum, line) => sum + line.totalMinor, 0);
  if (totalMinor === 0) refuse("ORDER_TOTAL", "An order is paid for: this one comes to nothing.");
  const step = stepsOf(id, site);
  const paymentId = derivedId("payment", checkoutId);
  const paid = { id: paymentId, ...NO_MONEY, currency, amountMinor: totalMinor, customerId };
  await step("authorise")("payment.authorise", paid);
  const payment = { paymentId, totalMinor, capture: "shipment" } as const;
  await step("place")("order.place", { ...order, checkoutId, reservations: [], payment });
  const sent = lines.map(({ lineId, quantity }) => ({ lineId, quantity }));
  await step("ship")("order.ship", { id, lines: sent });
  return { id };
}

async function recordReturn({ orderId: id, reference, lines }: RecordReturn, site: CallSite): Promise<Recorded> {
  const returnId = recordedReturnId({ orderId: id, reference });
  const step = stepsOf(returnId, site);
  await step("admit")("order.admitReturn", { id, returnId, lines });
  const settled = { id, returnId, admitted: lines, accepted: lines, refund: true, keepMinor: 0 };
  await step("settle")("order.settleReturn", settled);
  return { id: returnId };
}

async function recordCredit(params: RecordCredit, site: CallSite): Promise<Recorded> {
  const { sellerId, currency, reference, amountMinor } = params;
  const id = bookIdOf({ sellerId, currency });
  const step = stepsOf(derivedId("recorded-credit", id, reference), site);
  const credit = { sellerId, currency, amountMinor: -amountMinor, account: "goodwill", memo: reference } as const;
  await step("adjust")("ledger.adjust", credit);
  return { id };
}

export const orderRecordService = (node: Node): ServiceSchema =>
  procedureService({
    name: "order.record",
    contract: anyContract(orderRecordContract),
    roles: node.roles,
    procedures: { "order.record": record, "order.recordReturn": recordReturn, "order.recordCredit": recordCredit },
  });
