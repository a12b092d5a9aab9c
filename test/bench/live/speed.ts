/**
 * How many messages a second a gateway tells its sockets when every commit is told by itself, against a bare Socket.IO
 * server that is given the same messages ready to send. The gateway has to read the stream, fold and compare for them.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Client } from "@elastic/elasticsearch";
import { connect } from "nats";
import { createBoard, type Board } from "../../../indexers/kernel/live-board";
import { liveBoards } from "../../../indexers/live";
import { erased, fold } from "../../../models/kernel/aggregate";
import type { Commit } from "../../../models/kernel/row";
import type { Delta } from "../../../models/live/live.contract";
import { order } from "../../../models/order/order.aggregate";
import { encode } from "../../../services/kernel/wire";
import { eventually } from "../../support/eventually";
import { placed, placeOrder, quoteLine } from "../../support/orders";
import { rowAfter } from "../../support/rows";
import { paced } from "../measure";
import type { Alone } from "./alone";
import type { ClientsReport } from "./clients-alone";
import { delaysOf } from "./play";

export interface Said {
  readonly messages: number;
  readonly perSecond: number;
}

const aggregate = erased(order);

/** Orders as they are placed, one seller after the other; none of an earlier round. */
export function ordersPlaced(sellers: readonly string[], count: number, round: number): Commit[] {
  return Array.from({ length: count }, (_, n) => {
    const id = `order-${round}-${n}`;
    const sellerId = sellers[n % sellers.length] ?? "";
    const params = { ...placed(placeOrder([quoteLine("l1", 2, 1_000)])), id, sellerId };
    const events = aggregate.decide["order.place"]?.({ status: "absent" }, params, new Date().toISOString()) ?? [];
    const row = rowAfter(null, { id, state: fold(aggregate, aggregate.initial, events), events });
    return { ...row, committedAt: new Date().toISOString(), aggregate: "order" };
  });
}

/** The deltas that a gateway makes of them. */
export function deltasOf(commits: readonly Commit[]): Delta[] {
  const kind = liveBoards({ client: {} as Client, namespace: "none" }).find((one) => one.kind === "seller");
  const boards = new Map<string, Board>();
  return commits.flatMap((commit, n) => {
    const id = kind?.boardOf["order"]?.(commit) ?? "";
    const board = boards.get(id) ?? createBoard(kind?.projections ?? [], { since: "2026-01-01" }, 0);
    boards.set(id, board);
    board.take(commit, n + 1);
    return board.flush(n + 1).map(({ widget, from, to, committedAt, changes: cells }) => {
      return { kind: "delta", board: "seller", id, widget, stream: "bare", from, to, committedAt, cells } as Delta;
    });
  });
}

async function counted(clients: readonly Alone[], expected: number): Promise<Said> {
  const reports = (): Promise<ClientsReport[]> => Promise.all(clients.map((one) => one.ask<ClientsReport>("report")));
  const all = await eventually(
    "all messages have come",
    async () => {
      const now = await reports();
      return now.reduce((sum, { messages }) => sum + messages, 0) >= expected && now;
    },
    { timeoutMs: 120_000 },
  );
  const messages = all.reduce((sum, one) => sum + one.messages, 0);
  const firstAt = Math.min(...all.map((one) => one.firstAt));
  const lastAt = Math.max(...all.map((one) => one.lastAt));
  return { messages, perSecond: Math.round((1_000 * messages) / (lastAt - firstAt)) };
}

const begin = (clients: readonly Alone[]): Promise<unknown> => Promise.all(clients.map((one) => one.ask("reset")));

/** Commits into the stream as fast as it takes them. @param expected messages, over all sockets */
export async function gatewaySays(
  stream: { readonly url: string; readonly namespace: string },
  commits: readonly Commit[],
  { clients, expected }: { clients: readonly Alone[]; expected: number },
): Promise<Said> {
  const messages = commits.map((commit) => encode(stream.namespace, commit));
  const connection = await connect({ servers: stream.url });
  await begin(clients);
  for (const { subject, body } of messages) connection.publish(subject, body);
  await connection.flush();
  const said = await counted(clients, expected);
  await connection.close();
  return said;
}

/** Commits as they come in a busy mall: so many a second, each told when it is a moment old. */
export async function gatewayFollows(
  stream: { readonly url: string; readonly namespace: string },
  pace: { readonly sellers: readonly string[]; readonly perSecond: number; readonly seconds: number },
  { clients, perCommit }: { readonly clients: readonly Alone[]; readonly perCommit: number },
): Promise<{ readonly commits: number; readonly p50Ms: number; readonly p99Ms: number }> {
  const connection = await connect({ servers: stream.url });
  await begin(clients);
  const { sent } = await paced({ ...pace, inFlightMax: 1_000 }, (n) => {
    const [commit] = ordersPlaced(pace.sellers.slice(n % pace.sellers.length), 1, -1 - n);
    if (!commit) return Promise.resolve();
    const { subject, body } = encode(stream.namespace, commit);
    connection.publish(subject, body);
    return Promise.resolve();
  });
  await connection.flush();
  await eventually("the messages have come", async () => {
    const now = await Promise.all(clients.map((one) => one.ask<ClientsReport>("report")));
    return now.reduce((sum, { timed }) => sum + timed, 0) >= sent * perCommit;
  });
  await connection.close();
  return { commits: sent, ...(await delaysOf(clients)) };
}

export async function bareSays(
  bare: Alone,
  deltas: readonly Delta[],
  { clients, expected }: { clients: readonly Alone[]; expected: number },
): Promise<Said> {
  const folder = await mkdtemp(path.join(tmpdir(), "stoa-live-"));
  const file = path.join(folder, "deltas.json");
  await writeFile(file, JSON.stringify(deltas));
  await begin(clients);
  await bare.ask("tell", { file });
  const said = await counted(clients, expected);
  await rm(folder, { recursive: true });
  return said;
}
