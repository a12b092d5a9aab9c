import { createClock } from "../../../../models/kernel/clock";
import type { Claims } from "../../../../models/kernel/claims";
import type { Histories, InsertOutcome } from "../../../../models/kernel/histories";
import { paramsHash } from "../../../../models/kernel/ids";
import { Refusal } from "../../../../models/kernel/refusal";
import { followsChain, type Row } from "../../../../models/kernel/row";
import { createActors, type Actors, type ActorsOptions } from "../../../../services/kernel/actor";
import type { Command } from "../../../../services/kernel/command";
import { OPEN } from "../../../../services/kernel/permission";
import { createGroupWriter } from "../../../../services/kernel/group-writer";
import { createIdleRoom } from "../../../../services/kernel/idle";
import { counter, type CounterState } from "../../../support/counter";
import { memoryHistories, type MemoryHistories } from "../../../support/memory-histories";

const noClaims: Claims = {
  take: () => Promise.resolve(),
  find: () => Promise.resolve(null),
  release: () => Promise.resolve(),
};

function actorsOver(histories: Histories, more: Partial<ActorsOptions> = {}): Actors {
  return createActors({
    aggregate: counter,
    histories,
    writer: createGroupWriter(histories),
    clock: createClock(),
    claims: noClaims,
    personal: { seal: (parts) => Promise.resolve(parts), reveal: (rows) => Promise.resolve(rows) },
    committed: () => undefined,
    mailboxMax: 1_000,
    batchMax: 100,
    idle: createIdleRoom(1 << 20).of("counter"),
    ...more,
  });
}

let sent = 0;

function command(name: string, params: object, more: Partial<Command> = {}): Command {
  sent += 1;
  return {
    id: `command-${sent}`,
    name: `counter.${name}`,
    params,
    paramsHash: paramsHash(params),
    aggregateId: "c1",
    creates: name === "open",
    by: "tester",
    onBehalfOf: null,
    causedBy: null,
    trace: null,
    occurredAt: null,
    expectedVersion: null,
    guard: OPEN,
    after: "",
    ...more,
  };
}

const stateOf = (row: Row): CounterState => row.state as CounterState;
const rowsOf = (histories: MemoryHistories): Row[] =>
  [...histories.rows.values()].sort((a, b) => a.version - b.version);
const refusedAs = (type: string): object => expect.objectContaining({ type }) as object;

function expectChain(histories: MemoryHistories): void {
  let previous = "";
  rowsOf(histories).forEach((row, i) => {
    expect(row.version).toBe(i + 1);
    expect(followsChain(previous, row)).toBe(true);
    previous = row.hash;
  });
}

/** Counts what reaches the store, and lets a test decide what becomes of an insert. */
function watched(histories: MemoryHistories) {
  const seen = { inserts: 0, batches: [] as number[], reads: 0 };
  const plan: ((rows: readonly Row[]) => readonly InsertOutcome[] | "go on")[] = [];
  const store: Histories = {
    ...histories,
    async insert(rows, ordered) {
      seen.inserts += 1;
      seen.batches.push(rows.length);
      const planned = plan.shift()?.(rows) ?? "go on";
      return planned === "go on" ? histories.insert(rows, ordered) : planned;
    },
    newest: (ids) => {
      seen.reads += 1;
      return histories.newest(ids);
    },
    standing: (id, ids) => {
      seen.reads += 1;
      return histories.standing(id, ids);
    },
  };
  return { seen, plan, store };
}

describe("an actor", () => {
  it("needs one insert and no read for an accepted command, from the first on", async () => {
    const { seen, store } = watched(memoryHistories("counter"));
    const actors = actorsOver(store);
    await actors.send(command("open", { name: "a" }));
    await actors.send(command("add", { by: 2 }));
    const row = await actors.send(command("add", { by: 3 }));
    expect(stateOf(row)).toMatchObject({ n: 5 });
    expect(seen).toMatchObject({ inserts: 3, reads: 0 });
  });

  it("decides what queued up in a row and writes it in one ordered insert", async () => {
    const histories = memoryHistories("counter");
    const { seen, store } = watched(histories);
    const actors = actorsOver(store);
    await actors.send(command("open", { name: "a" }));
    const rows = await Promise.all(Array.from({ length: 50 }, () => actors.send(command("add", { by: 1 }))));
    expect(rows.map((row) => row.version)).toEqual(Array.from({ length: 50 }, (_, i) => i + 2));
    expect(seen.batches).toEqual([1, 50]);
    expectChain(histories);
  });

  it("lets rows of different actors share one insert, one row of each", async () => {
    const histories = memoryHistories("counter");
    const { seen, store } = watched(histories);
    const actors = actorsOver(store);
    const opened = Array.from({ length: 20 }, (_, i) =>
      actors.send(command("open", { name: `n${i}` }, { aggregateId: `c${i}` })),
    );
    await Promise.all(opened);
    expect(seen.batches).toEqual([20]);
  });

  it("answers a repeated command with its first answer, and refuses its key for something else", async () => {
    const actors = actorsOver(memoryHistories("counter"));
    await actors.send(command("open", { name: "a" }));
    const once = command("add", { by: 4 });
    const first = await actors.send(once);
    await actors.send(command("add", { by: 1 }));
    expect(await actors.send(once)).toEqual(first);
    await expect(actors.send({ ...once, paramsHash: "other" })).rejects.toEqual(refusedAs("IDEMPOTENCY_KEY_REUSED"));
  });

  it("makes one version of a command that comes twice in one batch", async () => {
    const histories = memoryHistories("counter");
    const actors = actorsOver(histories);
    await actors.send(command("open", { name: "a" }));
    const once = command("add", { by: 4 });
    const [a, b] = await Promise.all([actors.send(once), actors.send(once)]);
    expect(a).toEqual(b);
    expect(histories.rows.size).toBe(2);
  });

  it("answers a repeated create with its first answer instead of ALREADY_EXISTS", async () => {
    const histories = memoryHistories("counter");
    const once = command("open", { name: "a" });
    const first = await actorsOver(histories).send(once);
    expect(await actorsOver(histories).send(once)).toEqual(first);
    await expect(actorsOver(histories).send(command("open", { name: "a" }))).rejects.toEqual(
      refusedAs("ALREADY_EXISTS"),
    );
  });

  it("decides again when another owner wrote first", async () => {
    const histories = memoryHistories("counter");
    const [mine, other] = [actorsOver(histories), actorsOver(histories)];
    await mine.send(command("open", { name: "a" }));
    await other.send(command("add", { by: 7 }));
    const row = await mine.send(command("add", { by: -7 }));
    expect(stateOf(row)).toMatchObject({ n: 0 });
    expectChain(histories);
  });

  it("does not answer a refusal from stale memory", async () => {
    const histories = memoryHistories("counter");
    const [mine, other] = [actorsOver(histories), actorsOver(histories)];
    await mine.send(command("open", { name: "a" }));
    await other.send(command("add", { by: 5 }));
    // in memory there are 0, in the store 5
    expect(stateOf(await mine.send(command("add", { by: -5 })))).toMatchObject({ n: 0 });
    await expect(mine.send(command("add", { by: -1 }))).rejects.toMatchObject({ type: "NOT_FOUND", data: { n: 0 } });
  });

  it("does not answer a no-op from stale memory", async () => {
    const histories = memoryHistories("counter");
    const [mine, other] = [actorsOver(histories), actorsOver(histories)];
    await mine.send(command("open", { name: "a" }));
    await other.send(command("add", { by: 5 }));
    expect((await mine.send(command("add", { by: 0 }))).version).toBe(2);
  });

  it("refuses what changes nothing where nothing was ever kept", async () => {
    const idle = { ...counter, decide: { ...counter.decide, "counter.rest": () => [] } };
    const nothing = actorsOver(memoryHistories("counter"), { aggregate: idle });
    await expect(nothing.send(command("rest", {}))).rejects.toMatchObject({ type: "NOT_FOUND", code: 404 });
  });

  it("checks the expected version against the store", async () => {
    const histories = memoryHistories("counter");
    const [mine, other] = [actorsOver(histories), actorsOver(histories)];
    await mine.send(command("open", { name: "a" }));
    await other.send(command("add", { by: 5 }));
    await expect(mine.send(command("add", { by: 1 }, { expectedVersion: 1 }))).rejects.toEqual(
      refusedAs("VERSION_MISMATCH"),
    );
    expect((await mine.send(command("add", { by: 1 }, { expectedVersion: 2 }))).version).toBe(3);
  });

  describe("when the outcome of an insert is unknown", () => {
    it.each([
      ["stored after all", true],
      ["never stored", false],
    ])("finds out whether it was %s, and makes one version", async (_what, stored) => {
      const histories = memoryHistories("counter");
      const { plan, store } = watched(histories);
      const actors = actorsOver(store);
      await actors.send(command("open", { name: "a" }));
      plan.push((rows) => {
        if (stored) void histories.insert(rows, true);
        return rows.map(() => "unknown");
      });
      expect(stateOf(await actors.send(command("add", { by: 3 })))).toMatchObject({ n: 3 });
      expect(histories.rows.size).toBe(2);
      expectChain(histories);
    });

    it("keeps the order and loses nothing when a batch breaks in the middle", async () => {
      const histories = memoryHistories("counter");
      const { plan, store } = watched(histories);
      const actors = actorsOver(store);
      await actors.send(command("open", { name: "a" }));
      plan.push((rows) => {
        void histories.insert(rows.slice(0, 4), true);
        return rows.map((_, i) => (i < 3 ? "inserted" : i === 3 ? "unknown" : "untried"));
      });
      const rows = await Promise.all(Array.from({ length: 10 }, () => actors.send(command("add", { by: 1 }))));
      expect(rows.map((row) => row.version)).toEqual(Array.from({ length: 10 }, (_, i) => i + 2));
      expectChain(histories);
    });
  });

  it("says that the store is unavailable when it can neither write nor read, and recovers", async () => {
    const histories = memoryHistories("counter");
    const { plan, store } = watched(histories);
    let down = true;
    const actors = actorsOver({
      ...store,
      standing: (id, ids) => (down ? Promise.reject(new Error("no server")) : histories.standing(id, ids)),
    });
    plan.push((rows) => rows.map(() => "unknown"));
    await expect(actors.send(command("open", { name: "a" }))).rejects.toEqual(refusedAs("STORE_UNAVAILABLE"));
    down = false;
    expect((await actors.send(command("open", { name: "a" }))).version).toBe(1);
  });

  it("refuses a command past the limit of its mailbox, and only that one", async () => {
    const actors = actorsOver(memoryHistories("counter"), { mailboxMax: 5 });
    await actors.send(command("open", { name: "a" }));
    const results = await Promise.allSettled(Array.from({ length: 6 }, () => actors.send(command("add", { by: 1 }))));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(5);
    expect(results.at(-1)).toMatchObject({ reason: { type: "MAILBOX_FULL", code: 429 } });
  });

  it("refuses a state that grows too large, and keeps the old one", async () => {
    const actors = actorsOver(memoryHistories("counter"));
    await actors.send(command("open", { name: "a" }));
    await expect(actors.send(command("rename", { name: "x".repeat(70_000) }))).rejects.toEqual(
      refusedAs("STATE_TOO_LARGE"),
    );
    expect(stateOf(await actors.send(command("add", { by: 1 })))).toMatchObject({ name: "a", n: 1 });
  });

  it("keeps states in bounded memory and reads an evicted one again", async () => {
    const { seen, store } = watched(memoryHistories("counter"));
    const actors = actorsOver(store, { idle: createIdleRoom(6_000).of("counter") });
    for (let i = 0; i < 20; i++) await actors.send(command("open", { name: `n${i}` }, { aggregateId: `c${i}` }));
    expect(seen.reads).toBe(0);
    expect((await actors.send(command("add", { by: 1 }, { aggregateId: "c0" }))).version).toBe(2);
    expect(seen.reads).toBe(1);
  });

  it("keeps the actors of all aggregates in one room: whoever used it longest ago goes first", async () => {
    const room = createIdleRoom(6_000);
    const { seen, store } = watched(memoryHistories("counter"));
    const mine = actorsOver(store, { idle: room.of("counter") });
    const others = actorsOver(memoryHistories("counter"), { idle: room.of("other") });
    await mine.send(command("open", { name: "a" }));
    // the same id of another aggregate is another actor
    await others.send(command("open", { name: "b" }));
    expect(stateOf(await mine.send(command("add", { by: 1 })))).toMatchObject({ name: "a" });
    expect(seen.reads).toBe(0);
    for (let i = 0; i < 20; i++) await others.send(command("open", { name: "x" }, { aggregateId: `o${i}` }));
    await mine.send(command("add", { by: 1 }));
    expect(seen.reads).toBe(1);
  });

  it("hands out frozen states", async () => {
    const row = await actorsOver(memoryHistories("counter")).send(command("open", { name: "a" }));
    expect(Object.isFrozen(row.state)).toBe(true);
  });

  it("stamps later than the cause, whatever the wall clock says", async () => {
    const actors = actorsOver(memoryHistories("counter"), { clock: createClock(() => 1_000) });
    const after = "000000000005000-00003";
    const row = await actors.send(command("open", { name: "a" }, { after }));
    expect(row.hlc > after).toBe(true);
    expect((await actors.send(command("add", { by: 1 }))).hlc > row.hlc).toBe(true);
  });

  it("takes claims before it inserts, and gives back what the state no longer claims", async () => {
    const log: string[] = [];
    const claims: Claims = {
      ...noClaims,
      take: (holder, keys) => {
        log.push(`take ${holder} ${keys.join()}`);
        if (keys.includes("counter.name/taken")) return Promise.reject(new Refusal("CLAIM_TAKEN", 409, "taken"));
        return Promise.resolve();
      },
      release: (holder, keys) => Promise.resolve(void log.push(`release ${holder} ${keys.join()}`)),
    };
    const histories = memoryHistories("counter");
    const actors = actorsOver(histories, { claims });
    await actors.send(command("open", { name: "a" }));
    await actors.send(command("rename", { name: "b" }));
    await expect(actors.send(command("rename", { name: "taken" }))).rejects.toEqual(refusedAs("CLAIM_TAKEN"));
    expect(log).toEqual([
      "take counter/c1 counter.name/a",
      "take counter/c1 counter.name/b",
      "release counter/c1 counter.name/a",
      "take counter/c1 counter.name/taken",
    ]);
    expect(histories.rows.size).toBe(2);
  });
});
