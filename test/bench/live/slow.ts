/**
 * Somebody who takes nothing: a socket that does not read while a board that it follows changes all the time. What its
 * gateway keeps for it must not grow with what it is not told, others must be told as if it were not there, and when
 * it reads again it must hold what they hold.
 */
import { connect, type NatsConnection } from "nats";
import { follow, type BoardOf, type Following } from "../../../client/index";
import { erased, fold } from "../../../models/kernel/aggregate";
import type { Row } from "../../../models/kernel/row";
import { desk } from "../../../models/desk/desk.aggregate";
import { deskIdOf, NOTICES_MAX, type NoteDesk } from "../../../models/desk/desk.contract";
import type { Config } from "../../../moleculer.config";
import { issueToken } from "../../../services/gateway/tokens";
import { encode } from "../../../services/kernel/wire";
import { eventually } from "../../support/eventually";
import { rowAfter } from "../../support/rows";
import { alone, type Alone } from "./alone";
import type { Memory } from "./gateway-alone";
import { sumOf } from "./sum";

export interface Slow {
  /** What somebody who reads was told. */
  readonly toldMb: number;
  /** By how much the gateway's memory had grown then, all that it keeps for both. */
  readonly keptMb: number;
  /** Of that, by how much since the other one was left out. */
  readonly keptSinceMb: number;
  /** How often it was left out. */
  readonly lagged: number;
  readonly readersMessages: number;
  readonly slowMessages: number;
  /** Widgets that are not in the end as the reader holds them. */
  readonly wrong: number;
}

const SELLER = "seller-that-is-slow";
const AT_ONCE = 100;
const ROUNDS_MAX = 60;
const MEGABYTE = 1024 ** 2;
const aggregate = erased(desk);

/** The n-th commit of a desk, in which each notice has changed. */
function noted(previous: Row | null, n: number): Row {
  const notices = Array.from({ length: NOTICES_MAX }, (_, i) => {
    return { kind: "price", productId: `product-${i}`, currency: "EUR", ownMinor: 1_000, bestMinor: n } as const;
  });
  const params: NoteDesk = { sellerId: SELLER, notices };
  const state = previous?.state ?? aggregate.initial;
  const events = aggregate.decide["desk.note"]?.(state, params, new Date().toISOString()) ?? [];
  const next = fold(aggregate, state, events);
  return {
    ...rowAfter(previous, { id: deskIdOf(params), state: next, events }),
    committedAt: new Date().toISOString(),
  };
}

interface Client {
  readonly following: Following;
  board: BoardOf<"seller">;
  messages: number;
  bytes: number;
}

function open(url: string, secret: string): Client {
  const token = issueToken(secret, {
    ...{ id: `owner-of-${SELLER}`, permissions: [], grants: [{ role: "seller-owner", party: SELLER }] },
  });
  const client: Client = {
    following: follow({
      ...{ url, board: "seller", id: SELLER, token: () => token, renew: () => Promise.resolve(token) },
      heard: ({ board }) => (client.board = board),
    }),
    ...{ board: {}, messages: 0, bytes: 0 },
  };
  client.following.socket.on("delta", (delta) => {
    client.messages += 1;
    client.bytes += JSON.stringify(delta).length;
  });
  return client;
}

/** The websocket itself, which can be left unread. */
const wireOf = ({ following }: Client): { pause(): void; resume(): void } =>
  (following.socket.io.engine.transport as unknown as { readonly ws: { pause(): void; resume(): void } }).ws;

const bestIn = ({ board }: Client): unknown => board.alerts?.cells["price|product-0"]?.["bestMinor"];

const differing = (one: Client, other: Client): number =>
  Object.entries(one.board).filter(([name, { cells }]) => {
    return sumOf(cells) !== sumOf(other.board[name as keyof BoardOf<"seller">]?.cells ?? {});
  }).length;

interface Stage {
  readonly gateway: Alone;
  readonly stream: NatsConnection;
  readonly namespace: string;
  readonly reader: Client;
  readonly slow: Client;
  last: Row | null;
}

/** So many commits, and the reader has been told of all. */
async function round(stage: Stage): Promise<void> {
  for (let n = 0; n < AT_ONCE; n++) {
    stage.last = noted(stage.last, (stage.last?.version ?? 0) + 1);
    const { subject, body } = encode(stage.namespace, { ...stage.last, aggregate: "desk" });
    stage.stream.publish(subject, body);
  }
  await eventually("who reads is told", () => bestIn(stage.reader) === stage.last?.version, { timeoutMs: 20_000 });
}

const memoryOf = async ({ gateway }: Stage): Promise<number> => {
  const { heapMb, externalMb } = await gateway.ask<Memory>("memory");
  return heapMb + externalMb;
};

async function played(stage: Stage): Promise<Slow> {
  const { gateway, reader, slow } = stage;
  const lagged = (): Promise<number> => gateway.ask<number>("lagged");
  // the code is compiled, and both have a board
  await round(stage);
  await eventually("both are told", () => bestIn(slow) === bestIn(reader));
  const [before, from] = [await memoryOf(stage), stage.last?.version ?? 0];
  wireOf(slow).pause();
  // how much the system itself keeps back for a connection, nobody knows
  for (let n = 0; n < ROUNDS_MAX && (await lagged()) === 0; n++) await round(stage);
  const [then, left] = [await memoryOf(stage), stage.last?.version ?? 0];
  for (let n = from; n < left; n += AT_ONCE) await round(stage);
  const kept = await memoryOf(stage);
  wireOf(slow).resume();
  const same = (): boolean => bestIn(slow) === bestIn(reader) && differing(reader, slow) === 0;
  await eventually("who was slow holds what the reader holds", same).catch(() => false);
  const grown = { keptMb: rounded(kept - before), keptSinceMb: rounded(kept - then) };
  return {
    ...{ toldMb: megabytes(reader.bytes), readersMessages: reader.messages, slowMessages: slow.messages },
    ...{ ...grown, lagged: await lagged(), wrong: differing(reader, slow) },
  };
}

const rounded = (value: number): number => Number(value.toFixed(1));
const megabytes = (bytes: number): number => rounded(bytes / MEGABYTE);

/** At a gateway of its own, over the stream of a mall. */
export async function playSlow(config: Config): Promise<Slow> {
  const gateway = alone("gateway-alone");
  const stream = await connect({ servers: config.natsUrl });
  const opened: Client[] = [];
  try {
    const ask = { config: { ...config, nodeId: "gateway-slow" }, windowMs: 0 };
    const { url } = await gateway.ask<{ url: string }>("open", ask);
    const [reader, slow] = [open(url, config.secret), open(url, config.secret)];
    opened.push(reader, slow);
    await eventually("both follow", () => opened.every(({ board }) => board.alerts !== undefined));
    return await played({ gateway, stream, namespace: config.namespace, reader, slow, last: null });
  } finally {
    for (const { following } of opened) following.stop();
    await stream.close();
    await gateway.stop();
  }
}
