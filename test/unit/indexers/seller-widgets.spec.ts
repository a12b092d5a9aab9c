/** What a seller is told of reviews, and what it could do next. */
import type { Client } from "@elastic/elasticsearch";
import { createBoard, type Board } from "../../../indexers/kernel/live-board";
import { liveBoards } from "../../../indexers/live";
import type { Commit } from "../../../models/kernel/row";
import { cellFaults } from "../../support/cells";

const frame = { since: "2026-01-30T00:00:00.000Z" };
const [kind] = liveBoards({ client: {} as Client, namespace: "test" });
const at = "2026-01-31T12:00:00.000Z";

let board: Board;
let number = 0;
beforeEach(() => {
  board = createBoard(kind?.projections ?? [], frame, 0);
});
afterEach(() => expect(cellFaults(board, ["reviews", "stock", "suggestions", "funnel", "alerts"])).toEqual([]));

function take(aggregate: string, aggregateId: string, state: object): void {
  number += 1;
  board.take({ aggregate, aggregateId, version: number, state, committedAt: at } as unknown as Commit, number);
  board.flush(number);
}

const review = (id: string, rating: number, more: object = {}): void =>
  take("review", id, {
    ...{ status: "published", sellerId: "s", productId: "p1", rating, language: "en", writtenAt: at, answer: null },
    ...more,
  });
const shelf = (onHand: number): void =>
  take("stock", "shelf", { status: "open", sellerId: "s", offerId: "o", location: "berlin", productId: "p1", onHand });
const sell = (id: string, quantity: number): void =>
  take("order", id, {
    ...{ status: "placed", currency: "EUR", placedAt: at, tasks: [], money: { totalMinor: 1, reducedMinor: 0 } },
    lines: [{ productId: "p1", title: "Lamp", quantity, totalMinor: 1 }],
  });

test("stars are those of what is shown, and a review that is taken down counts no more", () => {
  review("r1", 5, { answer: { text: "thanks" } });
  review("r2", 2);
  review("r3", 1, { status: "held" });
  expect(board.cells("reviews")).toMatchObject({ rating: { reviews: 2, stars: 7, unanswered: 1 } });
  expect(Object.keys(board.cells("reviews")).sort()).toEqual(["rating", "review|r1", "review|r2"]);
  review("r1", 5, { status: "withdrawn" });
  expect(board.cells("reviews")["rating"]).toEqual({ reviews: 1, stars: 2, unanswered: 1 });
});

test("of many reviews the newest ten are shown, and all of them count", () => {
  for (let n = 0; n < 14; n++) review(`r${n}`, 4, { writtenAt: `2026-01-${10 + n}T00:00:00.000Z` });
  expect(board.cells("reviews")["rating"]).toMatchObject({ reviews: 14 });
  expect(Object.keys(board.cells("reviews"))).toHaveLength(11);
  expect(board.cells("reviews")["review|r3"]).toBeUndefined();
  expect(board.cells("reviews")["review|r4"]).toBeDefined();
});

test("what sells and runs out is to be ordered for four weeks, until it was", () => {
  shelf(10);
  expect(board.cells("suggestions")).toEqual({});
  sell("o1", 4);
  // four in two days: 2 a day, 56 in four weeks
  const cell = { kind: "restock", productId: "p1", units: 46, days: 5 };
  expect(board.cells("suggestions")).toEqual({ "restock|o|berlin": cell });
  shelf(100);
  expect(board.cells("suggestions")).toEqual({});
});

test("who was not content is to be answered, until somebody did", () => {
  review("r1", 2);
  review("r2", 5);
  expect(Object.keys(board.cells("suggestions"))).toEqual(["answer|r1"]);
  review("r1", 2, { answer: { text: "sorry" } });
  expect(board.cells("suggestions")).toEqual({});
});

test("the funnel is what a desk counted and what was ordered, hour by hour; what was noticed is an alert", () => {
  const notice = { kind: "price", productId: "p1", currency: "EUR", ownMinor: 9, bestMinor: 8, at };
  const hours = {
    "2026-01-29T09": { views: 9, carts: 9, checkouts: 9 },
    "2026-01-31T12": { views: 4, carts: 2, checkouts: 1 },
  };
  take("desk", "d", { status: "kept", sellerId: "s", hours, notices: { "price|p1": notice } });
  sell("o1", 1);
  expect(board.cells("funnel")).toEqual({ "2026-01-31T12": { views: 4, carts: 2, checkouts: 1, orders: 1 } });
  expect(board.cells("alerts")).toEqual({ "price|p1": notice });
  take("desk", "d", { status: "kept", sellerId: "s", hours, notices: {} });
  expect(board.cells("alerts")).toEqual({});
});
