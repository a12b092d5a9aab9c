/** A shopper buys of two sellers in one go; and somebody else comes too late. */
import type { Answer, Guide, Showing } from "../guide";
import { until, type Scene } from "../scene";
import { join } from "./people.chapter";

const ADDRESS = { name: "Sam Berg", street: "Lindenweg 4", postalCode: "10119", city: "Berlin", country: "DE" };
const SEEN_WITHIN_MS = 15_000;

interface Cart {
  readonly missing: readonly string[];
  readonly quote: {
    readonly subtotalMinor: number;
    readonly discountMinor: number;
    readonly shippingMinor: number;
    readonly taxMinor: number;
    readonly totalMinor: number;
    readonly lines: readonly { readonly netMinor: number; readonly taxMinor: number; readonly totalMinor: number }[];
    readonly parcels: readonly { readonly totalMinor: number }[];
  } | null;
}

interface Checkout {
  readonly id: string;
  readonly status: string;
  readonly totalMinor: number | null;
  readonly orders: readonly { readonly sellerId: string; readonly orderId: string }[];
  readonly failure: { readonly type: string; readonly data?: { readonly changes?: readonly Change[] } } | null;
}

interface Change {
  readonly kind: string;
  readonly wanted?: number;
  readonly available?: number;
}

/** What the tour shows of a cart. */
const sums = ({ missing, quote }: Cart): object => {
  const { subtotalMinor, discountMinor, shippingMinor, taxMinor, totalMinor } = quote ?? {};
  return { missing, quote: { subtotalMinor, discountMinor, shippingMinor, taxMinor, totalMinor } };
};

const totals = ({ status, totalMinor, orders, failure }: Checkout): object => ({
  ...{ status, totalMinor, orders },
  ...(failure && { failure: { type: failure.type, data: failure.data } }),
});

type Step = readonly [method: "POST" | "PUT" | "PATCH", path: string, body: object];

/** Everything that a cart is told before it can be bought. */
async function tell(guide: Guide, steps: readonly Step[], as: string | undefined): Promise<void> {
  for (const [method, path, body] of steps) {
    const answer = await guide.ask({ method, path, body, ...(as !== undefined && { as }) });
    if (answer.status >= 300) guide.holds("the cart takes it", false, answer.body);
  }
}

const shipped = (cart: string, sellers: readonly string[], methodId: string): Step[] =>
  sellers.map((seller) => ["PUT", `${cart}/shipping/${seller}`, { methodId }]);

export async function fillsCart(scene: Scene): Promise<void> {
  const { guide } = scene;
  guide.step("Sam puts two lamps and two rugs into one cart, and redeems the coupon");
  await join(scene, "Sam");
  const open = { method: "POST", path: "/v1/carts", as: "SAM", body: { channelId: guide.named("CHANNEL") } } as const;
  await guide.ask(open, { show: ({ id }: { id: string }) => ({ id }), names: { CART: "id" } });
  const cart = `/v1/carts/${guide.named("CART")}`;
  await tell(
    guide,
    [
      ["POST", `${cart}/lines`, { offerId: guide.named("OFFER_BLACK"), quantity: 2 }],
      ["POST", `${cart}/lines`, { offerId: guide.named("OFFER_RUG"), quantity: 2 }],
      ["PUT", `${cart}/coupons/TENTH`, {}],
      ["PATCH", cart, { contact: { email: "sam@example.com" }, shippingAddress: ADDRESS }],
      ...shipped(cart, [guide.named("SELLER"), guide.named("NOAS")], guide.named("PARCEL")),
    ],
    "SAM",
  );
  const seen = await guide.ask({ method: "GET", path: cart, as: "SAM" }, { show: sums });
  addsUp(guide, seen);
}

function addsUp(guide: Guide, { body }: Answer): void {
  const { missing, quote } = body as Cart;
  guide.holds("nothing is missing: it can be bought", missing.length === 0 && quote !== null, body);
  if (quote === null) return;
  guide.holds("it costs 278.00, less a tenth, and 4.90 per parcel", quote.totalMinor === 25_020 + 980, quote);
  const parts = [...quote.lines, ...quote.parcels].reduce((sum, { totalMinor }) => sum + totalMinor, 0);
  const whole = quote.lines.every(({ netMinor, taxMinor, totalMinor }) => netMinor + taxMinor === totalMinor);
  guide.holds("its parts add up to the total, and each of net and tax", parts === quote.totalMinor && whole, quote);
}

async function buys(guide: Guide, cart: string, as: string | undefined, how: Showing): Promise<Checkout> {
  const body = { payment: { provider: "test", method: "tok_ok" } };
  const path = `${cart}/checkout`;
  const answer = await guide.ask({ method: "POST", path, body, ...(as !== undefined && { as }) }, how);
  return answer.body as Checkout;
}

interface Orders {
  readonly items: readonly { readonly id: string; readonly status: string; readonly totalMinor: number }[];
}

const listed = ({ items }: Orders): object =>
  items.map(({ id, status, totalMinor }) => ({ id, status, totalMinor })).sort((a, b) => b.totalMinor - a.totalMinor);

interface Asking {
  readonly path: string;
  readonly as: string;
}

/** The ids of as many orders as there must be, once the search has them. */
async function seesOrders(guide: Guide, { path, as }: Asking, count: number): Promise<string[]> {
  await until(`${count} orders under ${path}`, SEEN_WITHIN_MS, async () => {
    const { items = [] } = (await guide.quietly({ method: "GET", path, as })).body as Partial<Orders>;
    return items.length >= count ? true : null;
  });
  const { body } = await guide.ask({ method: "GET", path, as }, { show: listed });
  return (body as Orders).items.map(({ id }) => id);
}

export async function checksOut({ guide }: Scene): Promise<void> {
  guide.step("One payment, and an order per seller: each sees its own, and Sam both");
  const done = await buys(guide, `/v1/carts/${guide.named("CART")}`, "SAM", { show: totals });
  guide.holds("it is bought", done.status === "done" && done.totalMinor === 26_000, done);
  for (const [name, seller] of [
    ["LAMPS", "SELLER"],
    ["RUGS", "NOAS"],
  ] as const) {
    const order = done.orders.find(({ sellerId }) => sellerId === guide.named(seller));
    guide.name(`ORDER_${name}`, order?.orderId ?? "");
  }
  const ids = ["LAMPS", "RUGS"].map((name) => guide.named(`ORDER_${name}`));
  const own = await seesOrders(guide, { path: "/v1/me/orders", as: "SAM" }, ids.length);
  guide.holds(
    "Sam sees both",
    ids.every((id) => own.includes(id)),
    own,
  );
  for (const [as, seller, id] of [
    ["MIA", "SELLER", ids[0]],
    ["NOA", "NOAS", ids[1]],
  ] as const) {
    const theirs = await seesOrders(guide, { path: `/v1/sellers/${guide.named(seller)}/orders`, as }, 1);
    guide.holds("a seller sees its own, and no other", theirs.length === 1 && theirs[0] === id, theirs);
  }
}

/** Two rugs in the cart of somebody without an account, of which one is left. */
export async function comesTooLate({ guide }: Scene): Promise<void> {
  guide.step("Somebody whom the mall does not know wants two rugs, too late: the answer says how many are left");
  const body = { channelId: guide.named("CHANNEL") };
  await guide.ask(
    { method: "POST", path: "/v1/carts", body },
    { show: ({ id }: { id: string }) => ({ id }), names: { LATE: "id" } },
  );
  const cart = `/v1/carts/${guide.named("LATE")}`;
  const steps: Step[] = [
    ["POST", `${cart}/lines`, { offerId: guide.named("OFFER_RUG"), quantity: 2 }],
    ["PATCH", cart, { contact: { email: "late@example.com" }, shippingAddress: ADDRESS }],
    ...shipped(cart, [guide.named("NOAS")], guide.named("PARCEL")),
  ];
  await tell(guide, steps, undefined);
  refusedFor(guide, await buys(guide, cart, undefined, { show: totals }));
}

function refusedFor(guide: Guide, { status, failure, orders }: Checkout): void {
  const refused = status === "failed" && failure?.type === "CART_CHANGED" && orders.length === 0;
  guide.holds("it is refused with a type, and there is no order", refused, failure);
  const short = failure?.data?.changes?.some(({ wanted, available }) => wanted === 2 && available === 1);
  guide.holds("two were wanted, one is left", short === true, failure);
}
