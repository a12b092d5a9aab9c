import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import { erased } from "../../models/kernel/aggregate";
import { anyContract } from "../../models/kernel/contract";
import { derivedId } from "../../models/kernel/ids";
import { payment, type OpenPayment, type Operation, type PaymentState } from "../../models/payment/payment.aggregate";
import {
  paymentContract,
  type AnswerChallenge,
  type AuthorisePayment,
  type CapturePayment,
  type HearWebhook,
  type PaymentId,
  type RefundPayment,
  type RequestOperation,
} from "../../models/payment/payment.contract";
import {
  authorisation,
  authorisedMinor,
  capturedMinor,
  isOpen,
  openPayment,
  refundedMinor,
} from "../../models/payment/payment.moves.aggregate";
import type { Outcome } from "../../models/payment/payment.operation.contract";
import type { Moved, PaymentStanding, PaymentView } from "../../models/payment/payment.standing.contract";
import { refuse } from "../../models/refusals";
import { typed } from "../kernel/call";
import { historyReader } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { aggregateService, procedureService, type CallSite } from "../kernel/service";
import { asPayments, keepOutcome, paymentOf, paymentSince, providerOf, settle, type MovesDeps } from "./moves.service";
import { providersOf } from "./providers.service";
import { notAuthenticated } from "./test.service";

function standingOf(id: string, known: OpenPayment): PaymentStanding {
  const url = authorisation(known)?.url;
  return {
    id,
    status: known.status,
    currency: known.currency,
    authorisedMinor: authorisedMinor(known),
    capturedMinor: capturedMinor(known),
    refundedMinor: refundedMinor(known),
    challenge: url === undefined ? null : { url },
  };
}

/** @throws PAYMENT_DECLINED for what the provider has refused */
function movedOf(id: string, known: OpenPayment, operation: Operation | undefined): Moved {
  const { operationId = derivedId("nothing", id), amountMinor = 0, status, code, kind } = operation ?? {};
  if (status === "failed") {
    refuse("PAYMENT_DECLINED", `The provider refused (${kind ?? "a movement"}): ${code ?? "no reason given"}.`, {
      code: code ?? "unknown",
    });
  }
  return { ...standingOf(id, known), operationId, amountMinor };
}

const viewOf = (id: string, version: number, known: OpenPayment): PaymentView => ({
  ...standingOf(id, known),
  version,
  provider: known.provider,
  amountMinor: known.amountMinor,
  customerId: known.customerId,
  operations: known.operations.map(({ operationId, kind, amountMinor, status, at, ...more }) => ({
    ...{ operationId, kind, amountMinor, status, at },
    providerReference: more.providerReference ?? null,
    code: more.code ?? null,
    reason: more.reason ?? null,
    reference: more.reference ?? null,
  })),
});

type Asked = Omit<RequestOperation, "operationId">;

/** Kept, then done. Repeated under the same command id it is the same operation. */
async function moved(deps: MovesDeps, site: CallSite, asked: Asked, operationId: string): Promise<Moved> {
  const { id } = asked;
  const request = typed<Calls>(site.caller, asPayments(site.meta, derivedId("request", operationId)));
  const { version } = await request("payment.request", { ...asked, operationId });
  const { state } = await paymentSince(deps, id, version);
  // given up before it began: there is nothing that the provider would know of
  if (state.status === "barred") return barred(id);
  const known = await settle(deps, site, { id, operationId, again: false, version });
  return movedOf(
    id,
    known,
    known.operations.find((one) => one.operationId === operationId),
  );
}

const barred = (id: string): Moved => ({
  ...{ id, operationId: id, status: "voided", currency: null, challenge: null },
  ...{ authorisedMinor: 0, capturedMinor: 0, refundedMinor: 0, amountMinor: 0 },
});

const operationIdOf = ({ meta }: CallSite): string => derivedId("operation", meta.commandId ?? "");

/** However often it is said that there is something to wait for: only what settles it is kept twice. */
const saysNothingNew = ({ status, providerReference }: Operation, outcome: Outcome): boolean =>
  (outcome.status === "pending" && providerReference !== undefined) ||
  (outcome.status === "challenged" && status === "challenged");

async function hear(deps: MovesDeps, site: CallSite, { provider, signature, payload }: HearWebhook) {
  const heard = providerOf(deps, provider).hear(payload, signature);
  if (heard === null) return { status: "ignored" } as const;
  const { paymentId: id, operationId, outcome } = heard;
  const row = await deps.reader.newest(id);
  const state = row?.state as PaymentState | undefined;
  // refused, it would come again and again: an account may serve several malls
  if (!state || !isOpen(state)) return { status: "ignored" } as const;
  const about = state.operations.find((one) => one.operationId === operationId);
  if (!about || saysNothingNew(about, outcome)) return { status: "ignored" } as const;
  await keepOutcome(site, { id, operationId, looks: about.looks }, outcome);
  await notify(deps, site, { id });
  return { status: "recorded" } as const;
}

async function notify(deps: MovesDeps, site: CallSite, { id }: PaymentId): Promise<PaymentStanding> {
  const known = openPayment((await paymentOf(deps.reader, id)).state);
  const { listener } = known;
  if (listener) {
    const { action, id: who } = listener;
    await site.caller.call(
      action,
      { id: who },
      {
        meta: { ...asPayments(site.meta, derivedId("notify", id)), principal: { id: "payments", permissions: ["*"] } },
      },
    );
  }
  return standingOf(id, known);
}

/** Once is enough: who comes back to the page later changes nothing. @throws PAYMENT_PROVIDER for any other provider */
async function answer(deps: MovesDeps, site: CallSite, { id, answer: said }: AnswerChallenge) {
  const known = openPayment((await paymentOf(deps.reader, id)).state);
  const { provider } = known;
  if (provider !== "test") {
    refuse("PAYMENT_PROVIDER", `What is confirmed of ${provider} is confirmed there, not at this page.`, { provider });
  }
  const asked = authorisation(known);
  if (asked?.status !== "challenged") return standingOf(id, known);
  const { operationId, looks, providerReference: reference = operationId } = asked;
  const outcome = said === "confirm" ? ({ status: "done", reference } as const) : notAuthenticated(reference);
  await keepOutcome(site, { id, operationId, looks }, outcome);
  return notify(deps, site, { id });
}

const procedures = (deps: MovesDeps) => ({
  "payment.authorise": ({ id, ...terms }: AuthorisePayment, site: CallSite) => {
    providerOf(deps, terms.provider);
    return moved(deps, site, { id, kind: "authorise", terms }, derivedId("operation", id, "authorise"));
  },
  "payment.capture": (params: CapturePayment, site: CallSite) =>
    moved(deps, site, { ...params, kind: "capture" }, operationIdOf(site)),
  "payment.void": ({ id }: PaymentId, site: CallSite) =>
    moved(deps, site, { id, kind: "void" }, derivedId("operation", id, "void")),
  "payment.refund": (params: RefundPayment, site: CallSite) =>
    moved(deps, site, { ...params, kind: "refund" }, operationIdOf(site)),
  "payment.confirm": async ({ id }: PaymentId, site: CallSite) =>
    standingOf(id, await settle(deps, site, { id, byCustomer: true, again: true })),
  "payment.settle": async ({ id }: PaymentId, site: CallSite) =>
    standingOf(id, await settle(deps, site, { id, again: true })),
  "payment.notify": (params: PaymentId, site: CallSite) => notify(deps, site, params),
  "payment.answer": (params: AnswerChallenge, site: CallSite) => answer(deps, site, params),
  "payment.webhook": (params: HearWebhook, site: CallSite) => hear(deps, site, params),
});

export const paymentService = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "payment");
  return aggregateService(node, {
    contract: anyContract(paymentContract),
    aggregate: erased(payment),
    queries: {
      "payment.get": async ({ id }: PaymentId): Promise<PaymentView> => {
        const { version, state } = await paymentOf(reader, id);
        // nobody's: it was given up before anybody had opened it
        if (state.status === "barred") return refuse("NOT_FOUND", `There is no payment "${id}".`, { id });
        return viewOf(id, version, openPayment(state));
      },
    },
  });
};

export const paymentMoves = (node: Node): ServiceSchema => {
  const { providers, started, stopped } = providersOf(node);
  const schema = procedureService({
    name: "payment.moves",
    contract: anyContract(paymentContract),
    roles: node.roles,
    procedures: procedures({ reader: historyReader(node, "payment"), providers }),
  });
  return { ...schema, started, stopped };
};
