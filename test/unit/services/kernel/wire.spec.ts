import {
  aggregateIn,
  announcedRow,
  decode,
  encode,
  fromTheFuture,
  messageOf,
  partitionOf,
  PARTITIONS,
  subjectsOf,
  today,
} from "../../../../services/kernel/wire";
import { derivedId } from "../../../../models/kernel/ids";
import { writeRow, type Commit, type DomainEvent } from "../../../../models/kernel/row";
import { chainOf } from "../../../support/rows";

const commit = { ...chainOf("t-1", [{ n: 1 }])[0], aggregate: "thing" } as Commit;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test("a commit survives its journey", () => {
  const message = encode("mall", commit);
  expect(decode(message.body)).toEqual(commit);
  expect(message).toMatchObject({ msgId: "mall/thing/t-1@1", rowId: "t-1@000000001", aggregateId: "t-1", version: 1 });
  expect(message.subject).toBe(`mall.commits.thing.${partitionOf("t-1")}`);
});

test("a row is published from the text that was hashed as it is from itself", () => {
  const { aggregate: _aggregate, ...row } = commit;
  const message = messageOf("mall", announcedRow("thing", row, writeRow(row).text));
  expect(decode(message.body)).toEqual(commit);
  const { body: _body, ...ref } = encode("mall", commit);
  expect(message).toMatchObject(ref);
});

test("partitions are stable and about evenly used", () => {
  expect(partitionOf("t-1")).toBe(partitionOf("t-1"));
  const counts = new Map<number, number>();
  for (let i = 0; i < 6_400; i++) {
    const partition = partitionOf(derivedId(String(i)));
    counts.set(partition, (counts.get(partition) ?? 0) + 1);
  }
  expect(counts.size).toBe(PARTITIONS);
  expect(Math.max(...counts.values())).toBeLessThan(160);
  expect(Math.min(...counts.values())).toBeGreaterThan(50);
});

test("subjects of one aggregate and of all", () => {
  expect(aggregateIn(encode("mall", commit).subject)).toBe("thing");
  expect(aggregateIn("foreign.thing.1")).toBe("");
  expect(subjectsOf("mall", "thing")).toBe("mall.commits.thing.*");
  expect(subjectsOf("mall")).toBe("mall.commits.>");
});

test.each([["nonsense"], ["null"], ["[]"], ["{}"], ['{"aggregate":"thing","aggregateId":"t-1","version":"1"}']])(
  "%s is refused",
  (text) => expect(() => decode(bytes(text))).toThrow(/JSON|commit|object/),
);

test("older shapes are read as today's, newer ones are known as such", () => {
  const upcasts = [{ from: 1, event: (event: DomainEvent) => event, state: () => ({ n: 2 }) }];
  const known = { aggregate: { name: "thing", schema: 2 }, model: { aggregate: "thing", upcasts } };
  expect(today(commit, known)).toMatchObject({ schema: 2, state: { n: 2 }, aggregate: "thing" });
  expect(fromTheFuture(commit, known)).toBe(false);
  expect(fromTheFuture({ ...commit, schema: 3 }, known)).toBe(true);
});
