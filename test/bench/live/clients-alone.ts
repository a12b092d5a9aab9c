/** Many clients in one process, each following its seller's board as the console does, over cuts and dead gateways. */
import { io, type Socket } from "socket.io-client";
import {
  LIVE_PATH,
  taken,
  type Held,
  type LiveAsks,
  type LiveTells,
  type Told,
} from "../../../models/live/live.contract";
import { issueToken } from "../../../services/gateway/tokens";
import { wait } from "../../../services/kernel/wait";
import { serve } from "./alone";
import { sumOf } from "./sum";

export interface ClientsAsk {
  readonly urls: readonly string[];
  /** One socket each. */
  readonly sellers: readonly string[];
  readonly secret: string;
}

export interface ClientsReport {
  readonly connected: number;
  readonly messages: number;
  readonly snapshots: number;
  readonly gaps: number;
  readonly cuts: number;
  /** Deltas of which it is known how long they took. */
  readonly timed: number;
  /** When the first and the last message came; the same clock in every process of the machine. */
  readonly firstAt: number;
  readonly lastAt: number;
}

export interface Tables {
  /** By `seller/widget`: how many clients hold which table. */
  readonly found: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Since when they count: one time, unless the day has changed meanwhile. */
  readonly since: readonly string[];
}

interface Client {
  readonly seller: string;
  readonly held: Map<string, Held>;
  /** Counts connections, so that two clients do not all go to the same gateway. */
  turn: number;
  socket: Socket<LiveTells, LiveAsks> | null;
}

const clients: Client[] = [];
const DELAYS_MAX = 200_000;
const RETRY_MS = 200;
/** By seller: signing one is dearer than connecting. */
const tokens = new Map<string, string>();
let setting: ClientsAsk = { urls: [], sellers: [], secret: "" };
const counts = { messages: 0, snapshots: 0, gaps: 0, cuts: 0, firstAt: 0, lastAt: 0 };
let delaysMs: number[] = [];

function take(client: Client, told: Told): void {
  counts.messages += 1;
  counts.lastAt = performance.timeOrigin + performance.now();
  if (counts.messages === 1) counts.firstAt = counts.lastAt;
  if (told.kind === "snapshot") counts.snapshots += 1;
  else if (told.committedAt !== null && delaysMs.length < DELAYS_MAX)
    delaysMs.push(Date.now() - Date.parse(told.committedAt));
  const next = taken(client.held.get(told.widget) ?? null, told);
  if (next !== "gap") client.held.set(told.widget, next);
  else {
    counts.gaps += 1;
    watch(client);
  }
}

function watch(client: Client): void {
  const known = Object.fromEntries(
    [...client.held].map(([widget, { stream, number, since }]) => [widget, { stream, number, since }]),
  );
  client.socket?.emit("watch", { board: "seller", id: client.seller, known }, (answer) => {
    if (answer.ok) for (const told of answer.told) take(client, told);
    else void wait(RETRY_MS).then(() => watch(client));
  });
}

function tokenOf(seller: string): string {
  const grants = [{ role: "seller-owner", party: seller }];
  const token = tokens.get(seller) ?? issueToken(setting.secret, { id: `owner-of-${seller}`, permissions: [], grants });
  tokens.set(seller, token);
  return token;
}

function connect(client: Client): void {
  const { urls } = setting;
  const url = urls[client.turn++ % urls.length] ?? "";
  const token = tokenOf(client.seller);
  const socket: Socket<LiveTells, LiveAsks> = io(`${url}/seller`, {
    ...{ path: LIVE_PATH, transports: ["websocket"], reconnection: false, forceNew: true, auth: { token } },
  });
  client.socket = socket;
  const again = (): void => {
    if (client.socket !== socket) return;
    client.socket = null;
    void wait(RETRY_MS * (0.5 + Math.random())).then(() => connect(client));
  };
  socket.on("connect", () => watch(client));
  socket.on("delta", (delta) => take(client, delta));
  socket.on("snapshot", (snapshot) => take(client, snapshot));
  socket.on("disconnect", again);
  socket.on("connect_error", again);
}

const isFollowing = ({ socket, held }: Client): boolean => socket?.connected === true && held.size > 0;

function tables(): Tables {
  const found: Record<string, Record<string, number>> = {};
  const sinces = new Set<string>();
  for (const { seller, held } of clients) {
    for (const [widget, { cells, since }] of held) {
      sinces.add(since);
      const table = (found[`${seller}/${widget}`] ??= {});
      const sum = sumOf(cells);
      table[sum] = (table[sum] ?? 0) + 1;
    }
  }
  return { found, since: [...sinces] };
}

serve({
  open(ask: ClientsAsk) {
    setting = ask;
    clients.push(...ask.sellers.map((seller, turn): Client => ({ seller, held: new Map(), turn, socket: null })));
    for (const client of clients) connect(client);
    return Promise.resolve(null);
  },
  /** Whose connection breaks without a word. */
  cut({ share }: { share: number }) {
    for (const client of clients.filter(() => Math.random() < share)) {
      counts.cuts += 1;
      client.socket?.io.engine.close();
    }
    return Promise.resolve(null);
  },
  reset() {
    Object.assign(counts, { messages: 0, snapshots: 0, gaps: 0 });
    delaysMs = [];
    return Promise.resolve(null);
  },
  report(): Promise<ClientsReport> {
    return Promise.resolve({ connected: clients.filter(isFollowing).length, ...counts, timed: delaysMs.length });
  },
  /** From commit to arrival; asked for once, for they are many. */
  delays: () => Promise.resolve(delaysMs),
  tables: () => Promise.resolve(tables()),
});
