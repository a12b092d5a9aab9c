/** Carts, what is bought of them, and what makes them cheaper. */
import type { Scene, Stage, Story } from "../stage";
import { kept } from "./kept";
import { aCart, aCoupon, aMarket, aPromotion, aReadyCart, tenPercent, type FilledCart } from "./market";
import { PAID } from "./purchase.story";

type Body = Readonly<Record<string, unknown>>;

const COUPONS_USED = 15;
const CARTS_USED = 8;

/** A checkout whose bank asks for something that nobody does. */
const waiting: Story = async (stage) => {
  const { as, id: cartId } = await aReadyCart(stage);
  const payment = { provider: "test", method: "tok_challenge_ignored" };
  const { id } = await stage.ask("checkout.start", { as, params: { id: cartId, payment, totalMinor: undefined } });
  return { as, params: { id } };
};

const previewed: Story = async (stage) => {
  const { channelId, offerId } = await aMarket(stage);
  const { rule } = await tenPercent(stage);
  const tried = { channelId, country: "DE", lines: [{ offerId, quantity: 1 }], rule };
  return { as: stage.one, params: { ...tried, coupons: undefined, sellerId: undefined, at: undefined } };
};

type OnCart = (stage: Stage, cart: FilledCart) => Promise<Body>;

const onCart = async (stage: Stage, cart: FilledCart, more: OnCart): Promise<Scene> => ({
  as: cart.as,
  params: { id: cart.id, offerId: cart.market.offerId, ...(await more(stage, cart)) },
});

const nothing = (): Promise<Body> => Promise.resolve({});

/** One that is used up. */
const ofCart =
  (more: OnCart = nothing): Story =>
  async (stage) =>
    onCart(stage, await aReadyCart(stage), more);

/** One of which enough is left for the next. */
const ofKeptCart =
  (more: OnCart = nothing): Story =>
  async (stage) =>
    onCart(stage, await kept(stage, "cart", CARTS_USED, () => aReadyCart(stage)), more);

export const cartStories: Readonly<Record<string, Story>> = {
  "cart.add": ofKeptCart(),
  "cart.set": ofKeptCart(),
  "cart.drop": ofCart(),
  "cart.accept": ofKeptCart(),
  "cart.get": ofKeptCart(),
  "cart.shipping": ofKeptCart(),
  "cart.merge": async (stage) => ({ as: stage.one, params: { id: (await aCart(stage)).id } }),
  "cart.ship": ofKeptCart((_stage, { market: { sellerId, methodId } }) => Promise.resolve({ sellerId, methodId })),
  // a cart holds ten coupons
  "cart.redeem": ofKeptCart(async (stage, { market }) => ({ code: (await aCoupon(stage, market)).code })),
  "cart.unredeem": ofKeptCart(async (stage, { as, id, market }) => {
    const { code } = await aCoupon(stage, market);
    await stage.ask("cart.redeem", { as, params: { id, code } });
    return { code };
  }),
  "checkout.start": ofCart(() => Promise.resolve(PAID)),
  "checkout.confirm": waiting,
  "checkout.cancel": waiting,
  "promotion.create": async (stage) => ({ as: stage.one, params: await tenPercent(stage) }),
  "promotion.stop": async (stage) => ({ as: stage.one, params: { id: await aPromotion(stage) } }),
  "promotion.preview": previewed,
  "coupon.issue": async (stage) => {
    const { promotionId } = await kept(stage, "coupon", COUPONS_USED, () => aCoupon(stage));
    return { params: { promotionId } };
  },
  "coupon.revoke": async (stage) => ({ as: stage.one, params: await aCoupon(stage) }),
  "coupon.get": async (stage) => ({
    as: stage.one,
    params: await kept(stage, "coupon", COUPONS_USED, () => aCoupon(stage)),
  }),
};
