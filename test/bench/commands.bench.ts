/**
 * How fast are commands, against what the store can do at best? The action layer (broker, validation, permission,
 * actor, hash chain, claims, relay, consumers, marks: everything that a node does) against the bare driver writing the
 * same rows into a collection with the same indexes and write concern; then HTTP, against the same.
 */
import type { RunningNode } from "../../bin/node/node";
import { issueToken } from "../../services/gateway/tokens";
import { eventually } from "../support/eventually";
import { httpClient } from "./http-client";
import { rate, ratio, type Rate } from "./measure";
import {
  admin,
  bareCollection,
  durable,
  openOffersNode,
  outboxOf,
  reprice,
  type Bare,
  type OffersNode,
} from "./offers-node";
import { perPiece, spentSoFar } from "./processors";
import type { Answer } from "./report";
import { sized, type Ask } from "./scale";

const IN_FLIGHT = 64;
const OFFERS = 1_000;
/** Among them the start of the search engine, whose code is compiled while it runs. */
const WARM_UP_SECONDS = 20;
const ROUND_SECONDS = 6;
const SUSTAINED_SECONDS = 60;

interface Round {
  readonly ours: Rate;
  readonly http: Rate;
  readonly insertOne: Rate;
  /** Rows per second. */
  readonly insertMany: number;
  readonly batch: number;
}

interface Under extends OffersNode {
  readonly bare: Bare;
  readonly overHttp: (n: number) => Promise<unknown>;
  readonly roundSeconds: number;
}

async function round(under: Under): Promise<Round> {
  const { node, bare, roundSeconds } = under;
  const before = node.writes("offer");
  const ours = await rate(IN_FLIGHT, roundSeconds, reprice(under));
  const after = node.writes("offer");
  const batch = Math.max(1, Math.round((after.rows - before.rows) / Math.max(1, after.batches - before.batches)));
  const http = await rate(IN_FLIGHT, roundSeconds, under.overHttp);
  await bare.resample();
  const insertOne = await rate(IN_FLIGHT, roundSeconds, () => bare.collection.insertOne(bare.row(), durable));
  const many = await rate(1, roundSeconds, () =>
    bare.collection.insertMany(
      Array.from({ length: batch }, () => bare.row()),
      { ordered: false, ...durable },
    ),
  );
  return { ours, http, insertOne, insertMany: many.perSecond * batch, batch };
}

async function sustained(node: RunningNode, one: (n: number) => Promise<unknown>, seconds: number): Promise<Answer[]> {
  const waiting: number[] = [];
  const watch = setInterval(() => void outboxOf(node).then((n) => waiting.push(n)), 10_000);
  const before = await spentSoFar();
  const measured = await rate(IN_FLIGHT, seconds, one);
  const microsPerCommand = perPiece(before, await spentSoFar(), measured.calls);
  clearInterval(watch);
  const left = await outboxOf(node);
  const began = performance.now();
  await eventually("the outbox is empty", async () => (await outboxOf(node)) === 0, { timeoutMs: 60_000 });
  const drainSeconds = Number(((performance.now() - began) / 1_000).toFixed(1));
  return [
    {
      question: `commands/s, ${seconds} s at ${IN_FLIGHT} in flight`,
      value: measured.perSecond,
      unit: "/s",
      detail: { ...measured, microsPerCommand },
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

function overHttp({ node, ids, secret }: OffersNode): (n: number) => Promise<unknown> {
  const token = issueToken(secret, admin.principal);
  const client = httpClient(node.url ?? "", { authorization: `Bearer ${token}` }, IN_FLIGHT);
  let amountMinor = 2_000_000;
  return async (n) => {
    const price = { price: { amountMinor: ++amountMinor, currency: "EUR" } };
    const status = await client.send("PUT", `/v1/offers/${ids[n % ids.length] ?? ""}/price`, price);
    if (status !== 200) throw new Error(`a command over HTTP was answered ${status}`);
  };
}

const RATIOS: readonly (readonly [question: string, ours: "ours" | "http", theirs: keyof Round, goal: number])[] = [
  ["action layer / bare insertOne, 64 in flight", "ours", "insertOne", 1.5],
  ["action layer / bare insertMany of the same batch", "ours", "insertMany", 0.5],
  ["HTTP / bare insertOne, 64 in flight", "http", "insertOne", 0.7],
];

const perSecond = (value: Rate | number): number => (typeof value === "number" ? value : value.perSecond);

export async function commandsBench(ask: Ask): Promise<Answer[]> {
  const offersNode = await openOffersNode(sized(ask, OFFERS, 100), { STOA_GATEWAY: "yes" });
  try {
    const { node } = offersNode;
    const bare = await bareCollection(offersNode);
    const roundSeconds = sized(ask, ROUND_SECONDS, 1);
    const under = { ...offersNode, bare, overHttp: overHttp(offersNode), roundSeconds };
    await rate(IN_FLIGHT, sized(ask, WARM_UP_SECONDS, 1), reprice(under));
    const rounds: Round[] = [];
    for (let i = 0; i < sized(ask, 5, 1); i++) rounds.push(await round(under));
    const ratios = RATIOS.map(([question, ours, theirs, atLeast]): Answer => {
      const found = ratio(
        rounds.map((one) => one[ours].perSecond),
        rounds.map((one) => perSecond(one[theirs])),
      );
      return { question, value: found.median, unit: "×", goal: { atLeast }, detail: { ...found, rounds } };
    });
    return [...ratios, ...(await sustained(node, reprice(under), sized(ask, SUSTAINED_SECONDS, 3)))];
  } finally {
    await offersNode.stop();
  }
}
