/** Does what is pushed to a thousand people equal the histories, whatever is cut and killed; how soon, and how much? */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { within } from "../../services/kernel/wait";
import { startBacking, type Backing } from "../support/backing";
import { alone, type Alone } from "./live/alone";
import { openEmpty, sellersOf } from "./live/market";
import { following, openClients, openGateways, playLive, type Played } from "./live/play";
import { bareSays, deltasOf, gatewayFollows, gatewaySays, ordersPlaced, type Said } from "./live/speed";
import { ratio, type Ratio } from "./measure";
import { keep, RESULTS, type Answer } from "./report";
import { sized, type Ask } from "./scale";

const PROCESSES = 2;
const PER_SELLER = 5;
const PER_SECOND = 500;

interface Compared extends Ratio {
  readonly said: readonly (readonly Said[])[];
  readonly delays: Awaited<ReturnType<typeof gatewayFollows>>;
}

interface Sizes {
  readonly seconds: number;
  readonly sellers: number;
  readonly commits: number;
  readonly rounds: number;
}

/** The same messages over the same sockets, in turn: now ours, now the bare server's. */
async function compared(backing: Backing, { sellers: count, commits, rounds, seconds }: Sizes): Promise<Compared> {
  // nobody else reads along
  const config = await openEmpty(backing, "speed");
  const sellers = sellersOf(count);
  const { natsUrl: url, namespace, secret } = config;
  const { gateways, urls } = await openGateways({ config }, 1, 0);
  const bare = alone("bare-alone");
  const all: Alone[] = [...gateways, bare];
  try {
    const { url: bareUrl } = await bare.ask<{ url: string }>("open");
    const wanted = Array.from({ length: count * PER_SELLER }, (_, n) => sellers[n % count] ?? "");
    const ours = await openClients({ urls, secret }, wanted, PROCESSES);
    const theirs = await openClients({ urls: [bareUrl], secret }, wanted, PROCESSES);
    all.push(...ours, ...theirs);
    // what builds its board meanwhile is told less, and takes its time from the others
    await Promise.all([ours, theirs].map((clients) => following(clients, wanted.length)));
    const pace = { sellers, perSecond: PER_SECOND, seconds };
    const delays = await gatewayFollows({ url, namespace }, pace, { clients: ours, perCommit: PER_SELLER });
    const [fast, plain]: [Said[], Said[]] = [[], []];
    for (let round = 0; round < rounds; round++) {
      const made = ordersPlaced(sellers, commits, round);
      const deltas = deltasOf(made);
      const expected = deltas.length * PER_SELLER;
      fast.push(await gatewaySays({ url, namespace }, made, { clients: ours, expected }));
      plain.push(await bareSays(bare, deltas, { clients: theirs, expected }));
    }
    const speeds = (said: readonly Said[]): number[] => said.map(({ perSecond }) => perSecond);
    return { ...ratio(speeds(fast), speeds(plain)), said: [fast, plain], delays };
  } finally {
    await Promise.all(all.map((one) => one.stop()));
  }
}

const proofAnswers = (played: Played): Answer[] => [
  {
    ...{ question: "clients' tables that differ from the fold after cuts and a killed gateway", unit: "" },
    ...{ value: played.wrong, goal: { atMost: 0 }, detail: played },
  },
  {
    question: "commits per second that a whole mall made during the cuts and the kill",
    ...{ unit: "/s", value: played.commitsPerSecond },
  },
  {
    question: "memory of a gateway per socket, boards included",
    ...{ unit: "KiB", value: played.kilobytesPerSocket },
  },
  {
    question: "memory that a gateway keeps more for a client that takes nothing, while others are told as much again",
    ...{ unit: "MB", value: played.slow.keptSinceMb, goal: { atMost: 1 }, detail: played.slow },
  },
];

const speedAnswers = (speed: Compared): Answer[] => [
  {
    ...{ question: `commit → client at ${PER_SECOND} commits/s, 99th percentile, each told by itself`, unit: "ms" },
    ...{ value: speed.delays.p99Ms, goal: { atMost: 200 }, detail: speed.delays },
  },
  {
    ...{ question: "messages/s with coalescing off / a bare Socket.IO server, same payload", unit: "×" },
    ...{ value: speed.median, goal: { atLeast: 0.8 }, detail: speed },
  },
];

const sellersIn = (ask: Ask): number => sized(ask, 200, 10);

async function proof(backing: Backing, ask: Ask): Promise<Answer[]> {
  const sellers = sellersIn(ask);
  return proofAnswers(
    await playLive(backing, {
      ...{ sockets: sellers * PER_SELLER, sellers, processes: PROCESSES, windowMs: 0 },
      // an order makes further commits: so many commands are 500 commits
      ...{ commandsPerSecond: sized(ask, 450, 40), seconds: sized(ask, 20, 4), warmSeconds: sized(ask, 30, 4) },
    }),
  );
}

async function speed(backing: Backing, ask: Ask): Promise<Answer[]> {
  const sizes = { commits: sized(ask, 2_000, 200), rounds: sized(ask, 3, 1), seconds: sized(ask, 10, 2) };
  return speedAnswers(await compared(backing, { sellers: sellersIn(ask), ...sizes }));
}

/** Each within its time, and by itself where it is named: `npm run bench -- live speed`. */
const parts: Readonly<Record<string, (backing: Backing, ask: Ask) => Promise<Answer[]>>> = { proof, speed };
const PART_WITHIN_MS = 150_000;

/** What an earlier run found out, without what this one asks again. */
async function before(answers: readonly Answer[]): Promise<Answer[]> {
  const text = await readFile(path.join(RESULTS, "live.json"), "utf8").catch(() => null);
  const kept = text === null ? [] : (JSON.parse(text) as { answers: Answer[] }).answers;
  return kept.filter(({ question }) => answers.every((answer) => answer.question !== question));
}

async function run(name: string, ask: Ask): Promise<Answer[]> {
  const part = parts[name];
  if (!part) throw new Error(`The live benchmark has no part "${name}"; it has ${Object.keys(parts).join(", ")}.`);
  const backing = await startBacking();
  try {
    return await within(PART_WITHIN_MS, `The part ${name}`, part(backing, ask));
  } finally {
    await backing.stop();
  }
}

/** What one part found out is kept before the next one begins. */
export async function liveBench(ask: Ask): Promise<Answer[]> {
  let answers: Answer[] = [];
  for (const name of ask.args.length > 0 ? ask.args : Object.keys(parts)) {
    answers = [...answers, ...(await run(name, ask))];
    if (!ask.small) await keep("live", [...(await before(answers)), ...answers]);
  }
  return ask.small ? answers : [...(await before(answers)), ...answers];
}
