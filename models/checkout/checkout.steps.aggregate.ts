/**
 * The steps of a checkout: what each sends, what the answers mean, and how it is taken back. Before the orders are
 * placed everything can be undone and nothing has been taken; from then on what was promised belongs to the orders.
 */
import type { Quote } from "../cart/cart.quote.contract";
import type { CartGlance } from "../cart/cart.view.contract";
import type { Assessed, AssessPayment } from "../fraud/fraud.contract";
import type { Answer, Saga, SagaAt, SagaStep, Verdict } from "../kernel/saga";
import type { Moved } from "../payment/payment.standing.contract";
import { reserveCommandId, type StockPlaces } from "../stock/stock.hold.contract";
import { allocate, short, wantedOf, type Allocation } from "./checkout.allocation.contract";
import type { CheckoutData } from "./checkout.data.contract";
import {
  noCaptureId,
  orderIdsOf,
  ordersOf,
  paymentIdOf,
  riskOf,
  sellersOf,
  type CheckoutAt,
} from "./checkout.orders.contract";
import { pack, unpack } from "./checkout.packed.contract";
import { refusalIn, resultsOf, send } from "./checkout.sending.contract";

type Step = SagaStep<CheckoutData>;
type Said = Verdict<CheckoutData>;

const quoteOf = ({ quote }: CheckoutData): Quote => unpack(quote as NonNullable<CheckoutData["quote"]>);

const checkoutOf = (data: CheckoutData, { id }: SagaAt): CheckoutAt => ({
  id,
  data,
  quote: quoteOf(data),
  paymentId: paymentIdOf(id),
});

/** What is judged of its payment. */
export const checkoutRisk = (data: CheckoutData, at: SagaAt): AssessPayment => riskOf(checkoutOf(data, at), at.round);

/** The customer has seconds for what the mall does, and a quarter of an hour for what the bank asks of them. */
const STEP_MS = 60_000;
const CHALLENGE_MS = 15 * 60_000;
/** So long a payment waits for somebody to look at it, and its goods with it. */
const REVIEW_MS = 4 * 60 * 60_000;

const lock: Step = {
  name: "lock",
  commands: ({ cartId }, { id }) => [send("cart.lock", { id: cartId, checkoutId: id })],
  undo: ({ cartId }, { id }) => [send("cart.unlock", { id: cartId, checkoutId: id })],
};

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Between the customer's last look and the lock another device may have said something else. */
function asBegun(data: CheckoutData, cart: CartGlance): boolean {
  const { contact, shippingAddress, billingAddress } = data;
  return same([contact, shippingAddress, billingAddress], [cart.contact, cart.shippingAddress, cart.billingAddress]);
}

const quote: Step = {
  name: "quote",
  asks: true,
  commands: ({ cartId: id, agreedMinor }) => [
    send("cart.quote", { id, ...(agreedMinor !== null && { totalMinor: agreedMinor }) }),
    send("cart.peek", { id }),
  ],
  verdict: (answers, data): Said => {
    const refused = refusalIn(answers);
    if (refused) return { fail: refused };
    const [found, cart] = resultsOf<unknown>(answers) as [Quote, CartGlance];
    if (!asBegun(data, cart)) {
      return { fail: { type: "CART_CHANGED", detail: "Another address was given meanwhile; show the cart again." } };
    }
    return { next: { quote: pack(found), currency: found.currency, totalMinor: found.totalMinor } };
  },
};

/** Told by the places themselves, so that the holds can be named when the answers are there. */
const allocation: Step = {
  name: "allocate",
  asks: true,
  commands: (data) => [...wantedOf(quoteOf(data).lines).keys()].map((offerId) => send("stock.places", { offerId })),
  verdict: (answers, data, at): Said => {
    const refused = refusalIn(answers);
    if (refused) return { fail: refused };
    const places = resultsOf<StockPlaces>(answers);
    const { allocations, shortages } = allocate(wantedOf(quoteOf(data).lines), places, at);
    if (shortages.length > 0) return { fail: short(shortages) };
    return { next: { allocations, spread: places.some((found) => found.places.length > 1) } };
  },
};

const hold = ({ offerId, location, quantity, holdId }: Allocation) => ({ offerId, location, quantity, holdId });

/** What orders were placed with is theirs to release. */
function notPlaced(data: CheckoutData): Allocation[] {
  const { placed = [], allocations = [] } = data;
  if (placed.length === 0) return [...allocations];
  const owners = new Map(quoteOf(data).lines.map(({ offerId, sellerId }) => [offerId, sellerId]));
  return allocations.filter(({ offerId }) => !placed.includes(owners.get(offerId) ?? ""));
}

const reserve: Step = {
  name: "reserve",
  commands: ({ allocations = [] }) =>
    allocations.map((one) => send("stock.reserve", hold(one), reserveCommandId(one.holdId))),
  verdict: (answers, { spread = false }): Said => {
    const refused = refusalIn(answers);
    if (!refused) return { next: {} };
    // somebody was faster here; elsewhere there may be some left
    return { fail: refused, ...(spread && refused.type === "STOCK_SHORT" && { back: "allocate" }) };
  },
  undo: (data) => notPlaced(data).map((one) => send("stock.free", hold(one))),
};

const useOf = (data: CheckoutData, { id }: SagaAt) => ({
  useId: id,
  customerId: data.customerId,
  promotions: quoteOf(data).promotions.map(({ promotionId, code }) => ({
    promotionId,
    ...(code !== undefined && { code }),
  })),
});

const redeem: Step = {
  name: "redeem",
  idle: (data) => quoteOf(data).promotions.length === 0,
  commands: (data, at) => (quoteOf(data).promotions.length > 0 ? [send("redemption.take", useOf(data, at))] : []),
  undo: (data, at) => (quoteOf(data).promotions.length > 0 ? [send("redemption.release", useOf(data, at))] : []),
};

/**
 * What the risk of the payment is. Who is let through is told so early, on the way, and the judgement is written while
 * the checkout commits (services/checkout); a payment that a person has to look at waits for that.
 */
const assess: Step = {
  name: "assess",
  timeoutMs: REVIEW_MS,
  idle: ({ totalMinor = 0 }) => totalMinor === 0,
  ahead: (data, at) => [send("fraud.assess", { ...checkoutRisk(data, at), early: true })],
  commands: (data, at) => (data.totalMinor ? [send("fraud.assess", checkoutRisk(data, at))] : []),
  verdict: (answers): Said => {
    const refused = refusalIn(answers);
    if (refused) return { fail: refused };
    const [judged] = resultsOf<Assessed>(answers);
    return judged?.outcome === "review" ? { wait: {} } : { next: { strong: judged?.outcome === "challenge" } };
  },
  undo: ({ totalMinor = 0 }, { id }) => (totalMinor === 0 ? [] : [send("assessment.lapse", { id })]),
};

const authorise: Step = {
  name: "authorise",
  idle: ({ totalMinor = 0 }) => totalMinor === 0,
  timeoutMs: CHALLENGE_MS,
  commands: ({ totalMinor = 0, currency = "", provider, method, customerId, strong }, { id }) => {
    if (totalMinor === 0) return [];
    const listener = { action: "checkout.resume", id };
    const how = { provider, method, strong: strong === true };
    const terms = { ...how, currency, amountMinor: totalMinor, customerId, listener };
    return [send("payment.authorise", { id: paymentIdOf(id), ...terms })];
  },
  verdict: (answers): Said => {
    const refused = refusalIn(answers);
    if (refused) return { fail: refused };
    const [payment] = resultsOf<Moved>(answers);
    if (payment === undefined || payment.status === "authorised") return { next: {} };
    if (payment.status === "voided") {
      return { fail: { type: "PAYMENT_STATUS", detail: "The payment was given up.", data: { status: "voided" } } };
    }
    return { wait: payment.challenge === null ? {} : { challengeUrl: payment.challenge.url } };
  },
  undo: ({ totalMinor = 0 }, { id }) => (totalMinor === 0 ? [] : [send("payment.void", { id: paymentIdOf(id) })]),
};

const place: Step = {
  name: "place",
  timeoutMs: null,
  commands: (data, at) => ordersOf(checkoutOf(data, at)).map((order) => send("order.place", order)),
  verdict: (answers, data): Said => {
    const sellers = sellersOf(quoteOf(data));
    const placed = sellers.filter((_seller, n) => "result" in (answers[n] ?? {}));
    const refused = refusalIn(answers);
    return refused ? { fail: refused, patch: { placed } } : { next: { placed } };
  },
  undo: (data, at) =>
    orderIdsOf(at.id, data.placed ?? []).map((id) => send("order.cancel", { id, reason: "the payment failed" })),
};

const capture: Step = {
  name: "capture",
  idle: ({ capture: policy, totalMinor = 0 }) => policy !== "order" || totalMinor === 0,
  timeoutMs: null,
  commands: ({ capture: policy, totalMinor = 0 }, { id }) =>
    policy === "order" && totalMinor > 0
      ? [send("payment.capture", { id: paymentIdOf(id), amountMinor: totalMinor, final: true })]
      : [],
  verdict: (answers): Said => {
    const refused = refusalIn(answers);
    const [taken] = resultsOf<Moved>(answers);
    return refused ? { fail: refused } : { next: taken ? { captureId: taken.operationId } : {} };
  },
};

/** A cart that is not held any more need not be let go. */
const letGo = (answer: Answer): boolean => "refused" in answer && answer.refused.type === "CART_NOT_HELD";

/** Nothing here is refused for a reason of the customer's, nor can it be taken back: it is asked for a day. */
const complete: Step = {
  name: "complete",
  timeoutMs: null,
  commands: (data, at) => {
    const { cartId, captureId = noCaptureId(at.id), capture: policy } = data;
    const all = checkoutOf(data, at);
    const recorded = ordersOf(all).map(({ sellerId, payment }) => {
      const [id = ""] = orderIdsOf(at.id, [sellerId]);
      return send("order.recordCapture", { id, captureId, amountMinor: payment.totalMinor });
    });
    return [
      send("cart.complete", { id: cartId, checkoutId: at.id }),
      ...(all.quote.promotions.length > 0 ? [send("redemption.keep", useOf(data, at))] : []),
      ...(policy === "order" ? recorded : []),
    ];
  },
  verdict: (answers): Said => {
    const refused = refusalIn(answers.filter((answer) => !letGo(answer)));
    return refused ? { retry: refused, otherwise: { unfinished: refused } } : { next: {} };
  },
};

export const checkoutSaga: Saga<CheckoutData> = {
  name: "checkout",
  schema: 1,
  steps: [lock, quote, allocation, reserve, redeem, assess, authorise, place, capture, complete],
  timeoutMs: STEP_MS,
};
