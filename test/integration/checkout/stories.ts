/** Customers who buy in one mall, each with a request of its own in which something may go wrong. */
import { contracts } from "../../../models/contracts";
import { FIRST_TERMS } from "../../../models/fraudpolicy/fraudpolicy.contract";
import { createClock } from "../../../models/kernel/clock";
import { derivedId } from "../../../models/kernel/ids";
import type { Principal } from "../../../services/kernel/call";
import { createCallPlay, type CallPlan, type CallPlay } from "../../support/call-faults";
import { sendDue } from "../../support/due";
import type { Asked, Between } from "../../support/memory-node";
import { address, contact, openMarket, shopper, type Market } from "../cart/market";

export interface Story {
  readonly name: string;
  /** The token of the card. */
  readonly method: string;
  /** What the customer does when the bank has asked for something; left out: what it takes to pay without. */
  readonly then?: "checkout.confirm" | "checkout.cancel" | "nothing";
  /** Left out: two. */
  readonly rugs?: number;
  /** The first call that is another one than in the stories before. */
  readonly from?: string;
}

export const STORIES: readonly Story[] = [
  { name: "pays", method: "tok_ok" },
  { name: "is declined", method: "tok_declined", from: "payment.authorise" },
  { name: "is too large for the mall", method: "tok_ok", rugs: 200, from: "fraud.assess" },
  { name: "cannot be charged in the end", method: "tok_capture_declined", from: "order.place" },
  { name: "confirms at the bank", method: "tok_challenge", then: "checkout.confirm", from: "payment.authorise" },
  { name: "gives up at the bank", method: "tok_challenge_ignored", then: "checkout.cancel", from: "checkout.wait" },
  { name: "never comes back from the bank", method: "tok_challenge_ignored", then: "nothing", from: "checkout.wait" },
];

export interface Purchase {
  readonly story: Story;
  readonly plan: CallPlan | null;
  readonly play: CallPlay;
  readonly cartId: string;
  readonly checkoutId: string;
  readonly customerId: string;
}

export interface Stories {
  readonly market: Market;
  readonly purchases: readonly Purchase[];
  buy(story: Story, plan: CallPlan | null): Promise<Purchase>;
  /** So much later the mall's timers come. */
  later(ms: number): Promise<void>;
}

const kinds = new Map(
  contracts.flatMap(({ actions }) => Object.entries(actions).map(([name, { kind }]) => [name, kind])),
);

/** What changes something. */
export const isChange = ({ action }: Pick<Asked, "action">): boolean =>
  ["create", "command", "procedure"].includes(kinds.get(action) ?? "");

/** … and all that the checkout itself asks. A block of order numbers is taken for many: not every purchase asks. */
const counts = (asked: Asked): boolean =>
  asked.action !== "ordernumber.take" && (isChange(asked) || (asked.meta.causedBy?.startsWith("checkout/") ?? false));

const MORE = 100_000;
/** What two rugs cost with the lamp is less, what two hundred cost is more. */
const TOO_MUCH = { name: "too-much", feature: "TX_AMOUNT", atLeast: 5_000, outcome: "block" } as const;
const TIMED = ["checkout", "payment", "order", "cart", "return", "ledger"];

export async function openStories(): Promise<Stories> {
  const plays = new Map<string, CallPlay>();
  let lateMs = 0;
  const between: Between = (asked, go) => {
    const [name = ""] = asked.meta.trace.split("/");
    return plays.get(name)?.between(asked, go) ?? go();
  };
  const market = await openMarket({ clock: createClock(() => Date.now() + lateMs), between });
  const { lamp, rug } = market.offers;
  for (const offerId of [lamp, rug]) await market.do("stock.receive", { offerId, location: "berlin", quantity: MORE });
  const rule = { effect: { kind: "order-percent", percentBp: 1_000 } };
  const { id: promotionId } = await market.do("promotion.create", {
    ...{ name: { en: "Ten" }, rule, channels: [market.channelId], byCoupon: true, usesPerCustomerMax: 1 },
  });
  await market.do("coupon.issue", { code: "TEN", promotionId });
  await market.do("fraudpolicy.set", { ...FIRST_TERMS, rules: [TOO_MUCH] });
  const purchases: Purchase[] = [];
  let customers = 0;

  async function ready(who: Principal, { rugs = 2 }: Story): Promise<string> {
    const { id } = await market.do("cart.open", { channelId: market.channelId }, who);
    await market.do("cart.add", { id, offerId: lamp, quantity: 1 }, who);
    await market.do("cart.add", { id, offerId: rug, quantity: rugs }, who);
    await market.do("cart.redeem", { id, code: "TEN" }, who);
    await market.do("cart.address", { id, contact, shippingAddress: address }, who);
    for (const sellerId of ["lumen", "weave"]) {
      await market.do("cart.ship", { id, sellerId, methodId: market.post }, who);
    }
    return id;
  }

  async function act({ story, plan, play, cartId, checkoutId: id, customerId }: Purchase): Promise<void> {
    const { method, then = "nothing" } = story;
    const ask = async (action: string, params: object, trace = `${customerId}/${action}`): Promise<void> => {
      const meta = { trace, commandId: `${customerId}/${action}` };
      // who gets no answer does not know either
      await market.node.call(shopper(customerId), action, params, meta).catch(() => undefined);
    };
    await ask("checkout.start", { id: cartId, payment: { provider: "test", method } });
    if (then !== "nothing" && !play.struck()) await ask(then, { id });
    if (plan?.fault === "it comes only when all is over, and the customer has gone") {
      await ask("checkout.cancel", { id }, "gone");
    }
  }
  return {
    market,
    purchases,
    async buy(story, plan) {
      const customerId = `customer-${++customers}`;
      const play = createCallPlay(counts, plan);
      const cartId = await ready(shopper(customerId), story);
      const checkoutId = derivedId("checkout", cartId, `${customerId}/checkout.start`);
      const purchase = { story, plan, play, cartId, checkoutId, customerId };
      purchases.push(purchase);
      plays.set(customerId, play);
      await act(purchase);
      return purchase;
    },
    async later(ms) {
      lateMs += ms;
      await sendDue(market.node, TIMED, new Date(Date.now() + lateMs + 60_000).toISOString());
    },
  };
}
