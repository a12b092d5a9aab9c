/**
 * What does the mall add to a search? Through HTTP, against the same query sent straight to the engine by its own
 * client, turn by turn: the mall tells how it read each question (as typed, by another spelling, by some of its words),
 * and that very request is sent. Questions that nobody asked before are looked up by the engine; those asked again it
 * answers from memory, as long as nothing has changed, whoever asks. A visitor with a taste asks the longer question
 * that goes by it, and is held against the plain one.
 */
import { randomUUID } from "node:crypto";
import type { Client } from "@elastic/elasticsearch";
import { createSearchClient } from "../../indexers/kernel/client";
import { aliasOf } from "../../indexers/kernel/indices";
import { searchRequest, type Moment } from "../../indexers/product/products.request.query";
import type { ProductHits, SearchProducts } from "../../models/product/product.search.contract";
import { httpClient } from "./http-client";
import { rate, ratio, type Rate } from "./measure";
import { perPiece, spentSoFar } from "./processors";
import type { Answer } from "./report";
import { sized, type Ask } from "./scale";
import { benchMall, endMall, stoaOrFail } from "./whole-mall";

const ROUNDS = 4;
const SECONDS = 3;
const LEVELS = [1, 16];
const LIMIT = 24;
const WORDS = [
  "lamp",
  "floor lamp brass",
  "notebook",
  "black",
  "chair oak",
  "steel",
  "kettle",
  "blue jacket",
  "hp",
  "ssd 1tb",
];
/** Filling the market takes its time on a busy machine. */
const READY_WITHIN_MS = 300_000;
/** No price is so high: a bound that differs makes a question of its own, and leaves nothing out. */
const DEAREST = 100_000_000;

type Asking = (n: number) => Promise<unknown>;
type Question = (n: number) => SearchProducts;

const words = (n: number): string => WORDS[n % WORDS.length] ?? "";
const again: Question = (n) => ({ q: words(n), sort: "relevance", limit: LIMIT });

/** None of them equals another, in all rounds together. */
function newOnes(): Question {
  let asked = 0;
  return (n) => ({ ...again(n), priceMax: DEAREST + asked++ });
}

function throughHttp(url: string, question: Question, headers: Readonly<Record<string, string>> = {}): Asking {
  const client = httpClient(url, headers, Math.max(...LEVELS));
  return async (n) => {
    const { q = "", priceMax } = question(n);
    const bound = priceMax === undefined ? "" : `&priceMax=${priceMax}`;
    const status = await client.send("GET", `/v1/products?limit=${LIMIT}&q=${encodeURIComponent(q)}${bound}`);
    if (status !== 200) throw new Error(`search answered ${status}`);
  };
}

type Readings = ReadonlyMap<string, Moment>;

/** How the mall reads each of the questions, and what it has counted beside them. */
async function readingsOf(url: string): Promise<Readings> {
  const read = await Promise.all(
    WORDS.map(async (q): Promise<[string, Moment]> => {
      const answer = await fetch(`${url}/v1/products?limit=1&q=${encodeURIComponent(q)}`);
      const { relaxed } = (await answer.json()) as ProductHits;
      if (relaxed === null) return [q, {}];
      const reading = { q: relaxed.q, partial: relaxed.partial };
      return [q, { reading, beside: [...new Set([q, relaxed.q])] }];
    }),
  );
  return new Map(read);
}

const straight =
  (client: Client, question: Question, readings: Readings): Asking =>
  (n) =>
    client.search(searchRequest(question(n), aliasOf("stoa", "products"), readings.get(words(n))));

interface Pair {
  readonly ours: Asking;
  readonly theirs: Asking;
  readonly inFlight: number;
  readonly seconds: number;
}

async function compared({ ours, theirs, inFlight, seconds }: Pair) {
  const rounds: { ours: Rate; theirs: Rate }[] = [];
  const spent: Readonly<Record<string, number>>[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    const of = await rate(inFlight, seconds, theirs);
    const before = await spentSoFar();
    const mine = await rate(inFlight, seconds, ours);
    spent.push(perPiece(before, await spentSoFar(), mine.calls));
    rounds.push({ theirs: of, ours: mine });
  }
  const of = (pick: (one: Rate) => number) =>
    ratio(
      rounds.map((r) => pick(r.ours)),
      rounds.map((r) => pick(r.theirs)),
    );
  return { p50: of((one) => one.p50Ms), p99: of((one) => one.p99Ms), rounds, cpuMicros: spent.at(-1) };
}

/** A visitor who looked at the first things that are found, so that brand, category and price of them are liked. */
async function withTaste(url: string): Promise<string> {
  const visitorId = randomUUID();
  const found = await fetch(`${url}/v1/products?q=lamp&limit=5`);
  const { items } = (await found.json()) as { items: readonly { id: string }[] };
  const events = items.map(({ id }) => ({
    ...{ event_id: randomUUID(), action_name: "view", timestamp: new Date().toISOString() },
    event_attributes: { object: { object_id: id, object_id_field: "id" } },
  }));
  const body = JSON.stringify({ visitorId, consent: true, events });
  const told = await fetch(`${url}/v1/events`, {
    ...{ method: "POST", body, headers: { "content-type": "application/json" } },
  });
  if (!told.ok) throw new Error(`events were answered ${told.status}: ${(await told.text()).slice(0, 300)}`);
  return visitorId;
}

interface Kind {
  readonly name: string;
  readonly ours: Asking;
  readonly theirs: Asking;
  readonly p50Max: number;
  readonly p99Max?: number;
}

async function kindsOf(url: string, client: Client): Promise<Kind[]> {
  const personal = { "stoa-visitor": await withTaste(url) };
  const readings = await readingsOf(url);
  const plain = (question: () => Question) => straight(client, question(), readings);
  return [
    {
      ...{ name: "asked for the first time", p50Max: 1.2, p99Max: 1.5 },
      ...{ ours: throughHttp(url, newOnes()), theirs: plain(newOnes) },
    },
    {
      ...{ name: "asked again", p50Max: 1.5 },
      ...{ ours: throughHttp(url, again), theirs: plain(() => again) },
    },
    {
      ...{ name: "personal, against the plain one", p50Max: 1.5 },
      ...{ ours: throughHttp(url, newOnes(), personal), theirs: plain(newOnes) },
    },
  ];
}

async function answersOf(kind: Kind, inFlight: number, seconds: number): Promise<Answer[]> {
  const { p50, p99, ...detail } = await compared({ ...kind, inFlight, seconds });
  const question = (what: string) => `search ${kind.name}, over HTTP / straight to the engine, ${what}`;
  const where = `${inFlight} in flight`;
  const own = detail.rounds.at(-1)?.ours.p50Ms ?? Number.NaN;
  const goal = (atMost: number | undefined) => atMost !== undefined && { goal: { atMost } };
  return [
    { question: question(`p50, ${where}`), value: p50.median, unit: "×", ...goal(kind.p50Max), detail },
    { question: question(`p99, ${where}`), value: p99.median, unit: "×", ...goal(kind.p99Max), detail: p99 },
    { question: `search ${kind.name}, over HTTP, p50, ${where}`, value: own, unit: "ms" },
  ];
}

/** With a file in icecat format, on that catalogue; without, on the demo market. */
export async function searchBench(ask: Ask): Promise<Answer[]> {
  const [file] = ask.args;
  const args = file ? ["--empty"] : ["--products", String(sized(ask, 2_000, 150))];
  const mall = await benchMall({ args, readyWithinMs: READY_WITHIN_MS });
  const client = createSearchClient((await mall.run()).elasticsearchUrl);
  try {
    if (file) await stoaOrFail("import", "icecat", file, "--data", mall.dataDir);
    const kinds = await kindsOf(mall.url, client);
    // the engine compiles what it does often: both sides get the same use of it
    for (const { ours, theirs } of kinds) {
      await rate(4, sized(ask, 6, 1), ours);
      await rate(4, sized(ask, 3, 1), theirs);
    }
    const answers: Answer[] = [];
    for (const kind of kinds) {
      for (const inFlight of LEVELS) answers.push(...(await answersOf(kind, inFlight, sized(ask, SECONDS, 1))));
    }
    return answers;
  } finally {
    await client.close();
    await endMall(mall);
  }
}
