/** The cart, wherever somebody is: which one it is, and how much is in it. */
import type { CartView } from "../../models/cart/cart.view.contract";
import { ask } from "../client/ask";
import { isProblem } from "../client/problem";
import { person, whoIsKnown } from "../client/session";
import { keep, kept } from "./kept";
import { findChannel } from "./market";
import { createStore } from "./store";

const CART = "cart";

/** Undefined: not looked yet. Null: there is none. */
export const cart = createStore<CartView | null | undefined>(undefined);

export const unitsIn = (view: CartView | null | undefined): number =>
  (view?.lines ?? []).reduce((sum, { quantity }) => sum + quantity, 0);

const usable = ({ status }: CartView): boolean => status === "open" || status === "locked";

/** Looks into the cart that there is. A cart that was bought, or is somebody else's, is forgotten. */
export async function lookIntoCart(): Promise<CartView | null> {
  const id = kept(CART);
  if (id === null) {
    cart.set(null);
    return null;
  }
  await whoIsKnown();
  try {
    const found = await ask("cart.get", { id });
    if (!usable(found)) keep(CART, null);
    cart.set(usable(found) ? found : null);
  } catch (error) {
    if (!isProblem(error, "NOT_FOUND", "CART_FOREIGN", "FORBIDDEN")) throw error;
    keep(CART, null);
    cart.set(null);
  }
  return cart.get() ?? null;
}

/** The id of the cart, opened where there was none. @throws Problem */
export async function cartId(): Promise<string> {
  const id = kept(CART);
  if (id !== null && cart.get()) return id;
  const channel = await findChannel();
  const opened = await ask("cart.open", { channelId: channel?.id ?? "none" });
  keep(CART, opened.id);
  return opened.id;
}

/** @throws Problem */
export async function addToCart(offerId: string, quantity: number): Promise<void> {
  await ask("cart.add", { id: await cartId(), offerId, quantity });
  await lookIntoCart();
}

export function forgetCart(): void {
  keep(CART, null);
  cart.set(null);
}

/** After somebody signed in: what was in the cart of nobody goes into the own one. */
export async function takeCartAlong(): Promise<void> {
  const channel = await findChannel();
  const id = kept(CART);
  if (channel === null || !person.get()) return;
  const held = id === null ? null : await lookIntoCart();
  const own =
    held !== null && held.customerId === null && id !== null
      ? await ask("cart.merge", { id })
      : await ask("cart.open", { channelId: channel.id });
  keep(CART, own.id);
  await lookIntoCart();
}
