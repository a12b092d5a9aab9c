/** Since when somebody buys, and in which months, in whatever order their orders come. */
import { buyers, purchaseIn, type Purchase } from "../../../../indexers/analytics/buyers.projection";
import type { Commit } from "../../../../models/kernel/row";

const purchases: readonly Purchase[] = [
  { buyer: "b", at: "2026-03-04T00:00:00.000Z" },
  { buyer: "b", at: "2026-01-31T00:00:00.000Z" },
  { buyer: "b", at: "2026-03-09T00:00:00.000Z" },
];

it("keeps the first time and the months, whatever comes first and however often", () => {
  const [a, b, c] = purchases as readonly [Purchase, Purchase, Purchase];
  const all = buyers.merge(null, purchases);
  expect(all).toMatchObject({
    "@timestamp": b.at,
    "stoa.buyer.cohort": "2026-01",
    "stoa.buyer.months": ["2026-01", "2026-03"],
    "stoa.buyer.months_count": 2,
  });
  const slowly = buyers.merge(buyers.merge(buyers.merge(null, [c]), [a, c]), [b]);
  expect(slowly).toEqual(all);
  expect(buyers.merge(all, purchases)).toEqual(all);
});

it("takes a placed order of somebody who is known, under another name", () => {
  const commit = (customerId: string | null, type: string): Commit =>
    ({ events: [{ type }], state: { status: "placed", customerId, placedAt: "2026-01-01" } }) as unknown as Commit;
  const [found] = purchaseIn(commit("mia", "order.placed"));
  expect(found?.at).toBe("2026-01-01");
  expect(found?.buyer).not.toContain("mia");
  expect(purchaseIn(commit(null, "order.placed"))).toEqual([]);
  expect(purchaseIn(commit("mia", "order.shipped"))).toEqual([]);
});
