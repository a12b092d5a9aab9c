/** Wish lists from a heart to a mail, over the real services. */
import { contracts } from "../../../models/contracts";
import type { WishlistView } from "../../../models/wishlist/wishlist.view.contract";
import type { Principal } from "../../../services/kernel/call";
import { admin, nobody, openShelf, shopper, type Shelf } from "./shelf";

let shelf: Shelf;
beforeAll(async () => {
  shelf = await openShelf();
});
afterAll(() => shelf.mall.stop());

const refused = (type: string): unknown => expect.objectContaining({ type });

async function opened(who: Principal): Promise<string> {
  return (await shelf.do("wishlist.open", {}, who)).id;
}

/** What wish lists say of themselves, held against what the contract declares. */
async function look(id: string, who: Principal): Promise<WishlistView> {
  const view = await shelf.do<WishlistView>("wishlist.get", { id }, who);
  const { result } = contracts.flatMap(({ actions }) => actions["wishlist.get"] ?? [])[0] ?? {};
  expect(result?.validate(view, { convert: false })).toEqual({ value: view });
  return view;
}

/** A product on somebody's list. */
async function liked(who: Principal, productId: string) {
  const id = await opened(who);
  await shelf.do("wishlist.put", { id, productId, channelId: shelf.channelId }, who);
  const item = (await look(id, who)).items.find((one) => one.productId === productId);
  return { id, itemId: item?.itemId ?? "" };
}

it("is the same for an account on every device, and nobody else's", async () => {
  const ben = shopper("ben");
  const { productId } = await shelf.product(1_000, 3);
  const { id } = await liked(ben, productId);
  expect(await opened(ben)).toBe(id);
  expect((await look(id, ben)).items).toMatchObject([{ seen: { amountMinor: 1_000, currency: "EUR" }, alert: null }]);
  await expect(shelf.do("wishlist.get", { id }, shopper("eve"))).rejects.toEqual(refused("WISHLIST_FOREIGN"));
  await expect(shelf.do("wishlist.get", { id }, nobody)).rejects.toEqual(refused("WISHLIST_FOREIGN"));
  await expect(shelf.do("wishlist.put", { id, productId: "nowhere", channelId: shelf.channelId }, ben)).rejects.toEqual(
    refused("NOT_FOUND"),
  );
});

it("of nobody becomes the account's at sign-in, once", async () => {
  const [one, two] = [await shelf.product(1_000, 3), await shelf.product(2_000, 3)];
  const own = await liked(shopper("cem"), one.productId);
  const { id } = await liked(nobody, two.productId);
  await shelf.do("wishlist.put", { id, productId: one.productId, channelId: shelf.channelId }, nobody);
  for (let time = 0; time < 2; time++) {
    expect((await shelf.do("wishlist.merge", { id }, shopper("cem"))).id).toBe(own.id);
  }
  const { items } = await look(own.id, shopper("cem"));
  expect(items.map(({ productId }) => productId)).toEqual([one.productId, two.productId]);
  expect(await look(id, nobody)).toMatchObject({ status: "merged", items: [] });
  await expect(shelf.do("wishlist.merge", { id: own.id }, shopper("eve"))).rejects.toEqual(refused("WISHLIST_FOREIGN"));
});

it("goes into the cart and off the list, once", async () => {
  const dan = shopper("dan");
  const { productId, offerId } = await shelf.product(1_000, 3);
  const { id, itemId } = await liked(dan, productId);
  const cart = await shelf.do("cart.open", { channelId: shelf.channelId }, dan);
  const wanted = { id, itemId, cartId: cart.id, offerId, quantity: 2 };
  for (let time = 0; time < 2; time++) {
    await shelf.mall.call(dan, "wishlist.toCart", wanted, { commandId: "moved" });
  }
  expect((await look(id, dan)).items).toEqual([]);
  const held = shelf.mall.histories.get("cart")?.newest([cart.id]);
  expect((await held)?.get(cart.id)?.state).toMatchObject({ lines: [{ offerId, quantity: 2 }] });
});

describe("alerts", () => {
  it("tell once when it is back, with a link that stops it, and count who waits without saying who", async () => {
    const mia = await shelf.person("mia");
    const { productId } = await shelf.product(1_000, 0);
    const { id, itemId } = await liked(mia, productId);
    await shelf.do("wishlist.watch", { id, itemId, stock: true }, mia);
    await shelf.settle();
    const counted = await shelf.do("alert.waiting", { sellerId: "lumen", productIds: [productId] });
    expect(counted).toEqual({ items: [{ productId, stock: 1, price: 0 }] });
    expect(shelf.mailsOf("mia")).toEqual([]);
    await back(productId, 5);
    for (let time = 0; time < 3; time++) {
      await shelf.settle();
      await back(productId, 5);
    }
    const [mail, ...more] = shelf.mailsOf("mia");
    expect(more).toEqual([]);
    expect(mail).toMatchObject({ template: "wish-alert", recipient: "mia@example.com", language: "en" });
    expect(mail?.text).toMatch(/Lamp[^]*\/product\/[^]*\/alerts\/stop\?list=/);
    const after = await look(id, mia);
    expect(after.items[0]?.alert).toMatchObject({ stock: true, told: { amountMinor: 1_000 } });
    expect(await shelf.do("alert.waiting", { sellerId: "lumen", productIds: [productId] })).toEqual({
      items: [{ productId, stock: 0, price: 0 }],
    });
  });

  it("tell when it costs so much less than when it was put on the list, and not before", async () => {
    const nia = await shelf.person("nia");
    const { productId, offerId } = await shelf.product(1_000, 5);
    const { id, itemId } = await liked(nia, productId);
    await shelf.do("wishlist.watch", { id, itemId, fallPercent: 20 }, nia);
    for (const [amountMinor, mails] of [
      [850, 0],
      [801, 0],
      [800, 1],
      [700, 1],
    ] as const) {
      shelf.sale.set(productId, { amountMinor, quantity: 5 });
      await shelf.do("offer.reprice", { id: offerId, price: { amountMinor, currency: "EUR" } });
      await shelf.settle();
      expect(shelf.mailsOf("nia")).toHaveLength(mails);
    }
  });

  it("miss nothing that happens while somebody asks: what came before they could be found is checked", async () => {
    const pia = await shelf.person("pia");
    const { productId } = await shelf.product(1_000, 0);
    const { id, itemId } = await liked(pia, productId);
    await shelf.do("wishlist.watch", { id, itemId, stock: true }, pia);
    // the stock's commit is read in one batch with the alert's, before which nobody was found
    await back(productId, 5);
    await shelf.settle();
    expect(shelf.mailsOf("pia")).toHaveLength(1);
  });

  it("are stopped by the key in the mail without signing in, one or all, and by no other", async () => {
    const ria = await shelf.person("ria");
    const [one, two] = [await shelf.product(1_000, 0), await shelf.product(1_000, 0)];
    const { id, itemId } = await liked(ria, one.productId);
    const other = await liked(ria, two.productId);
    for (const item of [itemId, other.itemId]) await shelf.do("wishlist.watch", { id, itemId: item, stock: true }, ria);
    await shelf.settle();
    await back(one.productId, 1);
    await shelf.settle();
    const link = /http\S*stop\?\S+/.exec(shelf.mailsOf("ria")[0]?.text ?? "")?.[0] ?? "";
    const { list, item, key } = Object.fromEntries(new URL(link).searchParams);
    expect({ list, item }).toEqual({ list: id, item: itemId });
    const stop = (more: object) => shelf.do("wishlist.stop", { id, itemId, key, ...more }, nobody);
    await expect(stop({ itemId: other.itemId })).rejects.toEqual(refused("NOT_FOUND"));
    await expect(stop({ key: "0".repeat(32) })).rejects.toEqual(refused("NOT_FOUND"));
    expect(await stop({})).toEqual({ stopped: "one" });
    expect(await stop({})).toEqual({ stopped: "one" });
    expect(await stop({ all: true })).toEqual({ stopped: "all" });
    expect((await look(id, ria)).muted).toBe(true);
    await back(two.productId, 1);
    await shelf.settle();
    expect(shelf.mailsOf("ria")).toHaveLength(1);
    await shelf.do("wishlist.mute", { id, muted: false }, ria);
    await back(two.productId, 2);
    await shelf.settle();
    expect(shelf.mailsOf("ria")).toHaveLength(2);
  });

  it("reach everybody once, over pages, whatever is killed and whenever", async () => {
    const people = await Promise.all(Array.from({ length: 4 }, (_, i) => shelf.person(`kim-${i}`)));
    let boundaries = 0;
    for (let call = 1; call <= 400; call++) {
      const when = call % 2 === 1 ? "before" : "after";
      const { productId } = await shelf.product(1_000, 0);
      await Promise.all(
        people.map(async (who) => {
          const { id, itemId } = await liked(who, productId);
          await shelf.do("wishlist.watch", { id, itemId, stock: true }, who);
        }),
      );
      await shelf.settle();
      const before = people.map(({ id }) => shelf.mailsOf(id).length);
      await back(productId, 9);
      const nth = Math.ceil(call / 2);
      shelf.failAt(nth, when);
      await shelf.settle();
      const reached = shelf.calls() >= nth;
      shelf.failAt(0, "before");
      expect(people.map(({ id }, i) => shelf.mailsOf(id).length - (before[i] ?? 0))).toEqual([1, 1, 1, 1]);
      await Promise.all(people.map((who) => emptied(who)));
      if (!reached) break;
      boundaries += 1;
    }
    // product, account, mail and note of each of them, and the page itself: before and after
    expect(boundaries).toBeGreaterThanOrEqual(2 * (1 + 3 * people.length + 1));
  });

  it("go to hundreds in pages that are commits of their own, and not to who was erased", async () => {
    const many = 230;
    const people = await Promise.all(Array.from({ length: many }, (_, i) => shelf.person(`lou-${i}`)));
    const { productId } = await shelf.product(1_000, 0);
    // nobody waits for it yet
    await shelf.settle();
    await Promise.all(
      people.map(async (who) => {
        const { id, itemId } = await liked(who, productId);
        await shelf.do("wishlist.watch", { id, itemId, stock: true }, who);
      }),
    );
    await shelf.settle();
    await shelf.do("account.erase", { id: "lou-7" }, shopper("lou-7"));
    await back(productId, 9);
    await shelf.settle();
    const told = people.filter(({ id }) => shelf.mailsOf(id).length === 1);
    expect(told).toHaveLength(many - 1);
    const rows = [...(shelf.mall.histories.get("alert")?.rows.values() ?? [])];
    const own = rows.filter(({ aggregateId }) => aggregateId === productId);
    expect(own.map(({ events }) => events.map(({ type }) => type)).flat()).toEqual([
      ...["alert.begun", "alert.advanced", "alert.advanced", "alert.swept"],
    ]);
    expect(JSON.stringify(own.at(-1)?.state).length).toBeLessThan(400);
  });
});

/** Goods come in. */
async function back(productId: string, quantity: number): Promise<void> {
  const offers = [...(shelf.mall.histories.get("offer")?.rows.values() ?? [])];
  const offer = offers.find(({ state }) => (state as { productId?: string }).productId === productId);
  shelf.sale.set(productId, { amountMinor: 1_000, quantity });
  await shelf.do("stock.receive", { offerId: offer?.aggregateId ?? "", location: "berlin", quantity }, admin);
}

async function emptied(who: Principal): Promise<void> {
  const id = await opened(who);
  for (const { itemId } of (await look(id, who)).items) await shelf.do("wishlist.drop", { id, itemId }, who);
}
