/**
 * The proof: many sockets of many sellers at two gateways, under real commands; connections are cut at random and one
 * gateway is killed; and when it is quiet each client must hold exactly the fold of the histories.
 */
import { connectStream } from "../../../services/kernel/jetstream";
import { wait } from "../../../services/kernel/wait";
import pino from "pino";
import type { Backing } from "../../support/backing";
import { eventually } from "../../support/eventually";
import { paced, percentile } from "../measure";
import { perPiece, spentSoFar, type Spent } from "../processors";
import { alone, type Alone } from "./alone";
import type { ClientsAsk, ClientsReport, Tables } from "./clients-alone";
import { foldedTables } from "./expected";
import type { Delays, Memory } from "./gateway-alone";
import { openMarket, type Market } from "./market";
import { playSlow, type Slow } from "./slow";

export interface PlayOptions {
  readonly sockets: number;
  readonly sellers: number;
  readonly commandsPerSecond: number;
  readonly seconds: number;
  /** Until all processes have compiled their code, and boards were compared with the read side for the first time. */
  readonly warmSeconds: number;
  readonly windowMs: number;
  /** Processes that the clients are spread over. */
  readonly processes: number;
}

export interface Played {
  readonly sockets: number;
  readonly commitsPerSecond: number;
  readonly cuts: number;
  /** Clients' tables that are not the fold. */
  readonly wrong: number;
  readonly tables: number;
  readonly messages: number;
  readonly snapshots: number;
  readonly gaps: number;
  /** From commit to client. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Of the gateway that lives on. */
  readonly stages: Delays;
  /** Of a gateway, its boards included. */
  readonly kilobytesPerSocket: number;
  /** Of that, what lies in the heap of the program. */
  readonly heapKilobytesPerSocket: number;
  readonly quietAfterMs: number;
  /** Processor's time of each commit in microseconds, by who spent it; nothing where the system does not tell. */
  readonly microsPerCommit: Readonly<Record<string, number>>;
  /** Somebody who takes nothing, afterwards. */
  readonly slow: Slow;
}

const IN_FLIGHT_MAX = 400;
const CUT_SHARE = 0.3;
const FOLLOWING_WITHIN_MS = 60_000;
const QUIET_WITHIN_MS = 60_000;

interface Stage {
  readonly market: Market;
  readonly gateways: readonly Alone[];
  readonly clients: readonly Alone[];
}

const reports = (clients: readonly Alone[]): Promise<ClientsReport[]> =>
  Promise.all(clients.map((one) => one.ask<ClientsReport>("report")));
const sum = (all: readonly ClientsReport[], of: (one: ClientsReport) => number): number =>
  all.reduce((total, one) => total + of(one), 0);

export async function delaysOf(clients: readonly Alone[]): Promise<{ readonly p50Ms: number; readonly p99Ms: number }> {
  const delays = (await Promise.all(clients.map((one) => one.ask<number[]>("delays")))).flat();
  return { p50Ms: percentile(delays, 0.5), p99Ms: percentile(delays, 0.99) };
}

export async function following(clients: readonly Alone[], sockets: number): Promise<true> {
  return eventually(
    "all clients follow their boards",
    async () => sum(await reports(clients), ({ connected }) => connected) === sockets,
    { timeoutMs: FOLLOWING_WITHIN_MS },
  );
}

async function memoryOf(gateways: readonly Alone[]): Promise<Pick<Memory, "rssMb" | "heapMb">> {
  const all = await Promise.all(gateways.map((one) => one.ask<Memory>("memory")));
  const total = (of: (one: Memory) => number): number => all.reduce((sum, one) => sum + of(one), 0);
  return { rssMb: total(({ rssMb }) => rssMb), heapMb: total(({ heapMb }) => heapMb) };
}

const kilobytes = (before: number, now: number, sockets: number): number =>
  Number(((1_024 * (now - before)) / sockets).toFixed(1));

export async function openGateways(market: Pick<Market, "config">, count: number, windowMs: number) {
  const gateways = Array.from({ length: count }, () => alone("gateway-alone"));
  const urls = await Promise.all(
    gateways.map(async (one, n) => {
      const config = { ...market.config, nodeId: `gateway-${n}` };
      return (await one.ask<{ url: string }>("open", { config, windowMs })).url;
    }),
  );
  return { gateways, urls };
}

/** Spread over the processes, so that each has clients of every seller. */
export async function openClients(ask: Omit<ClientsAsk, "sellers">, sellers: readonly string[], processes: number) {
  const clients = Array.from({ length: processes }, () => alone("clients-alone"));
  await Promise.all(
    clients.map((one, n) => one.ask("open", { ...ask, sellers: sellers.filter((_seller, i) => i % processes === n) })),
  );
  return clients;
}

const WARM_BEGINS_AT = 1_000_000;

async function warmed({ market }: Stage, { commandsPerSecond: perSecond, warmSeconds }: PlayOptions): Promise<void> {
  const pace = { perSecond, seconds: warmSeconds, inFlightMax: IN_FLIGHT_MAX };
  await paced(pace, (n) => market.one(WARM_BEGINS_AT + n));
}

/** What the dead one spent is counted as if it had been spent before everything. */
const withoutTheDead = (begun: Spent, before: Spent, after: Spent): Spent =>
  new Map([...after].map(([who, seconds]) => [who, (begun.get(who) ?? 0) - (before.get(who) ?? 0) + seconds]));

/** Under load: a third is cut, and then a gateway dies. @returns what had been spent before, of those that live on */
async function storm({ market, gateways, clients }: Stage, options: PlayOptions): Promise<Spent> {
  const { commandsPerSecond: perSecond, seconds } = options;
  const begun = await spentSoFar();
  const loaded = paced({ perSecond, seconds, inFlightMax: IN_FLIGHT_MAX }, (n) => market.one(n));
  const part = (seconds * 1_000) / 4;
  await wait(part);
  await Promise.all(clients.map((one) => one.ask("cut", { share: CUT_SHARE })));
  await wait(part);
  const before = await spentSoFar();
  await gateways[1]?.kill();
  const after = await spentSoFar();
  await loaded;
  return withoutTheDead(begun, before, after);
}

interface Compared {
  readonly tables: number;
  readonly wrong: number;
}

async function compared({ market, clients }: Stage): Promise<Compared> {
  const all = await Promise.all(clients.map((one) => one.ask<Tables>("tables")));
  const [since = "", ...others] = [...new Set(all.flatMap((one) => one.since))];
  if (others.length > 0) throw new Error(`tables count since ${since} and since ${others.join(", ")}`);
  const expected = await foldedTables(market.node, since);
  let [tables, wrong] = [0, 0];
  for (const [name, sums] of all.flatMap(({ found }) => Object.entries(found))) {
    for (const [found, clientsOf] of Object.entries(sums)) {
      tables += clientsOf;
      if (found !== expected.get(name)) wrong += clientsOf;
    }
  }
  return { tables, wrong };
}

async function commitsNow({ config }: Market): Promise<number> {
  const { natsUrl: url, namespace } = config;
  const stream = await connectStream({ url, namespace, node: "bench", log: pino({ level: "silent" }) });
  const { state } = await stream.ensure();
  await stream.close();
  return state.last_seq;
}

type PerSocket = Pick<Played, "kilobytesPerSocket" | "heapKilobytesPerSocket">;

async function measured(stage: Stage, options: PlayOptions, perSocket: PerSocket): Promise<Played> {
  const { market, clients, gateways } = stage;
  await warmed(stage, options);
  await Promise.all(clients.map((one) => one.ask("reset")));
  await Promise.all(gateways.map((one) => one.ask("begin")));
  const before = await commitsNow(market);
  const began = performance.now();
  const spent = await storm(stage, options);
  const quietSince = performance.now();
  const spentThen = await spentSoFar();
  const stages = await (gateways[0] as Alone).ask<Delays>("delays");
  const commits = (await commitsNow(market)) - before;
  const commitsPerSecond = Math.round((1_000 * commits) / (quietSince - began));
  await following(clients, options.sockets);
  const last = { tables: 0, wrong: -1 };
  await eventually("every client holds the fold", async () => Object.assign(last, await compared(stage)).wrong === 0, {
    timeoutMs: QUIET_WITHIN_MS,
  }).catch(() => false);
  const quietAfterMs = Math.round(performance.now() - quietSince);
  const all = await reports(clients);
  return {
    ...{ sockets: options.sockets, commitsPerSecond, ...last, ...perSocket },
    cuts: sum(all, ({ cuts }) => cuts),
    messages: sum(all, ({ messages }) => messages),
    snapshots: sum(all, ({ snapshots }) => snapshots),
    gaps: sum(all, ({ gaps }) => gaps),
    ...(await delaysOf(clients)),
    stages,
    quietAfterMs,
    microsPerCommit: perPiece(spent, spentThen, commits),
    slow: await playSlow(market.config),
  };
}

export async function playLive(backing: Backing, options: PlayOptions): Promise<Played> {
  const { sockets, sellers, processes, windowMs } = options;
  const market = await openMarket(backing, sellers);
  const { gateways, urls } = await openGateways(market, 2, windowMs);
  const clients: Alone[] = [];
  try {
    const before = await memoryOf(gateways);
    const wanted = Array.from({ length: sockets }, (_, n) => market.sellers[n % sellers] ?? "");
    clients.push(...(await openClients({ urls, secret: market.config.secret }, wanted, processes)));
    await following(clients, sockets);
    const now = await memoryOf(gateways);
    const perSocket = {
      kilobytesPerSocket: kilobytes(before.rssMb, now.rssMb, sockets),
      heapKilobytesPerSocket: kilobytes(before.heapMb, now.heapMb, sockets),
    };
    return await measured({ market, gateways, clients }, options, perSocket);
  } finally {
    await Promise.all([...clients, ...gateways].map((one) => one.stop()));
    await market.stop();
  }
}
