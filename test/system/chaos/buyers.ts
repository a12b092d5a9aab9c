/** People who want one of what there is too little of, over HTTP; each insists until there is a definite answer. */
import type { CheckoutView } from "../../../models/checkout/checkout.contract";
import { eventually } from "../../support/eventually";

/** How it went with one buyer. */
export interface Bought {
  readonly cartId: string;
  readonly checkoutId: string;
  readonly status: string;
  /** Why not: the refusal, and how many it says can be had. */
  readonly refusal: string | null;
  readonly available: number | null;
}

export interface Shop {
  readonly url: string;
  readonly channelId: string;
  readonly sellerId: string;
  readonly methodId: string;
}

/** A process that died comes back within that time, also on a busy machine. */
const PATIENCE = { timeoutMs: 120_000 };
const ADDRESS = {
  contact: { email: "buyer@example.com" },
  shippingAddress: { name: "Buyer", street: "Lichtweg 1", postalCode: "10115", city: "Berlin", country: "DE" },
};

type Method = "GET" | "POST" | "PATCH" | "PUT";

async function asked<T>(url: string, method: Method, body?: object, key?: string): Promise<T> {
  const answer = await fetch(url, {
    method,
    signal: AbortSignal.timeout(40_000),
    headers: {
      ...(body && { "content-type": "application/json" }),
      ...(key !== undefined && { "idempotency-key": key }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${url} was answered ${answer.status}: ${text.slice(0, 300)}`);
  return JSON.parse(text) as T;
}

/** No answer, or "not now", is asked again: under the same key it is the same request. */
const insist = <T>(what: string, ask: () => Promise<T>) => eventually(what, ask, PATIENCE);

/** A cart with one of them, to which only the payment is missing. */
export async function readyCart({ url, channelId, sellerId, methodId }: Shop, offerId: string): Promise<string> {
  const { id } = await insist("a cart", () => asked<{ id: string }>(`${url}/v1/carts`, "POST", { channelId }));
  const cart = `${url}/v1/carts/${id}`;
  await insist("a line in the cart", () => asked<object>(`${cart}/lines/${offerId}`, "PUT", { quantity: 1 }));
  await insist("an address", () => asked<object>(cart, "PATCH", ADDRESS));
  await insist("a way of shipping", () => asked<object>(`${cart}/shipping/${sellerId}`, "PUT", { methodId }));
  return id;
}

interface Short {
  readonly available?: number;
  readonly changes?: readonly { readonly kind: string; readonly available?: number }[];
}

/** The quantity that a refusal tells: of the stock, or of the cart's line that is not to be had any more. */
function availableIn({ available, changes = [] }: Short): number | null {
  return available ?? changes.find(({ kind }) => kind === "stock")?.available ?? null;
}

export async function buyer({ url }: Shop, cartId: string): Promise<Bought> {
  const body = { payment: { provider: "test", method: "tok_ok" } };
  const start = (): Promise<CheckoutView> => asked(`${url}/v1/carts/${cartId}/checkout`, "POST", body, `buy-${cartId}`);
  const { id } = await insist("an answer to a checkout", start);
  const ended = await insist("the end of a checkout", async () => {
    const view = await asked<CheckoutView>(`${url}/v1/checkouts/${id}`, "GET");
    if (view.status === "done" || view.status === "failed") return view;
    throw new Error(`it is ${view.status} at ${String(view.step)}`);
  });
  const { status, failure } = ended;
  const refusal = failure?.type ?? null;
  return { cartId, checkoutId: id, status, refusal, available: failure ? availableIn(failure.data ?? {}) : null };
}
