/**
 * How fast are commands, against what the store can do at best? The action layer (broker, validation, permission,
 * actor, hash chain, claims, relay, consumers, marks: everything that a node does) against the bare driver writing the
 * same rows into a collection with the same indexes and write concern.
 */
import type { Collection } from "mongodb";
import pino from "pino";
import { openNode, type RunningNode } from "../../bin/node/node";
import type { Calls } from "../../models/contracts";
import { randomId } from "../../models/kernel/ids";
import { createHistories } from "../../models/kernel/mongo-histories";
import { rowId, type Row } from "../../models/kernel/row";
import { typed } from "../../services/kernel/call";
import { startBacking } from "../support/backing";
import { eventually } from "../support/eventually";
import { rate, ratio, type Rate } from "./measure";
import type { Answer } from "./report";

const IN_FLIGHT = 64;
const ACTORS = 1_000;
const ROUNDS = 5;
const ROUND_SECONDS = 6;
const SUSTAINED_SECONDS = 60;

const admin = { principal: { id: "bench", permissions: ["*"] }, trace: "bench" };

/** Two offers on each product, as in a mall; a commit touches one document of the read side. */
async function offers(node: RunningNode): Promise<string[]> {
  const call = typed<Calls>(node.broker, admin);
  const price = { amountMinor: 1_000, currency: "EUR" };
  const made = Array.from({ length: ACTORS / 2 }, async (_, i) => {
    const { id: productId } = await call("product.create", { title: { en: `Lamp ${i}` }, channels: [], publish: true });
    const offer = { productId, price, condition: "new" } as const;
    return Promise.all(
      ["a", "b"].map((seller) => call("offer.make", { ...offer, sellerId: `seller-${seller}`, sku: `sku-${i}` })),
    );
  });
  return (await Promise.all(made)).flat().map(({ id }) => id);
}

/** One warm, accepted command after another, spread over many actors. */
function reprice(node: RunningNode, ids: readonly string[]): (n: number) => Promise<unknown> {
  const call = typed<Calls>(node.broker, admin);
  let price = 1_000;
  return (n) =>
    call("offer.reprice", { id: ids[n % ids.length] ?? "", price: { amountMinor: ++price, currency: "EUR" } });
}

interface Bare {
  readonly collection: Collection<Row>;
  /** A row as the commands make them: of the same aggregates, the next version each, by a command of its own. */
  row(): Row;
}

async function bare(node: RunningNode, ids: readonly string[]): Promise<Bare> {
  await createHistories(node.store.connection, { aggregate: "bare" }, 1);
  const collection = node.store.connection.collection<Row>("bare.history") as unknown as Collection<Row>;
  const [sample] = await node.store.of("offer").scan("", 1);
  if (!sample) throw new Error("there are no offers to take a row from");
  let n = 0;
  return {
    collection,
    row() {
      const aggregateId = ids[n % ids.length] ?? "";
      const version = Math.floor(n++ / ids.length) + 1;
      const command = { ...sample.command, id: randomId() };
      return { ...sample, _id: rowId(aggregateId, version), aggregateId, version, command };
    },
  };
}

const durable = { writeConcern: { w: "majority", journal: true } } as const;

interface Round {
  readonly ours: Rate;
  readonly insertOne: Rate;
  /** Rows per second. */
  readonly insertMany: number;
  readonly batch: number;
}

async function round(node: RunningNode, ids: readonly string[], other: Bare): Promise<Round> {
  const before = node.writes("offer");
  const ours = await rate(IN_FLIGHT, ROUND_SECONDS, reprice(node, ids));
  const after = node.writes("offer");
  const batch = Math.max(1, Math.round((after.rows - before.rows) / (after.batches - before.batches)));
  const insertOne = await rate(IN_FLIGHT, ROUND_SECONDS, () => other.collection.insertOne(other.row(), durable));
  const many = await rate(1, ROUND_SECONDS, () =>
    other.collection.insertMany(
      Array.from({ length: batch }, () => other.row()),
      { ordered: false, ...durable },
    ),
  );
  return { ours, insertOne, insertMany: many.perSecond * batch, batch };
}

async function outbox(node: RunningNode): Promise<number> {
  return (await node.store.of("offer").unpublished(null, 20_000)).length;
}

async function sustained(node: RunningNode, ids: readonly string[]): Promise<Answer[]> {
  const waiting: number[] = [];
  const watch = setInterval(() => void outbox(node).then((n) => waiting.push(n)), 10_000);
  const measured = await rate(IN_FLIGHT, SUSTAINED_SECONDS, reprice(node, ids));
  clearInterval(watch);
  const left = await outbox(node);
  const began = performance.now();
  await eventually("the outbox is empty", async () => (await outbox(node)) === 0, { timeoutMs: 60_000 });
  const drainSeconds = Number(((performance.now() - began) / 1_000).toFixed(1));
  return [
    {
      question: `commands/s, ${SUSTAINED_SECONDS} s at ${IN_FLIGHT} in flight`,
      value: measured.perSecond,
      unit: "/s",
      detail: measured,
    },
    {
      question: "seconds of work left in the outbox at the end",
      value: Number((left / measured.perSecond).toFixed(2)),
      unit: "s",
      goal: { atMost: 2 },
      detail: { left, drainSeconds, every10s: waiting },
    },
  ];
}

export async function commandsBench(): Promise<Answer[]> {
  const backing = await startBacking();
  const node = await openNode(backing.config({ STOA_GATEWAY: "no" }), pino({ level: "silent" }));
  try {
    const ids = await offers(node);
    const other = await bare(node, ids);
    const rounds: Round[] = [];
    await rate(IN_FLIGHT, 3, reprice(node, ids));
    for (let i = 0; i < ROUNDS; i++) rounds.push(await round(node, ids, other));
    const ours = rounds.map((r) => r.ours.perSecond);
    const one = ratio(
      ours,
      rounds.map((r) => r.insertOne.perSecond),
    );
    const many = ratio(
      ours,
      rounds.map((r) => r.insertMany),
    );
    return [
      {
        question: "action layer / bare insertOne, 64 in flight",
        value: one.median,
        unit: "×",
        goal: { atLeast: 1.2 },
        detail: { ...one, rounds },
      },
      {
        question: "action layer / bare insertMany of the same batch",
        value: many.median,
        unit: "×",
        goal: { atLeast: 0.4 },
        detail: many,
      },
      ...(await sustained(node, ids)),
    ];
  } finally {
    await node.stop();
    await backing.stop();
  }
}
