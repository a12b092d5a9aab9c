import type { AnyAggregate } from "../../../../models/kernel/aggregate";
import type { Model } from "../../../../models/kernel/model";
import { refold } from "../../../../models/kernel/refold";
import type { Row } from "../../../../models/kernel/row";
import { memoryHistories } from "../../../support/memory-histories";
import { rowAfter } from "../../../support/rows";

const counter: AnyAggregate = {
  name: "counter",
  schema: 1,
  initial: { n: 0 },
  decide: {},
  evolve: { "counter.raised": (state, data) => ({ ...(state as object), ...data }) },
};
const model: Model = { aggregate: "counter" };
const VERSIONS = 3;

function kept(ids: readonly string[]) {
  const histories = memoryHistories("counter");
  for (const id of ids) {
    let row: Row | null = null;
    for (let n = 1; n <= VERSIONS; n++) {
      row = rowAfter(row, { id, state: { n }, events: [{ type: "counter.raised", data: { n } }] });
      histories.rows.set(row._id, row);
    }
  }
  return histories;
}

const IDS = Array.from({ length: 100 }, (_, n) => `t${n}`);

describe("folding again", () => {
  it("finds that every change has its snapshot, wherever it begins", async () => {
    const histories = kept(IDS);
    for (const after of ["", "t5", "zz"]) {
      const found = await refold({ aggregate: counter, model, histories, rows: 10_000, after });
      expect(found).toEqual({ changes: IDS.length * VERSIONS, snapshots: IDS.length * VERSIONS, missing: [] });
    }
  });

  it("reads no more rows than it was asked to", async () => {
    const histories = kept(IDS);
    const found = await refold({ aggregate: counter, model, histories, rows: 7, after: "t50@000000002" });
    // the first row's predecessor was not read
    expect(found.changes).toBe(6);
  });

  it("names a change whose row carries another state", async () => {
    const histories = kept(["a", "b"]);
    const row = histories.rows.get("b@000000002") as Row;
    histories.rows.set(row._id, { ...row, state: { n: 9 } });
    const found = await refold({ aggregate: counter, model, histories, rows: 100, after: "" });
    expect(found).toEqual({ changes: 6, snapshots: 5, missing: ["counter/b@2"] });
  });

  it("names one whose events nobody understands, and leaves personal fields out", async () => {
    const histories = kept(["a"]);
    const row = histories.rows.get("a@000000003") as Row;
    histories.rows.set(row._id, { ...row, events: [{ type: "counter.unknown", data: {} }] });
    const ask = { aggregate: counter, histories, rows: 100, after: "" };
    expect((await refold({ ...ask, model })).missing).toEqual(["counter/a@3"]);
    histories.rows.set(row._id, { ...row, state: { n: "sealed otherwise" } });
    const personal = { subject: () => "a", fields: ["n"] };
    expect((await refold({ ...ask, model: { ...model, personal } })).missing).toEqual([]);
  });
});
