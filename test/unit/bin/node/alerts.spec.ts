/** What the reader of commits makes of them for those who wait. */
import { alertsReader, namingOf, stirredBy } from "../../../../bin/node/alerts";
import type { Commit } from "../../../../models/kernel/row";
import { createMemoryTimers } from "../../../support/memory-delivery";
import { createMemoryLookup } from "../../../support/memory-lookup";
import { rowsOf } from "../../../support/commits";

const commit = (aggregate: string, id: string, version: number, state: object): Commit => {
  const row = rowsOf({ id, versions: version, state: () => state }).at(-1);
  return { ...(row as Commit), aggregate };
};
const list = (version: number, ...watching: string[]): Commit =>
  commit("wishlist", "w1", version, { status: "open", watching });
const stock = (onHand: number, reserved = 0): Commit =>
  commit("stock", "s1", 3, { status: "kept", productId: "lamp", onHand, reserved });
const offer = (status: string): Commit => commit("offer", "o1", 2, { status, productId: "lamp" });

function opened() {
  const [lookup, timers] = [createMemoryLookup(), createMemoryTimers()];
  const reader = alertsReader(lookup, timers);
  const sent = () => timers.all().map(({ _id, version, due }) => [_id, version, due[0]?.command, due[0]?.params]);
  return { lookup, reader, sent };
}

test("only what may concern somebody stirs: what can be bought, an offer that stands, prices of a list", () => {
  expect(stirredBy(stock(2, 1))).toEqual({ productId: "lamp", keys: ["stock/lamp"] });
  expect(stirredBy(stock(2, 2))).toBeNull();
  expect(stirredBy(commit("stock", "s1", 1, { status: "absent" }))).toBeNull();
  expect(stirredBy(offer("open"))?.keys).toEqual(["stock/lamp", "price/lamp"]);
  expect(stirredBy(offer("withdrawn"))).toBeNull();
  expect(stirredBy(commit("pricelist", "p1", 1, { status: "kept", productId: "lamp" }))?.keys).toEqual(["price/lamp"]);
});

test("who waits is found by what they wait for, and by nothing once their lists are over", () => {
  expect(namingOf(list(4, "stock/lamp"))).toEqual({ _id: "w1", version: 4, keys: ["stock/lamp"] });
  const merged = commit("wishlist", "w1", 5, { status: "merged", watching: ["stock/lamp"] });
  expect(namingOf(merged)).toEqual({ _id: "w1", version: 5, keys: [] });
});

test("where nobody waits no timer is left, however much is sold", async () => {
  const { reader, sent } = opened();
  await reader.read([stock(5), offer("open")]);
  await reader.read([list(1)]);
  expect(sent()).toEqual([]);
});

test("one timer is left per commit that concerns somebody, and one for who has just begun to wait", async () => {
  const { reader, sent } = opened();
  // in one batch, and in whatever order: who waits is found before anything is looked up
  await reader.read([stock(5), list(4, "stock/lamp"), list(3, "price/rug")]);
  expect(sent()).toEqual([
    ["wishlist/w1#alerts", 4, "alert.check", { wishlistId: "w1" }],
    ["stock/s1#alerts", 3, "alert.stir", { id: "lamp", source: "stock/s1", version: 3 }],
  ]);
  await reader.read([stock(5), list(4, "stock/lamp")]);
  expect(sent()).toHaveLength(2);
});
