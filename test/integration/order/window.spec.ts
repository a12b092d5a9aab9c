/** Until when what was bought may be given back, and at whose cost: as it was said when it was bought. */
import { createClock } from "../../../models/kernel/clock";
import type { RequestedReturn, ReturnView } from "../../../models/return/return.contract";
import type { ReturnTerms } from "../../../models/return/return.window.contract";
import { openPurchases, type Purchases } from "./purchase";

const MIA = { id: "mia", permissions: [], grants: [{ role: "shopper", party: "mia" }] };
const EVE = { id: "eve", permissions: [], grants: [{ role: "shopper", party: "eve" }] };
const SAM = { id: "sam", permissions: [], grants: [{ role: "seller-staff", party: "seller-1" }] };
const DAY_MS = 86_400_000;

let mall: Purchases;
let passedMs = 0;
beforeAll(async () => {
  mall = await openPurchases({ clock: createClock(() => Date.now() + passedMs) });
});
afterAll(() => mall.mall.stop());

/** So many days from now, as the mall's clock has it. */
const day = (days: number): string => new Date(Date.now() + passedMs + days * DAY_MS).toISOString().slice(0, 10);
/** Time goes forward alone. */
const later = (days: number): void => {
  passedMs += days * DAY_MS;
};

/** Bought, sent in two parcels, of which the second one has come. */
async function come(categoryId?: string): Promise<string> {
  const { id } = await mall.bought(2, "order", { ...(categoryId !== undefined && { categoryId }) });
  const one = [{ lineId: "l1", quantity: 1 }];
  for (let parcel = 0; parcel < 2; parcel++) await mall.mall.call(SAM, "order.ship", { id, lines: one });
  const { fulfilments } = await mall.orderOf(id);
  for (const { id: fulfilmentId } of fulfilments) await mall.mall.call(SAM, "order.deliver", { id, fulfilmentId });
  return id;
}

const terms = (orderId: string, who = MIA): Promise<ReturnTerms> =>
  mall.mall.call<ReturnTerms>(who, "return.terms", { orderId });
const ask = (orderId: string, kind = "return"): Promise<RequestedReturn> =>
  mall.mall.call<RequestedReturn>(MIA, "return.request", {
    ...{ orderId, kind, lines: [{ lineId: "l1", quantity: 1 }], reason: "does not fit" },
  });

/** All of an order comes back; what is given back for it. */
async function refundedWhole(orderId: string): Promise<number> {
  const lines = [{ lineId: "l1", quantity: 2 }];
  const { id } = await mall.mall.call<RequestedReturn>(MIA, "return.request", {
    ...{ orderId, kind: "return", lines, reason: "does not fit" },
  });
  await mall.mall.call(SAM, "return.approve", { id });
  await mall.mall.call(SAM, "return.inspect", { id, lines: [{ ...lines[0], restock: true }] });
  await mall.settle(passedMs);
  return (await mall.orderOf(orderId)).money.refundedMinor;
}

test("fourteen days from the day on which the last of it came, by the customer's money; then no more", async () => {
  const id = await come();
  const lastDay = day(14);
  expect(await terms(id)).toEqual({
    ...{ orderId: id, shippingBy: "customer" },
    lines: [{ lineId: "l1", days: 14, lastDay, open: true, sendingBack: true }],
  });
  await expect(terms(id, EVE)).rejects.toMatchObject({ type: "NOT_FOUND" });
  later(14);
  const { id: returnId } = await ask(id);
  expect(await mall.mall.call<ReturnView>(MIA, "return.get", { id: returnId })).toMatchObject({
    shippingBy: "customer",
  });
  later(1);
  for (const kind of ["return", "exchange"]) {
    await expect(ask(id, kind)).rejects.toMatchObject({
      ...{ type: "RETURN_WINDOW_CLOSED", data: { lineId: "l1", days: 14, lastDay } },
    });
  }
  // what is broken has no window, and comes back at the seller's cost
  const { id: claim } = await ask(id, "claim");
  expect(await mall.mall.call<ReturnView>(MIA, "return.get", { id: claim })).toMatchObject({ shippingBy: "seller" });
});

test("as long as not all has come, the days have not begun", async () => {
  const { id } = await mall.bought(2);
  await mall.mall.call(SAM, "order.ship", { id, lines: [{ lineId: "l1", quantity: 1 }] });
  later(60);
  expect((await terms(id)).lines).toMatchObject([{ lastDay: null, open: true }]);
  await mall.mall.call(SAM, "order.ship", { id });
  const { fulfilments } = await mall.orderOf(id);
  await mall.mall.call(SAM, "order.deliver", { id, fulfilmentId: fulfilments[0]?.id });
  expect((await terms(id)).lines).toMatchObject([{ lastDay: null, open: true }]);
});

test("what the channel says holds for what is bought from then on, and for nothing before", async () => {
  const before = await come();
  await mall.call("channel.revise", { id: mall.channelId, returnDays: 30, returnShippingBy: "seller" });
  const after = await come();
  const late = await come();
  expect((await terms(after)).shippingBy).toBe("seller");
  expect((await terms(after)).lines).toMatchObject([{ days: 30, lastDay: day(30), sendingBack: true }]);
  expect((await terms(before)).lines).toMatchObject([{ days: 14, lastDay: day(14) }]);
  // what the mall gives beyond the law's fourteen days is its own: then what sending it cost stays paid
  later(14);
  expect(await refundedWhole(after)).toBe(1_900 + 590);
  later(1);
  expect((await terms(late)).lines).toMatchObject([{ open: true, sendingBack: false }]);
  expect(await refundedWhole(late)).toBe(1_900);
});

test("a category says otherwise for itself and what lies below it: longer, or never", async () => {
  const name = { en: "Baths" };
  const { id: baths } = await mall.call("category.create", { slug: "baths", name, returnDays: 0 });
  const { id: brushes } = await mall.call("category.create", { slug: "brushes", name, parentId: baths });
  const { id: taps } = await mall.call("category.create", { slug: "taps", name, parentId: baths, returnDays: 100 });
  const never = await come(brushes);
  expect((await terms(never)).lines).toMatchObject([{ days: 0, open: false, sendingBack: false }]);
  await expect(ask(never)).rejects.toMatchObject({ type: "RETURN_WINDOW_CLOSED", data: { days: 0 } });
  expect((await terms(await come(taps))).lines).toMatchObject([{ days: 100, open: true }]);
  await expect(mall.call("category.revise", { id: baths, returnDays: 366 })).rejects.toMatchObject({
    type: "VALIDATION_FAILED",
  });
});
