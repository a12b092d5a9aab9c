/** Cells are read by how their keys begin, with the types that the table gives them. */
import { cellsOf } from "../../../client/index";
import { cellFault } from "../../../models/live/live.cells.contract";

const balance = {
  cells: {
    EUR: { payableMinor: 500, heldMinor: 0, nextPayoutAt: null },
    "payout|p1": { currency: "EUR", amountMinor: 90, openedAt: "2026-01-31T12:00:00.000Z" },
  },
};

test("of one kind, by what follows the beginning; and nothing where nothing is held", () => {
  const books = cellsOf("balance", balance, "");
  expect([...books].map(([currency, { payableMinor }]) => [currency, payableMinor])).toEqual([["EUR", 500]]);
  expect([...cellsOf("balance", balance, "payout|").keys()]).toEqual(["p1"]);
  expect(cellsOf("balance", undefined, "").size).toBe(0);
});

test("what is not as the table says is told", () => {
  const fault = (key: string, cell: Record<string, string | number | null>) => cellFault("reviews", key, cell);
  expect(fault("rating", { reviews: 1, stars: 5, unanswered: 0 })).toBeNull();
  expect(fault("rating", { reviews: "1", stars: 5, more: 0 })).toBe('reviews "rating": reviews, unanswered, more');
  expect(fault("stars", { reviews: 1 })).toBe('reviews has no cell "stars"');
});
