/** A stream and its durable consumers as JetStream keeps them: what is stored, what was given out, what was read. */
import type { ConsumerInfo, StreamInfo } from "nats";
import { AGGREGATE_HEADER, ID_HEADER, VERSION_HEADER, type Message } from "../../../services/kernel/wire";

export interface Stored {
  readonly seq: number;
  readonly message: Message;
}

export interface Durable {
  readonly name: string;
  readonly created: string;
  readonly filter: string;
  readonly config: object;
  /** Given out and not acknowledged: when it comes again. */
  readonly pending: Map<number, number>;
  readonly done: Set<number>;
  next: number;
}

export interface Stream {
  readonly created: string;
  readonly stored: Stored[];
  readonly ids: Set<string>;
  readonly durables: Map<string, Durable>;
}

export const wanted = ({ filter }: Durable, { subject }: Message): boolean =>
  filter.endsWith(">") || subject.startsWith(filter.slice(0, -1));

const lastOf = ({ stored }: Stream): number => stored.at(-1)?.seq ?? 0;

/** What is to be handed out at `now`: what was never given, and what was not acknowledged in time. */
export function dueFor(durable: Durable, { stored }: Stream, now: number): Stored[] {
  return stored.filter(({ seq, message }) => {
    if (durable.done.has(seq) || !wanted(durable, message)) return false;
    const again = durable.pending.get(seq);
    return again === undefined ? seq >= durable.next : again <= now;
  });
}

export function acknowledge(durable: Durable, seq: number): void {
  durable.pending.delete(seq);
  durable.done.add(seq);
}

/** A message whose id is there already is not stored again, unless deduplication has forgotten it. */
export function store(stream: Stream, message: Message, forgotten: boolean): void {
  if (stream.ids.has(message.msgId) && !forgotten) return;
  stream.ids.add(message.msgId);
  stream.stored.push({ seq: lastOf(stream) + 1, message });
}

export const newDurable = (stream: Stream, created: string, config: DurableConfig): Durable => ({
  name: config.durable_name ?? "",
  created,
  filter: config.filter_subject ?? "",
  config,
  pending: new Map(),
  done: new Set(),
  next: lastOf(stream) + 1,
});

export interface DurableConfig {
  readonly durable_name?: string;
  readonly filter_subject?: string;
}

export function streamInfo(stream: Stream): StreamInfo {
  const state = { first_seq: stream.stored[0]?.seq ?? 1, last_seq: lastOf(stream) };
  return { created: stream.created, state } as unknown as StreamInfo;
}

export function consumerInfo(stream: Stream, durable: Durable): ConsumerInfo {
  const open = stream.stored.filter(({ seq, message }) => wanted(durable, message) && !durable.done.has(seq));
  const floor = open[0] ? open[0].seq - 1 : lastOf(stream);
  const info = {
    created: durable.created,
    config: durable.config,
    num_pending: open.filter(({ seq }) => seq >= durable.next).length,
    num_ack_pending: durable.pending.size,
    ack_floor: { stream_seq: floor },
  };
  return info as unknown as ConsumerInfo;
}

export function headersOf({ aggregate, aggregateId, version }: Message): { get(name: string): string } {
  const heads = new Map([
    [AGGREGATE_HEADER, aggregate],
    [ID_HEADER, aggregateId],
    [VERSION_HEADER, String(version)],
  ]);
  return { get: (name) => heads.get(name) ?? "" };
}
