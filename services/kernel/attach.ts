/** Finds or makes the durable consumer of a reader, and tells what it may have missed. */
import { AckPolicy, DeliverPolicy, NatsError, nanos, ReplayPolicy, type ConsumerConfig, type ConsumerInfo } from "nats";
import type { Reader } from "./delivery";
import type { CommitStream } from "./jetstream";
import type { Seen } from "./positions";
import { subjectsOf } from "./wire";

export interface AttachLimits {
  readonly ackWaitMs: number;
  readonly ackPendingMax: number;
  /** What the stream took in before is not handed out; left out, or null: nothing that is there already is. */
  readonly since?: string | null;
}

export interface Sight {
  readonly seen: Seen;
  readonly firstSeq: number;
  /** Messages of the stream that the consumer was not given yet. */
  readonly pending: number;
}

const CONSUMER_NOT_FOUND = 10014;
const NAME = /^[A-Za-z0-9_-]{1,64}$/;

/** @throws Error for a name that cannot be a durable consumer's */
export function checkName(name: string): void {
  if (!NAME.test(name)) throw new Error(`"${name}" cannot name a reader: use 1 to 64 letters, digits, - or _`);
}

/** One subject can be filtered by the server; a reader of several aggregates gets all and skips. */
export function filterOf(namespace: string, aggregates: readonly string[]): string {
  const [only] = aggregates;
  return aggregates.length === 1 ? subjectsOf(namespace, only) : subjectsOf(namespace);
}

async function infoOf(stream: CommitStream, name: string): Promise<ConsumerInfo | null> {
  try {
    return await stream.jsm.consumers.info(stream.name, name);
  } catch (error) {
    if (error instanceof NatsError && error.api_error?.err_code === CONSUMER_NOT_FOUND) return null;
    throw error;
  }
}

/**
 * A consumer begins with what is published from now (or a moment) on: what was before is in the histories, and the
 * reconciler reads it there. Parking is ours, so the server never gives up on a message.
 */
async function ensureConsumer(stream: CommitStream, reader: Reader, limits: AttachLimits): Promise<ConsumerInfo> {
  const filter_subject = filterOf(stream.namespace, reader.aggregates);
  const { since } = limits;
  const adjustable = { ack_wait: nanos(limits.ackWaitMs), max_ack_pending: limits.ackPendingMax };
  const found = await infoOf(stream, reader.name);
  if (found?.config.filter_subject === filter_subject) {
    const { ack_wait, max_ack_pending } = found.config;
    if (ack_wait === adjustable.ack_wait && max_ack_pending === adjustable.max_ack_pending) return found;
    return await stream.jsm.consumers.update(stream.name, reader.name, adjustable);
  }
  // the reader wants other aggregates than before: it starts anew, and is reconciled
  if (found) await stream.jsm.consumers.delete(stream.name, reader.name);
  const config: Partial<ConsumerConfig> = {
    durable_name: reader.name,
    ack_policy: AckPolicy.Explicit,
    ...(since
      ? { deliver_policy: DeliverPolicy.StartTime, opt_start_time: since }
      : { deliver_policy: DeliverPolicy.New }),
    replay_policy: ReplayPolicy.Instant,
    filter_subject,
    max_deliver: -1,
    ...adjustable,
  };
  return await stream.jsm.consumers.add(stream.name, config);
}

/** Makes stream and consumer when they are missing. */
export async function attach(stream: CommitStream, reader: Reader, limits: AttachLimits): Promise<Sight> {
  const { created, state } = await stream.ensure();
  // asked after the stream: when it has nothing pending, it has read everything up to the stream's last message
  const consumer = await ensureConsumer(stream, reader, limits);
  const idle = consumer.num_pending === 0 && consumer.num_ack_pending === 0;
  const readTo = idle ? state.last_seq : consumer.ack_floor.stream_seq;
  return {
    seen: { streamCreated: created, consumerCreated: consumer.created, lastSeq: state.last_seq, readTo },
    firstSeq: state.first_seq,
    pending: consumer.num_pending,
  };
}

/** Removes the durable consumer of a reader that is no more, so that it does not hold messages back. */
export async function removeConsumer(stream: CommitStream, readerName: string): Promise<void> {
  if (await infoOf(stream, readerName)) await stream.jsm.consumers.delete(stream.name, readerName);
}
