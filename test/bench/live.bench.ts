/** Does what is pushed to a thousand people equal the histories, whatever is cut and killed; how soon, and how much? */
import { startBacking, type Backing } from "../support/backing";
import { alone, type Alone } from "./live/alone";
import { openEmpty, sellersOf } from "./live/market";
import { openClients, openGateways, playLive, type Played } from "./live/play";
import { bareSays, deltasOf, gatewayFollows, gatewaySays, ordersPlaced, type Said } from "./live/speed";
import { ratio, type Ratio } from "./measure";
import type { Answer } from "./report";
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
    const pace = { sellers, perSecond: PER_SECOND, seconds };
    const delays = await gatewayFollows({ url, namespace }, pace, { clients: ours });
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

const answersOf = (played: Played, speed: Compared): Answer[] => [
  {
    ...{ question: "clients' tables that differ from the fold after cuts and a killed gateway", unit: "" },
    ...{ value: played.wrong, goal: { atMost: 0 }, detail: played },
  },
  {
    ...{ question: `commit → client at ${PER_SECOND} commits/s, 99th percentile, each told by itself`, unit: "ms" },
    ...{ value: speed.delays.p99Ms, goal: { atMost: 200 }, detail: speed.delays },
  },
  {
    ...{
      question: "commits per second that a whole mall made during the cuts and the kill",
      unit: "/s",
      value: played.commitsPerSecond,
    },
  },
  {
    ...{ question: "messages/s with coalescing off / a bare Socket.IO server, same payload", unit: "×" },
    ...{ value: speed.median, goal: { atLeast: 0.8 }, detail: speed },
  },
  {
    ...{ question: "memory of a gateway per socket, boards included", unit: "KiB", value: played.kilobytesPerSocket },
  },
];

export async function liveBench(ask: Ask): Promise<Answer[]> {
  const backing = await startBacking();
  try {
    const sellers = sized(ask, 200, 10);
    const played = await playLive(backing, {
      ...{ sockets: sellers * PER_SELLER, sellers, processes: PROCESSES, windowMs: 0 },
      ...{ commandsPerSecond: sized(ask, 400, 40), seconds: sized(ask, 20, 4) },
    });
    const sizes = { commits: sized(ask, 2_000, 200), rounds: sized(ask, 3, 1), seconds: sized(ask, 10, 2) };
    const speed = await compared(backing, { sellers, ...sizes });
    return answersOf(played, speed);
  } finally {
    await backing.stop();
  }
}
