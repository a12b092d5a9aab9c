/** Does a long history, or a large mall, make one thing slower? Loading it cold, changing it, and looking back. */
import { wait } from "../../services/kernel/wait";
import type { Histories } from "../../models/kernel/histories";
import { rowId, type Row } from "../../models/kernel/row";
import { randomId } from "../../models/kernel/ids";
import { median, rate } from "./measure";
import { openOffersNode, reprice, type OffersNode } from "./offers-node";
import type { Answer } from "./report";
import { sized, type Ask } from "./scale";

const INSERTED_AT_ONCE = 500;
const SECONDS = 2;
const ROUNDS = 5;

const LENGTHENED = ["load", "command", "as-of", "as-of by time"] as const;

type Op = (n: number) => Promise<unknown>;
type Ops = Readonly<Record<(typeof LENGTHENED)[number], Op>>;

const GOAL = { atMost: 1.3 } as const;

/** A hundred versions in a millisecond: all of them past by the time that the first of them is changed. */
const stampOf = (first: string, version: number): string =>
  new Date(Date.parse(first) + Math.floor(version / 100)).toISOString();

/** Rows as the offer's newest one, each a version further, without deciding each. */
async function lengthen(histories: Histories, id: string, versions: number): Promise<void> {
  const newest = (await histories.newest([id])).get(id);
  if (!newest) throw new Error(`${id} has no history`);
  for (let from = newest.version + 1; from <= versions; from += INSERTED_AT_ONCE) {
    const rows = Array.from({ length: Math.min(INSERTED_AT_ONCE, versions + 1 - from) }, (_, i): Row => {
      const version = from + i;
      const command = { ...newest.command, id: randomId() };
      const committedAt = stampOf(newest.committedAt, version);
      return { ...newest, _id: rowId(id, version), version, command, committedAt, published: true };
    });
    await histories.insert(rows, true);
  }
}

async function middleOf(rounds: number, seconds: number, one: Op): Promise<number> {
  const figures: number[] = [];
  for (let i = 0; i < rounds; i++) figures.push((await rate(1, seconds, one)).p50Ms);
  return median(figures);
}

/** By length: a node that knows nothing of these histories yet, so that the first command has to load them. */
async function opsOf({ node, call }: OffersNode, id: string, versions: number): Promise<Ops> {
  const histories = node.store.of("offer");
  const first = (await histories.asOf(id, { version: 1 }))?.committedAt ?? "";
  return {
    load: () => histories.newest([id]),
    "as-of": (n) => histories.asOf(id, { version: 1 + (n % versions) }),
    "as-of by time": (n) => histories.asOf(id, { committedAt: stampOf(first, 1 + (n % versions)) }),
    // last, for it makes the history longer
    command: reprice({ call, ids: [id] }),
  };
}

async function measured(
  ops: Readonly<Record<string, Op>>,
  rounds: number,
  seconds: number,
): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const [name, one] of Object.entries(ops)) found[name] = await middleOf(rounds, seconds, one);
  return found;
}

const rounded = (value: number): number => Number(value.toFixed(3));

export async function historyBench(ask: Ask): Promise<Answer[]> {
  const lengths = ask.small ? [1, 20, 200] : [1, 100, 10_000];
  const under = await openOffersNode(lengths.length * 2);
  try {
    const histories = under.node.store.of("offer");
    const by: Record<string, Record<string, number>> = {};
    await rate(1, sized(ask, 5, 1), reprice({ ...under, ids: under.ids.slice(lengths.length) }));
    for (const [i, versions] of lengths.entries()) {
      const id = under.ids[i] ?? "";
      await lengthen(histories, id, versions);
      await wait(1_000); // what was inserted is no longer in the way of what is measured
      by[versions] = await measured(await opsOf(under, id, versions), sized(ask, ROUNDS, 1), sized(ask, SECONDS, 1));
    }
    const [least = 1, most = 1] = [lengths[0], lengths.at(-1)];
    return LENGTHENED.map((name) => ({
      question: `${name}, p50: a history of ${most} versions / of ${least}`,
      value: rounded((by[most]?.[name] ?? Number.NaN) / (by[least]?.[name] ?? Number.NaN)),
      unit: "×",
      goal: GOAL,
      detail: { p50Ms: by },
    }));
  } finally {
    await under.stop();
  }
}

/** Aggregates with one version each, beside those that are measured. */
async function fill({ node, ids }: OffersNode, from: number, to: number): Promise<void> {
  const histories = node.store.of("offer");
  const sample = (await histories.newest(ids.slice(0, 1))).get(ids[0] ?? "");
  if (!sample) throw new Error("there is no offer to copy");
  for (let at = from; at < to; at += INSERTED_AT_ONCE) {
    const rows = Array.from({ length: Math.min(INSERTED_AT_ONCE, to - at) }, (): Row => {
      const aggregateId = randomId();
      const command = { ...sample.command, id: randomId() };
      return { ...sample, _id: rowId(aggregateId, 1), aggregateId, version: 1, command, published: true };
    });
    await histories.insert(rows, false);
  }
}

/** Each is loaded cold and then changed: no aggregate is asked twice. */
async function coldly(under: OffersNode, seconds: number, rounds: number): Promise<Record<string, number>> {
  const histories = under.node.store.of("offer");
  const page = await histories.scan(randomId().slice(0, 1), 1_000);
  const ids = [...new Set(page.map(({ aggregateId }) => aggregateId))];
  return measured(
    {
      load: (n) => histories.newest([ids[n % ids.length] ?? ""]),
      command: reprice({ call: under.call, ids: under.ids }),
      "as-of": (n) => histories.asOf(ids[n % ids.length] ?? "", { version: 1 }),
    },
    rounds,
    seconds,
  );
}

export async function growthBench(ask: Ask): Promise<Answer[]> {
  const sizes = ask.small ? [1_000, 5_000] : [10_000, 100_000, 1_000_000];
  const under = await openOffersNode(200);
  try {
    await rate(1, sized(ask, 5, 1), reprice(under));
    const by: Record<string, number>[] = [];
    for (const [i, size] of sizes.entries()) {
      await fill(under, i === 0 ? under.ids.length : (sizes[i - 1] ?? 0), size);
      await wait(sized(ask, 3_000, 100));
      by.push(await coldly(under, sized(ask, SECONDS, 1), sized(ask, ROUNDS, 1)));
    }
    const steps = sizes.slice(1).map((size, i) => ({ size, before: by[i] ?? {}, after: by[i + 1] ?? {} }));
    return ["load", "command", "as-of"].map((name) => {
      const ratios = steps.map(({ before, after }) => (after[name] ?? NaN) / (before[name] ?? NaN));
      return {
        question: `${name}, p50: from ${sizes[0] ?? 0} to ${sizes.at(-1) ?? 0} aggregates, the worst of its steps`,
        value: rounded(Math.max(...ratios)),
        unit: "× per step",
        goal: GOAL,
        detail: { p50Ms: Object.fromEntries(sizes.map((size, i) => [size, by[i]])) },
      };
    });
  } finally {
    await under.stop();
  }
}
