import { wishlist } from "../../../../models/wishlist/wishlist.aggregate";
import type { WishlistEvent } from "../../../../models/wishlist/wishlist.words.aggregate";
import type { SeenNow } from "../../../../models/wishlist/wishlist.state.contract";
import { EXPIRE_DAYS } from "../../../../models/wishlist/wishlist.state.contract";
import {
  ALERTS_MAX,
  itemIdOf,
  ITEMS_MAX,
  LISTS_MAX,
  NOTE_MAX,
  NOTES_MAX,
  type WishAlert,
  type WishItem,
} from "../../../../models/wishlist/wishlist.view.contract";
import { given, NOW } from "../../../support/given";

const at = NOW;
const id = "w1";
const who = { id: "mia", staff: false };
const begun = (accountId: string | null = "mia"): WishlistEvent => ({
  type: "wishlist.begun",
  data: { id, accountId, at },
});
const now = (amountMinor: number | null, inStock = false): SeenNow => ({
  seen: { channelId: "main", currency: "EUR", amountMinor },
  inStock,
});
const item = (productId: string, more: Partial<WishItem> = {}): WishItem => ({
  ...{ productId, variantId: null, listId: "main", at, note: "", seen: now(1_000).seen, alert: null },
  ...more,
});
const put = (productId: string, more: Partial<WishItem> = {}): WishlistEvent => ({
  type: "wishlist.put",
  data: { item: item(productId, more), at },
});
const alert = (more: Partial<WishAlert> = {}): WishAlert => ({
  ...{ askedAt: at, stock: true, belowMinor: null, told: null },
  ...more,
});
const lamp = itemIdOf("lamp", null);
const history = given(wishlist);
const wish = { id, productId: "lamp", channelId: "main", who, ...now(1_000) };

describe("what is kept", () => {
  it("is put there once, with the price of that moment", () => {
    history(begun()).when("wishlist.put", wish).then(put("lamp"));
    history(begun(), put("lamp"))
      .when("wishlist.put", { ...wish, ...now(500) })
      .then();
    history(begun(), put("lamp"))
      .when("wishlist.put", { ...wish, variantId: "red" })
      .then(put("lamp", { variantId: "red" }));
  });

  it("moves to another list and keeps its price and its alert", () => {
    const named: WishlistEvent = { type: "wishlist.named", data: { listId: "gifts", name: "Gifts", at } };
    history(begun(), named, put("lamp", { alert: alert() }))
      .when("wishlist.revise", { id, itemId: lamp, listId: "gifts", note: "for Yan", who })
      .then(put("lamp", { alert: alert(), listId: "gifts", note: "for Yan" }));
    history(begun(), put("lamp")).when("wishlist.revise", { id, itemId: lamp, listId: "no", who }).refused("NOT_FOUND");
    history(begun()).when("wishlist.revise", { id, itemId: lamp, note: "x", who }).refused("NOT_FOUND");
  });

  it("goes with its list, and nothing is waited for any more", () => {
    const named: WishlistEvent = { type: "wishlist.named", data: { listId: "gifts", name: "Gifts", at } };
    const shared: WishlistEvent = { type: "wishlist.shared", data: { listId: "gifts", nonce: "n", hash: "h", at } };
    const there = history(begun(), named, shared, put("lamp", { listId: "gifts", alert: alert() }), put("rug"));
    expect(there.state).toMatchObject({ watching: ["stock/lamp"], lists: ["gifts"], names: { gifts: "Gifts" } });
    expect(wishlist.claims?.(there.state)).toEqual(["wishlist.share/h"]);
    const removed: WishlistEvent = { type: "wishlist.removed", data: { listId: "gifts", at } };
    there.when("wishlist.remove", { id, listId: "gifts", who }).then(removed);
    const { state } = history(begun(), named, shared, put("lamp", { listId: "gifts", alert: alert() }), removed);
    expect(state).toMatchObject({ watching: [], lists: [], names: {}, items: [], shares: [] });
    expect(wishlist.claims?.(state)).toEqual([]);
    history(begun()).when("wishlist.remove", { id, listId: "main", who }).refused("NOT_FOUND");
  });

  it("stays within bounds", () => {
    const many = Array.from({ length: ITEMS_MAX }, (_, i) => put(`p${i}`));
    history(begun(), ...many)
      .when("wishlist.put", wish)
      .refused("WISHLIST_FULL");
    const notes = Array.from({ length: NOTES_MAX / NOTE_MAX }, (_, i) => put(`p${i}`, { note: "x".repeat(NOTE_MAX) }));
    history(begun(), ...notes)
      .when("wishlist.put", { ...wish, note: "y" })
      .refused("WISHLIST_FULL");
    const lists = Array.from({ length: LISTS_MAX }, (_, i): WishlistEvent => ({
      type: "wishlist.named",
      data: { listId: `l${i}`, name: "x", at },
    }));
    history(begun(), ...lists)
      .when("wishlist.name", { id, listId: "one", name: "more", who })
      .refused("WISHLIST_FULL");
    const waiting = Array.from({ length: ALERTS_MAX }, (_, i) => put(`p${i}`, { alert: alert() }));
    history(begun(), ...waiting, put("lamp"))
      .when("wishlist.watch", { id, itemId: lamp, stock: true, who, ...now(null) })
      .refused("WISHLIST_FULL");
  });

  it("is nobody else's", () => {
    const eve = { id: "eve", staff: false };
    history(begun())
      .when("wishlist.put", { ...wish, who: eve })
      .refused("WISHLIST_FOREIGN");
    history(begun()).when("wishlist.mute", { id, muted: true, who: eve }).refused("WISHLIST_FOREIGN");
    history(begun(null))
      .when("wishlist.put", { ...wish, who: { id: null, staff: false } })
      .then(put("lamp"));
    history().when("wishlist.put", wish).refused("NOT_FOUND");
  });
});

describe("an alert", () => {
  const watch = { id, itemId: lamp, who };

  it("waits for what is not so yet: for stock, for a price, for so many percent off the price of then", () => {
    history(begun(), put("lamp"))
      .when("wishlist.watch", { ...watch, stock: true, ...now(null) })
      .then(put("lamp", { alert: alert() }));
    history(begun(), put("lamp"))
      .when("wishlist.watch", { ...watch, belowMinor: 800, ...now(1_000, true) })
      .then(put("lamp", { alert: alert({ stock: false, belowMinor: 800 }) }));
    // of the 9.99 when it was put there, whatever it costs by now
    history(begun(), put("lamp", { seen: now(999).seen }))
      .when("wishlist.watch", { ...watch, fallPercent: 10, ...now(1_500, true) })
      .then(put("lamp", { seen: now(999).seen, alert: alert({ stock: false, belowMinor: 899 }) }));
  });

  it("is refused where it is so already, where there is no price, and to who cannot be written to", () => {
    const there = history(begun(), put("lamp", { seen: now(null).seen }));
    there.when("wishlist.watch", { ...watch, stock: true, ...now(900, true) }).refused("ALERT_MET");
    there.when("wishlist.watch", { ...watch, belowMinor: 900, ...now(900, true) }).refused("ALERT_MET");
    there.when("wishlist.watch", { ...watch, stock: false, ...now(900, true) }).refused("ALERT_MET");
    there.when("wishlist.watch", { ...watch, fallPercent: 10, ...now(null) }).refused("ALERT_NO_PRICE");
    const nobody = { id: null, staff: false };
    history(begun(null), put("lamp"))
      .when("wishlist.watch", { ...watch, stock: true, ...now(null), who: nobody })
      .refused("ALERT_NEEDS_ACCOUNT");
  });

  it("is told once, and not where it was asked for anew or taken back meanwhile", () => {
    const waiting = put("lamp", { alert: alert({ belowMinor: 800 }) });
    const told = { id, itemId: lamp, askedAt: at, amountMinor: 700 };
    const after = alert({ belowMinor: 800, told: { at, amountMinor: 700 } });
    expect(history(begun(), waiting).state).toMatchObject({ watching: ["price/lamp", "stock/lamp"] });
    history(begun(), waiting)
      .when("wishlist.tell", told)
      .then(put("lamp", { alert: after }));
    history(begun(), waiting, put("lamp", { alert: after }))
      .when("wishlist.tell", told)
      .then();
    expect(history(begun(), waiting, put("lamp", { alert: after })).state).toMatchObject({ watching: [] });
    history(begun(), waiting)
      .when("wishlist.tell", { ...told, askedAt: "2026-01-01T00:00:00.000Z" })
      .then();
    history(begun(), waiting).when("wishlist.unwatch", watch).then(put("lamp"));
    history(begun(), put("lamp")).when("wishlist.tell", told).then();
    history(begun(), put("lamp")).when("wishlist.unwatch", watch).then();
  });
});

describe("links", () => {
  const share = { id, listId: "main", nonce: "n2", hash: "h2", who };
  const shared = (nonce: string, hash: string): WishlistEvent => ({
    type: "wishlist.shared",
    data: { listId: "main", nonce, hash, at },
  });

  it("a further one takes the place of the first, and none opens anything once taken back", () => {
    const first = history(begun(), shared("n1", "h1"));
    first.when("wishlist.share", share).then(shared("n2", "h2"));
    const { state } = history(begun(), shared("n1", "h1"), shared("n2", "h2"));
    expect(wishlist.claims?.(state)).toEqual(["wishlist.share/h2"]);
    const unshared: WishlistEvent = { type: "wishlist.unshared", data: { listId: "main", at } };
    first.when("wishlist.unshare", { id, listId: "main", who }).then(unshared);
    expect(wishlist.claims?.(history(begun(), shared("n1", "h1"), unshared).state)).toEqual([]);
    history(begun()).when("wishlist.unshare", { id, listId: "main", who }).then();
    history(begun())
      .when("wishlist.share", { ...share, listId: "no" })
      .refused("NOT_FOUND");
  });
});

describe("of nobody", () => {
  const handed: WishlistEvent = { type: "wishlist.handedOver", data: { to: "w2", at } };

  it("they go into an account's own, each thing once, what was there first as it was", () => {
    history(begun(null), put("lamp")).when("wishlist.handOver", { id, to: "w2" }).then(handed);
    history(begun(null), handed).when("wishlist.handOver", { id, to: "w2" }).then();
    history(begun("mia")).when("wishlist.handOver", { id, to: "w2" }).refused("WISHLIST_FOREIGN");
    history(begun(null), handed)
      .when("wishlist.put", { ...wish, who })
      .refused("WISHLIST_CLOSED");
    const held = {
      from: "w0",
      lists: ["gifts"],
      names: { gifts: "Gifts" },
      items: [item("lamp"), item("rug", { listId: "gifts" })],
    };
    const absorbed: WishlistEvent = {
      type: "wishlist.absorbed",
      data: { ...held, items: [item("rug", { listId: "gifts" })], at },
    };
    const own = history(begun(), put("lamp", { note: "mine" }));
    own.when("wishlist.absorb", { id, ...held }).then(absorbed);
    expect(history(begun(), put("lamp", { note: "mine" }), absorbed).state).toMatchObject({
      lists: ["gifts"],
      names: { gifts: "Gifts" },
      items: [
        { productId: "lamp", note: "mine" },
        { productId: "rug", listId: "gifts" },
      ],
    });
    const settled: WishlistEvent = { type: "wishlist.settled", data: { at } };
    history(begun(null), put("lamp"), handed).when("wishlist.settle", { id }).then(settled);
    expect(history(begun(null), put("lamp"), handed, settled).state).toMatchObject({ items: null, arrived: true });
    history(begun(null), put("lamp"), handed, settled).when("wishlist.settle", { id }).then();
  });

  it("they are carried over by a timer where nobody did, and end when they are not touched", () => {
    const commandOf = (...events: WishlistEvent[]) =>
      wishlist.due?.(history(...events).state).map(({ command }) => command);
    expect(commandOf(begun(null))).toEqual(["wishlist.expire"]);
    expect(commandOf(begun(null), handed)).toEqual(["wishlist.carryOver"]);
    expect(commandOf(begun("mia"))).toEqual([]);
    const later = new Date(Date.parse(at) + EXPIRE_DAYS * 86_400_000).toISOString();
    history(begun(null), put("lamp")).when("wishlist.expire", { id }).then();
    history(begun(null), put("lamp"))
      .when("wishlist.expire", { id }, later)
      .then({ type: "wishlist.expired", data: { at: later } });
    history(begun("mia")).when("wishlist.expire", { id }, later).then();
  });
});
