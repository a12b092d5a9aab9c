import type { Model } from "../../../../models/kernel/model";
import { createPersonal, withPersonal, type Personal } from "../../../../models/kernel/personal";
import { followsChain, type Row } from "../../../../models/kernel/row";
import {
  createSubjectKeys,
  memoryKeyRows,
  type KeyRows,
  type SubjectKeys,
} from "../../../../models/kernel/subject-keys";
import { memoryHistories } from "../../../support/memory-histories";
import { rowAfter } from "../../../support/rows";

const SECRET = "a secret of at least thirty-two characters";
const MARKER = "Zaphod-Beeblebrox-4711";

const model: Model = {
  aggregate: "customer",
  personal: {
    subject: (holder) => (typeof holder["customerId"] === "string" ? holder["customerId"] : null),
    fields: ["name", "address"],
  },
};

const state = { customerId: "c1", tier: "gold", name: MARKER, address: { street: MARKER, no: 7 } };
const events = [
  { type: "customer.renamed", data: { name: MARKER } },
  { type: "customer.promoted", data: { tier: "gold" } },
];

const setUp = (rows = memoryKeyRows()): { keys: SubjectKeys; personal: Personal; rows: typeof rows } => {
  const keys = createSubjectKeys(rows, SECRET);
  return { keys, personal: createPersonal(model, keys), rows };
};

const sealedRow = async (personal: Personal): Promise<Row> => {
  const parts = await personal.seal({ state, events });
  return rowAfter(null, { id: "c1", ...parts });
};

describe("personal fields", () => {
  it("are sealed in state and events, and nothing else is", async () => {
    const row = await sealedRow(setUp().personal);
    expect(row.state).toEqual({
      customerId: "c1",
      tier: "gold",
      name: expect.stringMatching(/^enc:1:[\w-]+$/) as string,
      address: expect.stringMatching(/^enc:1:[\w-]+$/) as string,
    });
    expect(row.events[1]).toEqual(events[1]);
    expect(JSON.stringify(row)).not.toContain(MARKER);
  });

  it("are revealed as they were, also by another process", async () => {
    const { personal, rows } = setUp();
    const row = await sealedRow(personal);
    const [read] = await setUp(rows).personal.reveal([row]);
    expect(read).toMatchObject({ state, events });
  });

  it("are null after the subject was erased, and the chain stays valid", async () => {
    const { personal, keys, rows } = setUp();
    const row = await sealedRow(personal);
    await keys.destroy("c1");
    for (const process of [personal, setUp(rows).personal]) {
      const [read] = await process.reveal([row]);
      expect(read?.state).toEqual({ customerId: "c1", tier: "gold", name: null, address: null });
      expect(read?.events[0]?.data).toEqual({ name: null });
    }
    expect(followsChain("", row)).toBe(true);
  });

  it("of an erased subject cannot be sealed again: the tombstone stays", async () => {
    const { personal, keys, rows } = setUp();
    await keys.destroy("c1");
    await keys.destroy("c1");
    await expect(personal.seal({ state, events })).rejects.toMatchObject({ type: "SUBJECT_ERASED", code: 410 });
    await expect(setUp(rows).personal.seal({ state, events })).rejects.toMatchObject({ type: "SUBJECT_ERASED" });
    expect(rows.all()).toEqual([{ _id: "c1", wrapped: null }]);
  });

  it("are forgotten by a process that hears of an erasure elsewhere", async () => {
    const { personal, keys, rows } = setUp();
    const row = await sealedRow(personal);
    await setUp(rows).keys.destroy("c1");
    keys.forget("c1");
    expect((await personal.reveal([row]))[0]?.state).toMatchObject({ name: null });
  });

  it("cannot be opened with the keys' table alone, nor moved to another field", async () => {
    const { personal, rows } = setUp();
    const row = await sealedRow(personal);
    const thief = createPersonal(model, createSubjectKeys(rows, "another secret of thirty-two characters"));
    await expect(thief.reveal([row])).rejects.toThrow();
    const { name } = row.state as Record<string, unknown>;
    const moved = { ...row, state: { customerId: "c1", address: name } };
    await expect(personal.reveal([moved])).rejects.toThrow("cannot be opened");
    await expect(personal.reveal([{ ...row, state: { customerId: "c2", name } }])).resolves.toMatchObject([
      { state: { name: null } },
    ]);
  });

  it("of nobody are an error, never clear text", async () => {
    const { personal } = setUp();
    await expect(personal.seal({ state: { name: MARKER }, events: [] })).rejects.toThrow("of nobody");
    expect(await personal.seal({ state: { status: "absent" }, events: [] })).toEqual({
      state: { status: "absent" },
      events: [],
    });
  });

  it("cannot be forged by a value that looks sealed", async () => {
    const { personal } = setUp();
    const forged = { customerId: "c1", name: "enc:1:AAAA" };
    const parts = await personal.seal({ state: forged, events: [] });
    expect((await personal.reveal([rowAfter(null, { id: "c1", ...parts })]))[0]?.state).toEqual(forged);
  });

  it("get one key when two processes seal for a new subject at once", async () => {
    const rows = memoryKeyRows();
    const [one, two] = await Promise.all([setUp(rows), setUp(rows)].map(({ personal }) => sealedRow(personal)));
    expect(rows.all()).toHaveLength(1);
    expect(await setUp(rows).personal.reveal([one, two] as Row[])).toMatchObject([{ state }, { state }]);
  });

  it("cost one operation for a new subject, however many are sealed at once, and none while none are", async () => {
    const rows = memoryKeyRows();
    const asked: string[] = [];
    const counting: KeyRows = {
      ...rows,
      find: (subjects) => (asked.push("find"), rows.find(subjects)),
      keep: (row) => (asked.push("keep"), rows.keep(row)),
    };
    const personal = createPersonal(model, createSubjectKeys(counting, SECRET));
    const open = rowAfter(null, { id: "c1", state: { customerId: "c1", tier: "gold" }, events: [] });
    expect(await personal.reveal([open])).toEqual([open]);
    expect(asked).toEqual([]);
    const row = await sealedRow(personal);
    expect(await personal.reveal([row])).toMatchObject([{ state, events }]);
    expect(asked).toEqual(["keep"]);
  });

  it("are not remembered of a key that was asked for before an erasure was heard of", async () => {
    const rows = memoryKeyRows();
    const answers: (() => void)[] = [];
    const slow: KeyRows = {
      ...rows,
      async keep(row) {
        const kept = await rows.keep(row);
        await new Promise<void>((resolve) => answers.push(resolve));
        return kept;
      },
    };
    const keys = createSubjectKeys(slow, SECRET);
    const sealing = keys.create("c1");
    await Promise.resolve();
    await rows.bury("c1");
    keys.forget("c1");
    answers[0]?.();
    await expect(sealing).resolves.toHaveLength(32);
    expect((await keys.get(["c1"])).get("c1")).toEqual({ status: "erased" });
  });

  it("cost nothing where a model has none", async () => {
    const plain = createPersonal({ aggregate: "thing" }, setUp().keys);
    const parts = { state, events };
    expect(await plain.seal(parts)).toBe(parts);
    expect(plain.isSealed(parts)).toBe(true);
  });
});

describe("histories with personal fields", () => {
  it("reveal what an actor reads, and keep sealed what is scanned or published", async () => {
    const { personal } = setUp();
    const stored = memoryHistories("customer");
    const histories = withPersonal(stored, personal);
    const row = await sealedRow(personal);
    expect(await histories.insert([row], true)).toEqual(["inserted"]);
    const { newest, byCommand } = await histories.standing("c1", [row.command.id]);
    const read = [
      newest,
      byCommand.get(row.command.id),
      (await histories.newest(["c1"])).get("c1"),
      await histories.asOf("c1", { version: 1 }),
      ...(await histories.page("c1", 0, 10)),
    ];
    expect(read.map((found) => found?.state)).toEqual(new Array(5).fill(state));
    expect([...(await histories.scan("", 10)), ...(await histories.unpublished(null, 10))]).toEqual([row, row]);
    expect(await histories.asOf("nobody", { version: 1 })).toBeNull();
  });

  it("take no row with clear text", async () => {
    const histories = withPersonal(memoryHistories("customer"), setUp().personal);
    await expect(histories.insert([rowAfter(null, { id: "c1", state })], true)).rejects.toThrow("in clear");
  });

  it("hold nothing of an erased person that anybody could find", async () => {
    const { personal, keys, rows } = setUp();
    const stored = memoryHistories("customer");
    await withPersonal(stored, personal).insert([await sealedRow(personal)], true);
    const wrapped = rows.all()[0]?.wrapped as string;
    await keys.destroy("c1");
    const kept = JSON.stringify([[...stored.rows.values()], rows.all()]);
    for (const trace of [MARKER, Buffer.from(MARKER).toString("base64").slice(0, -4), wrapped]) {
      expect(kept).not.toContain(trace);
    }
  });
});
