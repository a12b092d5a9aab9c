/** What is done with an order after it was placed: by its customer, its seller, and the mall's timers. */
import { derivedId } from "../../../models/kernel/ids";
import type { Principal } from "../../../services/kernel/call";
import type { Bought } from "./purchase";

const MIA: Principal = { id: "mia", permissions: [], grants: [{ role: "shopper", party: "mia" }] };
const SAM: Principal = { id: "sam", permissions: [], grants: [{ role: "seller-staff", party: "seller-1" }] };
const ROOT: Principal = { id: "root", permissions: ["*"] };
const TIMERS: Principal = { id: "timers", permissions: ["*"] };

export interface Step {
  readonly who: Principal;
  readonly action: string;
  readonly params: object;
}

export interface Story {
  readonly name: string;
  readonly capture: "order" | "shipment";
  /** The first call that is another one than in the stories before. */
  readonly from?: string;
  /** `commandOf`: the id under which the story's first step is sent. */
  readonly steps: (bought: Bought, commandOf: string) => readonly Step[];
  /** What a refusal by whom the payment for more asks ends like: the story of this name. */
  readonly orElse?: string;
  /** How it ends: units still promised, captured and not given back, and where the order stands. */
  readonly ends: { readonly held: number; readonly keptMinor: number; readonly status: string };
}

/** Three lamps of 1,000 less a discount of 100 (the first of them is worth 966, two 1,933), and 590 for sending. */
const WHOLE = 3_490;

const carriedOut = ({ id }: Bought): Step => ({ who: TIMERS, action: "order.carryOut", params: { id } });

const done = (who: Principal, action: string, params: object) => (bought: Bought) =>
  [{ who, action, params: { id: bought.id, ...params } }, carriedOut(bought)] as const;

const returned =
  (kind: "return" | "exchange", more: object = {}, quantity = 1) =>
  (bought: Bought, commandOf: string): readonly Step[] => {
    const id = derivedId("return", commandOf, bought.id);
    const lines = [{ lineId: "l1", quantity }];
    return [
      {
        who: MIA,
        action: "return.request",
        params: { orderId: bought.id, kind, lines, reason: "does not fit", ...more },
      },
      { who: SAM, action: "return.approve", params: { id } },
      // what is wanted instead is held
      ...("articles" in more ? [{ who: TIMERS, action: "return.carryOut", params: { id } }] : []),
      { who: SAM, action: "return.inspect", params: { id, lines: [{ ...lines[0], restock: true }] } },
      { who: TIMERS, action: "return.carryOut", params: { id } },
      carriedOut(bought),
    ];
  };

const shipped = (bought: Bought): readonly Step[] => done(SAM, "order.ship", {})(bought);

const two = [{ lineId: "l1", quantity: 2 }];

const UNANSWERED = "more is proposed, and nobody answers";

/** One more lamp of 1,000, without a discount; the order has taken two steps by then. */
const raised = (bought: Bought): readonly Step[] =>
  done(SAM, "order.raise", { lines: [{ lineId: "l1", quantity: 1 }], reason: "asked" })(bought);

const agreed = (bought: Bought): readonly Step[] => {
  const payment = { provider: "test", method: "tok_ok" };
  const params = { orderId: bought.id, raiseId: "x3", payment };
  return [...raised(bought), { who: MIA, action: "supplement.start", params }, carriedOut(bought)];
};

const UNPAID = "one is exchanged for something dearer, and nobody pays the difference";

/** One lamp, worth 966, against a shade of 1,500; the order has taken four steps by then. */
function swapping(bought: Bought, commandOf: string): readonly Step[] {
  const articles = [{ offerId: bought.shadeId, quantity: 1 }];
  return [...shipped(bought), ...returned("exchange", { articles })(bought, commandOf)];
}

export const ORDER_STORIES: readonly Story[] = [
  {
    ...{ name: UNANSWERED, capture: "order", from: "order.raise", steps: raised },
    ends: { held: 3, keptMinor: WHOLE, status: "placed" },
  },
  {
    ...{ name: "more is agreed", capture: "order", from: "supplement.begin", steps: agreed, orElse: UNANSWERED },
    ends: { held: 4, keptMinor: WHOLE + 1_000, status: "placed" },
  },
  {
    ...{ name: "its customer cancels", capture: "order", steps: done(MIA, "order.cancel", {}) },
    ends: { held: 0, keptMinor: 0, status: "cancelled" },
  },
  {
    ...{ name: "it is sent", capture: "order", steps: shipped },
    ends: { held: 0, keptMinor: WHOLE, status: "shipped" },
  },
  {
    ...{ name: "a part cannot be sent", capture: "order" },
    steps: done(SAM, "order.decline", { lines: two, reason: "broken" }),
    ends: { held: 1, keptMinor: WHOLE - 1_933, status: "placed" },
  },
  {
    ...{ name: "there shall be fewer", capture: "order" },
    steps: done(SAM, "order.edit", { lines: two, reason: "asked on the phone" }),
    ends: { held: 2, keptMinor: WHOLE - 966, status: "placed" },
  },
  {
    ...{ name: "a part of the price is given back", capture: "order" },
    steps: done(ROOT, "order.refund", { amountMinor: 500, reason: "scratched" }),
    ends: { held: 3, keptMinor: WHOLE - 500, status: "placed" },
  },
  {
    ...{ name: "it is paid as it is sent", capture: "shipment", steps: shipped },
    ends: { held: 0, keptMinor: WHOLE, status: "shipped" },
  },
  {
    ...{ name: "it is cancelled before it is paid", capture: "shipment", steps: done(MIA, "order.cancel", {}) },
    ends: { held: 0, keptMinor: 0, status: "cancelled" },
  },
  {
    ...{ name: "one comes back", capture: "order", from: "return.request" },
    steps: (bought, commandOf) => [...shipped(bought), ...returned("return")(bought, commandOf)],
    ends: { held: 0, keptMinor: WHOLE - 966, status: "shipped" },
  },
  {
    // what sending it cost comes back, too
    ...{ name: "all of it comes back", capture: "order", from: "return.inspect" },
    steps: (bought, commandOf) => [...shipped(bought), ...returned("return", {}, 3)(bought, commandOf)],
    ends: { held: 0, keptMinor: 0, status: "returned" },
  },
  {
    ...{ name: UNPAID, capture: "order", from: "return.request", steps: swapping },
    ends: { held: 1, keptMinor: WHOLE, status: "shipped" },
  },
  {
    ...{ name: "one is exchanged for something dearer", capture: "order", from: "supplement.begin", orElse: UNPAID },
    steps: (bought, commandOf) => {
      const params = { orderId: bought.id, raiseId: "x5", payment: { provider: "test", method: "tok_ok" } };
      return [...swapping(bought, commandOf), { who: MIA, action: "supplement.start", params }, carriedOut(bought)];
    },
    // the shade is not sent yet
    ends: { held: 1, keptMinor: WHOLE - 966 + 1_500, status: "part-shipped" },
  },
  {
    ...{ name: "one is exchanged", capture: "order", from: "return.inspect" },
    steps: (bought, commandOf) => [...shipped(bought), ...returned("exchange")(bought, commandOf)],
    ends: { held: 0, keptMinor: WHOLE, status: "shipped" },
  },
];
