/** What was committed lately, by the boards that it concerns. */
import type { BoardKind } from "../../../../indexers/kernel/live";
import { createRecent } from "../../../../indexers/kernel/live-recent";
import type { Commit } from "../../../../models/kernel/row";

const seller = {
  kind: "seller",
  boardOf: { order: ({ state }: Commit) => (state as { sellerId: string }).sellerId },
} as unknown as BoardKind;

const order = (aggregateId: string, version: number, sellerId: string): Commit =>
  ({ aggregate: "order", aggregateId, version, state: { sellerId } }) as unknown as Commit;

it("is told for each board, and the oldest is forgotten first", () => {
  const recent = createRecent([seller], 3);
  const source = (id: string, version: number) => ({ aggregate: "order", id, version });
  for (const commit of [order("o1", 1, "s1"), order("o2", 1, "s2"), order("o1", 2, "s1")]) recent.note(commit);
  recent.note({ ...order("x", 1, "s1"), aggregate: "stock" });
  expect(recent.of("seller", "s1")).toEqual([source("o1", 1), source("o1", 2)]);
  recent.note(order("o3", 1, "s2"));
  expect(recent.of("seller", "s1")).toEqual([source("o1", 2)]);
  expect(recent.of("seller", "s2")).toEqual([source("o2", 1), source("o3", 1)]);
  expect(recent.of("seller", "s3")).toEqual([]);
});
