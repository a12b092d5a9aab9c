/**
 * The steps of paying for more of an order. The order changes last, when the money is there: what fails before that is
 * taken back and leaves it as it was.
 */
import { allocate, reservationsOf, short, wantedOf, type Allocation } from "../checkout/checkout.allocation.contract";
import { refusalIn, resultsOf, send } from "../checkout/checkout.sending.contract";
import type { Assessed, AssessPayment } from "../fraud/fraud.contract";
import type { Begun, Saga, SagaState, SagaStep, Verdict } from "../kernel/saga";
import { sagaAggregate } from "../kernel/saga-aggregate";
import type { Moved } from "../payment/payment.standing.contract";
import { reserveCommandId, type StockPlaces } from "../stock/stock.hold.contract";
import { supplementPaymentId, supplementSubject, type SupplementData } from "./supplement.data.contract";

type Step = SagaStep<SupplementData>;
type Said = Verdict<SupplementData>;

const STEP_MS = 60_000;
const CHALLENGE_MS = 15 * 60_000;
/** So long a payment waits for somebody to look at it, and its goods with it. */
const REVIEW_MS = 4 * 60 * 60_000;

const hold = ({ offerId, location, quantity, holdId }: Allocation) => ({ offerId, location, quantity, holdId });

/** Told by the places themselves, so that the holds can be named when the answers are there. */
const allocation: Step = {
  name: "allocate",
  idle: ({ lines }) => wantedOf(lines).size === 0,
  commands: ({ lines }) => [...wantedOf(lines).keys()].map((offerId) => send("stock.places", { offerId })),
  verdict: (answers, { lines }, at): Said => {
    const refused = refusalIn(answers);
    if (refused) return { fail: refused };
    const places = resultsOf<StockPlaces>(answers);
    const { allocations, shortages } = allocate(wantedOf(lines), places, at);
    if (shortages.length > 0) return { fail: short(shortages) };
    return { next: { allocations, spread: places.some((found) => found.places.length > 1) } };
  },
};

const reserve: Step = {
  name: "reserve",
  idle: ({ allocations = [] }) => allocations.length === 0,
  commands: ({ allocations = [] }) =>
    allocations.map((one) => send("stock.reserve", hold(one), reserveCommandId(one.holdId))),
  verdict: (answers, { spread = false }): Said => {
    const refused = refusalIn(answers);
    if (!refused) return { next: {} };
    return { fail: refused, ...(spread && refused.type === "STOCK_SHORT" && { back: "allocate" }) };
  },
  undo: ({ allocations = [] }) => allocations.map((one) => send("stock.free", hold(one))),
};

/**
 * Sends nothing on the way; on the way back it comes after the void, which bars a capture that is still under way, and
 * gives back what was captured. Where nothing was, that is refused, and nothing follows from it.
 */
const giveBack: Step = {
  name: "give-back",
  idle: () => true,
  commands: () => [],
  undo: ({ amountMinor, orderId, raiseId }, { id }) => [
    send("payment.refund", {
      ...{ id: supplementPaymentId(id), amountMinor, reason: "the order stayed as it was" },
      reference: `${orderId}/${raiseId}`,
    }),
  ],
};

/** As at checkout: a payment of its own has a risk of its own. One begun before sellers were kept is not judged. */
const assess: Step = {
  name: "assess",
  timeoutMs: REVIEW_MS,
  idle: ({ sellerId }) => sellerId === undefined,
  commands: (data, { id, round }) => {
    const { sellerId, customerId, contact = null, shippingAddress: address = null } = data;
    const subject = supplementSubject(data);
    if (sellerId === undefined) return [];
    const { provider, method, amountMinor, currency } = data;
    const who = { customerId, subject, contact, address, sellerId };
    const risk: AssessPayment = {
      checkoutId: id,
      listener: "supplement",
      round,
      ...who,
      provider,
      method,
      amountMinor,
      currency,
    };
    return [send("fraud.assess", risk)];
  },
  verdict: (answers): Said => {
    const refused = refusalIn(answers);
    if (refused) return { fail: refused };
    const [judged] = resultsOf<Assessed>(answers);
    return judged?.outcome === "review" ? { wait: {} } : { next: { strong: judged?.outcome === "challenge" } };
  },
  undo: (_data, { id }) => [send("assessment.lapse", { id })],
};

const authorise: Step = {
  name: "authorise",
  timeoutMs: CHALLENGE_MS,
  commands: ({ provider, method, currency, amountMinor, customerId, strong }, { id }) => {
    const listener = { action: "supplement.resume", id };
    const terms = { provider, method, strong: strong === true, currency, amountMinor, customerId, listener };
    return [send("payment.authorise", { id: supplementPaymentId(id), ...terms })];
  },
  verdict: (answers): Said => {
    const refused = refusalIn(answers);
    if (refused) return { fail: refused };
    const [payment] = resultsOf<Moved>(answers);
    if (payment?.status === "authorised") return { next: {} };
    if (payment?.status === "voided") return { fail: { type: "PAYMENT_STATUS", detail: "The payment was given up." } };
    return { wait: payment?.challenge ? { challengeUrl: payment.challenge.url } : {} };
  },
  undo: (_data, { id }) => [send("payment.void", { id: supplementPaymentId(id) })],
};

const capture: Step = {
  name: "capture",
  commands: ({ amountMinor }, { id }) => [
    send("payment.capture", { id: supplementPaymentId(id), amountMinor, final: true }),
  ],
  verdict: (answers): Said => {
    const refused = refusalIn(answers);
    const [taken] = resultsOf<Moved>(answers);
    return refused ? { fail: refused } : { next: taken ? { captureId: taken.operationId } : {} };
  },
};

const extend: Step = {
  name: "extend",
  timeoutMs: null,
  commands: ({ orderId, raiseId, lines, allocations = [], captureId = "" }, { id }) => [
    send("order.extend", {
      ...{ id: orderId, raiseId, paymentId: supplementPaymentId(id), captureId },
      reservations: reservationsOf(lines, allocations),
    }),
  ],
};

export const supplementSaga: Saga<SupplementData> = {
  name: "supplement",
  schema: 1,
  steps: [allocation, reserve, assess, giveBack, authorise, capture, extend],
  timeoutMs: STEP_MS,
};

export type SupplementState = SagaState<SupplementData>;
export type BegunSupplement = Begun<SupplementData>;

export const supplement = sagaAggregate(supplementSaga);
