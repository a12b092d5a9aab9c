import { cart, type CartEvent } from "../../../../models/cart/cart.aggregate";
import { given, NOW } from "../../../support/given";

const at = NOW;
const begun: CartEvent = {
  type: "cart.begun",
  data: { id: "k1", channelId: "main", currency: "EUR", customerId: "mia", at },
};
const put: CartEvent = { type: "cart.put", data: { lineId: "l1", offerId: "o1", quantity: 1, seenMinor: 100, at } };
const locked: CartEvent = { type: "cart.locked", data: { checkoutId: "c1", at } };
const unlocked: CartEvent = { type: "cart.unlocked", data: { checkoutId: "c1", at } };
const by = (checkoutId: string) => ({ id: "k1", checkoutId });
const history = given(cart);

describe("a cart that a checkout holds", () => {
  it("refuses the late lock of a checkout that has let it go, and takes another's", () => {
    history(begun, put, locked, unlocked).when("cart.lock", by("c1")).refused("CART_NOT_HELD", { checkoutId: "c1" });
    history(begun, put, locked, unlocked)
      .when("cart.lock", by("c2"))
      .then({ type: "cart.locked", data: { checkoutId: "c2", at } });
  });

  it("remembers who let go before the lock arrived, and lets nobody else's lock go for it", () => {
    history(begun, put).when("cart.unlock", by("c1")).then(unlocked);
    history(begun, put, unlocked).when("cart.lock", by("c1")).refused("CART_NOT_HELD");
    const held: CartEvent = { type: "cart.locked", data: { checkoutId: "c2", at } };
    expect(history(begun, put, held, unlocked).state).toMatchObject({ status: "locked", checkoutId: "c2" });
  });

  it("refuses the late lock of a checkout that it was bought with", () => {
    const bought: CartEvent = { type: "cart.completed", data: { checkoutId: "c1", at } };
    history(begun, put, locked, bought, put).when("cart.lock", by("c1")).refused("CART_NOT_HELD");
  });

  it("is let go once, and reads what was let go before checkouts were named", () => {
    history(begun, put, locked, unlocked).when("cart.unlock", by("c1")).then();
    const old: CartEvent = { type: "cart.unlocked", data: { at } };
    expect(history(begun, put, locked, old).state).toMatchObject({ status: "open", checkoutId: null });
  });
});
