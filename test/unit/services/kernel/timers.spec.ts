import { contracts } from "../../../../models/contracts";
import { refuseKernel } from "../../../../models/kernel/refusal";
import type { Commit } from "../../../../models/kernel/row";
import { addressed, createTimers, timerCommandId, timersReader, type Send } from "../../../../services/kernel/timers";
import { quiet } from "../../../support/delivery";
import { eventually } from "../../../support/eventually";
import { createMemoryTimers } from "../../../support/memory-delivery";
import { chainOf } from "../../../support/rows";
import { counter } from "../../../support/counter";

interface Sent {
  readonly command: string;
  readonly params: object;
  readonly commandId: string;
  readonly causedBy: string;
}

const START = Date.UTC(2026, 0, 1);
const at = (ms: number): string => new Date(START + ms).toISOString();
const due = (ms: number, n = 1) => ({ at: at(ms), command: "counter.add", params: { by: n } });
const aggregate = { ...counter, due: (state: unknown) => (state as { due: ReturnType<typeof due>[] }).due };

const commitsOf = (id: string, ...states: object[][]): Commit[] =>
  chainOf(
    id,
    states.map((timers) => ({ due: timers })),
  ).map((row) => ({ ...row, aggregate: "counter" }));

function given(answer: (sent: Sent) => void = () => undefined) {
  const store = createMemoryTimers();
  const sent: Sent[] = [];
  let wall = START;
  const send: Send = async (command, params, ids) => {
    await Promise.resolve();
    sent.push({ command, params, ...ids });
    answer({ command, params, ...ids });
  };
  let looks = 0;
  const looked = { ...store, due: (now: string, limit: number) => (looks++, store.due(now, limit)) };
  const clock = { now: () => new Date(wall).toISOString() };
  const timers = () => createTimers({ store: looked, send, clock, log: quiet, lookEveryMs: 5 });
  return {
    store,
    sent,
    timers,
    looks: () => looks,
    reader: timersReader([aggregate], store),
    pass: (ms: number) => (wall += ms),
  };
}

test("a command goes to the aggregate whose timer it is, unless its params name another one", () => {
  const address = addressed(contracts);
  expect(address("payment.settle", {}, "p1")).toEqual({ id: "p1" });
  // of a book, whose timer opens a payout
  expect(address("payout.open", { id: "payout-7", cycle: 7 }, "book")).toEqual({ id: "payout-7", cycle: 7 });
  expect(address("stock.deliver", { transferId: "t1" }, "s1")).toEqual({ id: "s1", transferId: "t1" });
});

test("only aggregates that have timers are read", () => {
  expect(timersReader([counter, aggregate], createMemoryTimers()).aggregates).toEqual(["counter"]);
  expect(timersReader([counter], createMemoryTimers()).aggregates).toEqual([]);
});

test("the newest version counts, in whatever order commits come", async () => {
  const { store, reader } = given();
  const [first, second, third] = commitsOf("c-1", [due(10)], [due(20), due(30)], []);
  if (!first || !second || !third) throw new Error("no commits");
  await reader.read([second, first]);
  expect(store.all()).toMatchObject([{ _id: "counter/c-1", version: 2, nextAt: at(20) }]);
  await reader.read([third]);
  await reader.read([first]);
  expect(store.all()).toMatchObject([{ version: 3, nextAt: null }]);
});

test("a timer fires when its time has come, once, and not before", async () => {
  const { reader, sent, timers, looks, pass } = given();
  await reader.read(commitsOf("c-1", [due(60_000), due(60_000, 2), due(120_000)]));
  const running = timers();
  running.start();
  await eventually("it looked", () => looks() >= 3);
  expect(sent).toEqual([]);
  pass(60_000);
  await eventually("two fire", () => sent.length === 2);
  expect(new Set(sent.map(({ commandId }) => commandId)).size).toBe(2);
  expect(sent[0]).toMatchObject({ command: "counter.add", params: { by: 1 }, causedBy: "counter/c-1@1" });
  pass(60_000);
  await eventually("the third fires", () => sent.length === 3);
  await eventually("all are recorded", () => running.status().fired === 3);
  await running.stop();
});

test("two nodes fire it under one command id, and a restart does not fire it again", async () => {
  const { reader, sent, store, timers, pass } = given();
  for (let i = 0; i < 20; i++) await reader.read(commitsOf(`c-${i}`, [due(1)]));
  pass(10);
  const nodes = [timers(), timers()];
  for (const node of nodes) node.start();
  await eventually("all fired", () => store.all().every(({ nextAt }) => nextAt === null));
  for (const node of nodes) await node.stop();
  expect(new Set(sent.map(({ commandId }) => commandId)).size).toBe(20);
  const before = sent.length;
  const later = timers();
  later.start();
  await reader.read(commitsOf("late", [due(2)]));
  await eventually("the late one fires", () => sent.length > before);
  await later.stop();
  expect(sent.length).toBe(before + 1);
});

test("a node that died between sending and recording is followed by one that sends the same command", async () => {
  const { reader, store, sent, timers, pass } = given();
  await reader.read(commitsOf("c-1", [due(1)]));
  const [document] = store.all();
  if (!document?.due[0]) throw new Error("no timer");
  // the dead node's lease
  await store.swap(document, { ...document, turn: 1, nextAt: at(60_000) });
  const running = timers();
  running.start();
  pass(61_000);
  await eventually("it fires", () => sent.length === 1);
  expect(sent[0]?.commandId).toBe(timerCommandId(document, document.due[0]));
  await running.stop();
});

test("a refusal is final and recorded", async () => {
  const { reader, store, sent, timers, pass } = given(() => refuseKernel("NOT_FOUND", "There is no such counter."));
  await reader.read(commitsOf("c-1", [due(1)]));
  pass(10);
  const running = timers();
  running.start();
  await eventually("it is refused", () => running.status().refused === 1);
  await running.stop();
  expect(store.all()[0]).toMatchObject({ nextAt: null, due: [{ outcome: { refused: "NOT_FOUND" } }] });
  expect(sent).toHaveLength(1);
});

test.each(["MAILBOX_FULL", "STORE_UNAVAILABLE", "error"])("%s is tried again, later each time", async (fault) => {
  let failures = 2;
  const { reader, store, sent, timers, pass } = given(() => {
    if (failures-- <= 0) return;
    if (fault === "error") throw new Error("no such node");
    refuseKernel(fault as "MAILBOX_FULL", "Not now.");
  });
  await reader.read(commitsOf("c-1", [due(1)]));
  pass(1);
  const running = timers();
  running.start();
  await eventually("it failed", () => store.all()[0]?.due[0]?.attempts === 1);
  expect(store.all()[0]?.nextAt).toBe(at(1_001));
  pass(1_000);
  await eventually("it failed again", () => store.all()[0]?.due[0]?.attempts === 2);
  expect(store.all()[0]?.nextAt).toBe(at(3_001));
  pass(2_000);
  await eventually("it fired", () => running.status().fired === 1);
  expect(new Set(sent.map(({ commandId }) => commandId)).size).toBe(1);
  await running.stop();
});
