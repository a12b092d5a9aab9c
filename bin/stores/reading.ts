/**
 * Whether commits are still on their way from the histories to an index: not yet published, or not yet read. Until
 * then a difference is no drift; a reader that was killed keeps what it had taken for half a minute.
 */
import { connect, NatsError, type JetStreamManager } from "nats";
import { readerOf } from "../../indexers";
import type { Histories } from "../../models/kernel/histories";
import { streamName } from "../../services/kernel/jetstream";
import type { Places } from "./places";

const ANSWER_WITHIN_MS = 3_000;

export interface Reading {
  /** False as well when nobody can be asked. */
  of(projection: string, aggregates: readonly string[]): Promise<boolean>;
  close(): Promise<void>;
}

async function unread(manager: JetStreamManager, stream: string, reader: string): Promise<boolean> {
  try {
    const { num_pending, num_ack_pending } = await manager.consumers.info(stream, reader);
    return num_pending + num_ack_pending > 0;
  } catch (error) {
    if (error instanceof NatsError) return false;
    throw error;
  }
}

async function unpublished(histories: readonly Histories[]): Promise<boolean> {
  const pages = await Promise.all(histories.map((history) => history.unpublished(null, 1)));
  return pages.some((page) => page.length > 0);
}

const NOBODY: Reading = { of: () => Promise.resolve(false), close: () => Promise.resolve() };

export async function openReading({ natsUrl, namespace }: Places, histories: readonly Histories[]): Promise<Reading> {
  if (natsUrl === null) return NOBODY;
  const options = { servers: natsUrl, timeout: ANSWER_WITHIN_MS, maxReconnectAttempts: 1 };
  const connection = await connect(options).catch(() => null);
  if (connection === null) return NOBODY;
  const manager = await connection.jetstreamManager({ timeout: ANSWER_WITHIN_MS, checkAPI: false });
  return {
    async of(projection, aggregates) {
      const sources = histories.filter(({ aggregate }) => aggregates.includes(aggregate));
      // in the order in which a commit travels, so that none is overlooked between the two looks
      return (await unpublished(sources)) || (await unread(manager, streamName(namespace), readerOf(projection)));
    },
    close: () => connection.close(),
  };
}
