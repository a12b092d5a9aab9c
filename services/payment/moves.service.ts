/**
 * From what is to be done with a payment to what the provider says of it. The operation is committed first; then the
 * provider is asked, at once by who wants it done, or by the payment's timer if that process dies on the way. Both ask
 * under the operation's id, and keep the answer under an id that derives from it.
 */
import type { Receipt } from "../../models/kernel/contract";
import { derivedId } from "../../models/kernel/ids";
import { isRefusal } from "../../models/kernel/refusal";
import type { Calls } from "../../models/contracts";
import type { OpenPayment, Operation, PaymentState } from "../../models/payment/payment.aggregate";
import { authorisation, capturedMinor, openPayment, unanswered } from "../../models/payment/payment.moves.aggregate";
import type { Outcome } from "../../models/payment/payment.operation.contract";
import { refuse } from "../../models/refusals";
import { typed, type CallMeta, type Principal } from "../kernel/call";
import { newestOrRefuse, type HistoryReader, type KnowingReader } from "../kernel/history-reader";
import type { CallSite } from "../kernel/service";
import { reasonOf } from "../kernel/wait";
import type { Move, PaymentProvider, Providers } from "./provider.service";

export interface MovesDeps {
  readonly reader: KnowingReader;
  readonly providers: Providers;
}

const ofTheMall: Principal = { id: "payments", permissions: ["payment.move"] };

export const asPayments = (meta: Pick<CallMeta, "trace">, commandId: string): CallMeta => ({
  principal: ofTheMall,
  trace: meta.trace,
  commandId,
  exempt: "timer",
});

/** @throws NOT_FOUND */
export async function paymentOf(reader: HistoryReader, id: string): Promise<{ version: number; state: PaymentState }> {
  return newestOrRefuse<PaymentState>(reader, id, "payment");
}

/** The payment at a version that was just made, or later. @throws NOT_FOUND */
export function paymentSince({ reader }: Pick<MovesDeps, "reader">, id: string, version: number) {
  return paymentOf({ newest: () => reader.since(id, version) }, id);
}

export function providerOf({ providers }: Pick<MovesDeps, "providers">, name: string): PaymentProvider {
  const found = providers.get(name);
  if (found) return found;
  const names = [...providers.keys()].join(", ");
  return refuse("PAYMENT_PROVIDER", `The mall does not use a provider "${name}", but: ${names}.`, { provider: name });
}

const moveOf = (id: string, payment: OpenPayment, operation: Operation): Move => ({
  paymentId: id,
  operationId: operation.operationId,
  kind: operation.kind,
  amountMinor: operation.amountMinor,
  currency: payment.currency,
  method: payment.method,
  strong: payment.strong === true,
  final: operation.final ?? operation.amountMinor === payment.amountMinor,
  reason: operation.reason ?? null,
  authorisation: authorisation(payment)?.providerReference ?? null,
  captured: capturedMinor(payment) > 0,
  at: operation.at,
});

/** What was never authorised has nothing that could be given up. */
const nothingToVoid = (payment: OpenPayment, { kind }: Operation): boolean =>
  kind === "void" && authorisation(payment)?.status === "failed";

interface Asking {
  readonly payment: OpenPayment;
  readonly operation: Operation;
  readonly byCustomer: boolean;
}

/** @throws PAYMENT_UNANSWERED: nobody knows what became of it, and it is asked again */
async function outcomeOf(deps: MovesDeps, id: string, { payment, operation, byCustomer }: Asking): Promise<Outcome> {
  if (nothingToVoid(payment, operation)) return { status: "done", reference: "nothing" };
  const provider = providerOf(deps, payment.provider);
  const move = moveOf(id, payment, operation);
  const { providerReference, looks } = operation;
  try {
    if (providerReference === undefined || looks === 0) return await provider.perform(move);
    return await provider.look(move, providerReference, byCustomer);
  } catch (error) {
    if (isRefusal(error)) throw error;
    const detail = `${payment.provider} does not answer: what became of it will be known later.`;
    return refuse("PAYMENT_UNANSWERED", detail, { why: reasonOf(error).slice(0, 500) });
  }
}

/**
 * Keeps an answer, and gives the version that it made. The same answer is the same command, whether a caller, a timer
 * or a webhook brings it.
 */
export async function keepOutcome(
  site: CallSite,
  about: { readonly id: string; readonly operationId: string; readonly looks: number },
  outcome: Outcome,
): Promise<Receipt> {
  const { id, operationId, looks } = about;
  const settled = outcome.status === "done" || outcome.status === "failed";
  const commandId = derivedId("answer", operationId, outcome.status, settled ? "" : String(looks));
  return typed<Calls>(site.caller, asPayments(site.meta, commandId))("payment.record", { id, operationId, outcome });
}

export interface Settling {
  readonly id: string;
  /** Left out: all that has no answer yet. */
  readonly operationId?: string;
  readonly byCustomer?: boolean;
  /** Asks also for what the provider has taken in and will say later. */
  readonly again: boolean;
  /** That the caller knows to be there; left out: it has to be looked for. */
  readonly version?: number;
}

/** Asks for what has no answer, one after the other. The payment as it stands then. @throws PAYMENT_UNANSWERED */
export async function settle(deps: MovesDeps, site: CallSite, settling: Settling): Promise<OpenPayment> {
  const { id, operationId, byCustomer = false, again } = settling;
  const { version } = settling;
  const found = await (version === undefined ? paymentOf(deps.reader, id) : paymentSince(deps, id, version));
  let payment = openPayment(found.state);
  const asked = unanswered(payment).filter(
    (one) => (again || one.looks === 0) && (operationId === undefined || one.operationId === operationId),
  );
  for (const { operationId: about } of asked) {
    // an answer to one may have settled another
    const operation = unanswered(payment).find((one) => one.operationId === about);
    if (!operation) continue;
    const outcome = await outcomeOf(deps, id, { payment, operation, byCustomer });
    const kept = await keepOutcome(site, { id, operationId: about, looks: operation.looks }, outcome);
    payment = openPayment((await paymentSince(deps, id, kept.version)).state);
  }
  return payment;
}
