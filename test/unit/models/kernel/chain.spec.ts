import type { Head } from "../../../../models/kernel/audit";
import { proveChain } from "../../../../models/kernel/chain";
import type { Row } from "../../../../models/kernel/row";
import { memoryHistories } from "../../../support/memory-histories";
import { chainOf, rowAfter } from "../../../support/rows";

const LENGTH = 450;

function kept(): { source: ReturnType<typeof memoryHistories>; head: Head } {
  const source = memoryHistories("thing");
  const rows = ["a", "a-b", "b"].flatMap((id) =>
    chainOf(
      id,
      Array.from({ length: LENGTH }, (_, n) => ({ n })),
    ),
  );
  for (const row of rows) source.rows.set(row._id, row);
  const last = source.rows.get(`a@000000${LENGTH}`) as Row;
  return { source, head: { aggregate: "thing", id: "a", version: LENGTH, hash: last.hash } };
}

const ASK = { id: "a", after: 0, limit: 1_000, seen: null };

describe("the proof of one history", () => {
  it("reads its rows, and no others", async () => {
    const { source, head } = kept();
    const found = await proveChain({ ...ASK, source, seen: head });
    expect(found).toMatchObject({ findings: [], rows: LENGTH, next: null, last: { version: LENGTH, hash: head.hash } });
  });

  it("goes on where it stopped, also over the seam", async () => {
    const { source } = kept();
    const first = await proveChain({ ...ASK, source, limit: 300 });
    expect(first).toMatchObject({ rows: 300, next: 300 });
    const second = await proveChain({ ...ASK, source, after: 300 });
    expect(second).toMatchObject({ findings: [], rows: 150, next: null });
    const row = source.rows.get("a@000000301") as Row;
    source.rows.set(row._id, { ...row, by: "somebody" });
    expect((await proveChain({ ...ASK, source, after: 300 })).findings[0]).toMatchObject({
      kind: "row-changed",
      version: 301,
    });
  });

  it.each([
    ["row-changed", 7, (rows: Map<string, Row>, row: Row) => rows.set(row._id, { ...row, state: { n: -1 } })],
    ["version-missing", 8, (rows: Map<string, Row>, row: Row) => rows.delete(row._id)],
  ])("finds %s", async (kind, version, change) => {
    const { source, head } = kept();
    change(source.rows, source.rows.get("a@000000007") as Row);
    const { findings } = await proveChain({ ...ASK, source, seen: head });
    expect(findings[0]).toEqual({ kind, aggregate: "thing", id: "a", version });
  });

  it("finds what a checkpoint saw and is gone, or is another", async () => {
    const { source, head } = kept();
    source.rows.delete(`a@000000${LENGTH}`);
    const cut = await proveChain({ ...ASK, source, seen: head });
    expect(cut.findings).toEqual([{ kind: "history-truncated", aggregate: "thing", id: "a", version: LENGTH }]);
    const forged = rowAfter(source.rows.get(`a@000000${LENGTH - 1}`) as Row, { id: "a", state: { n: -1 } });
    source.rows.set(forged._id, forged);
    expect((await proveChain({ ...ASK, source, seen: head })).findings).toMatchObject([{ kind: "tail-rewritten" }]);
    for (const row of [...source.rows.values()]) if (row.aggregateId === "a") source.rows.delete(row._id);
    expect((await proveChain({ ...ASK, source, seen: head })).findings).toMatchObject([{ kind: "history-missing" }]);
  });
});
