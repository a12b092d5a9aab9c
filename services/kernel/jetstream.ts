/**
 * The connection to NATS and the one stream that all commits go through. The stream is a doorbell: bounded in age
 * and bytes, allowed to be lost, made anew when it is missing. It refuses what does not fit instead of forgetting
 * what was not read yet, so room is made by removing what every consumer has acknowledged.
 */
import {
  connect,
  DiscardPolicy,
  Events,
  NatsError,
  nanos,
  RetentionPolicy,
  StorageType,
  type JetStreamClient,
  type JetStreamManager,
  type NatsConnection,
  type StreamConfig,
  type StreamInfo,
} from "nats";
import type { Logger } from "pino";
import { reasonOf, within } from "./wait";
import { createPublisher } from "./publisher";
import { subjectsOf, type Message } from "./wire";

const CONNECT_TIMEOUT_MS = 5_000;
/** A server that is still recovering does not answer at all: better asked again soon. */
const REQUEST_TIMEOUT_MS = 2_000;
const CLOSE_TIMEOUT_MS = 3_000;
const MAX_AGE_MS = 7 * 24 * 3_600_000;
const DUPLICATE_WINDOW_MS = 120_000;
const MAX_BYTES = 1024 ** 3;
const NOT_FOUND = 10059;

export interface StreamOptions {
  readonly url: string;
  readonly namespace: string;
  /** Names the connection in the server's monitoring. */
  readonly node: string;
  readonly log: Logger;
  /** Size of the stream on disk. */
  readonly maxBytes?: number;
}

export interface CommitStream {
  readonly name: string;
  readonly namespace: string;
  readonly js: JetStreamClient;
  readonly jsm: JetStreamManager;
  connected(): boolean;
  /** Makes the stream when it is missing, adjusts it when it is different. Several nodes may do so at once. */
  ensure(): Promise<StreamInfo>;
  /** Resolves when the server has the message; an id that it has already counts. @throws NatsError */
  publish(message: Message, timeoutMs: number): Promise<void>;
  /** Removes what every consumer has acknowledged; gives the number of messages removed. */
  makeRoom(): Promise<number>;
  /** Hints to every node, this one too, that somebody waits for a reader. One that is lost costs some patience. */
  hurry(reader: string): void;
  onHurry(listener: (reader: string) => void): void;
  /** Told after every connection but the first. Gives a function that ends it. */
  onReconnect(listener: () => void): () => void;
  /** Sends what is buffered, within a bounded time, and closes. */
  close(): Promise<void>;
}

const isMissing = (error: unknown): boolean => error instanceof NatsError && error.api_error?.err_code === NOT_FOUND;

/** Also for those who only look at the stream. */
export const streamName = (namespace: string): string => `${namespace}-COMMITS`;

const configOf = (namespace: string, maxBytes: number): Partial<StreamConfig> & { name: string } => ({
  name: streamName(namespace),
  subjects: [subjectsOf(namespace)],
  retention: RetentionPolicy.Limits,
  storage: StorageType.File,
  discard: DiscardPolicy.New,
  max_age: nanos(MAX_AGE_MS),
  max_bytes: maxBytes,
  duplicate_window: nanos(DUPLICATE_WINDOW_MS),
  num_replicas: 1,
});

async function open(options: StreamOptions): Promise<NatsConnection> {
  try {
    return await connect({
      servers: options.url,
      name: options.node,
      timeout: CONNECT_TIMEOUT_MS,
      maxReconnectAttempts: -1,
      reconnectTimeWait: 500,
      reconnectJitter: 250,
      pingInterval: 10_000,
      maxPingOut: 2,
    });
  } catch (error) {
    const why = `NATS at ${options.url} does not answer (${reasonOf(error)}).`;
    throw new Error(`${why} Start nats-server with JetStream (-js) there, or set NATS_URL.`, { cause: error });
  }
}

/** Connects within seconds, or fails with what to do; afterwards it reconnects for ever. */
export async function connectStream(options: StreamOptions): Promise<CommitStream> {
  const connection = await open(options);
  const config = configOf(options.namespace, options.maxBytes ?? MAX_BYTES);
  const js = connection.jetstream({ timeout: REQUEST_TIMEOUT_MS });
  const jsm = await connection.jetstreamManager({ timeout: REQUEST_TIMEOUT_MS, checkAPI: false });
  const link = watch(connection, options);
  const publisher = createPublisher(connection);
  return {
    name: config.name,
    namespace: options.namespace,
    js,
    jsm,
    connected: link.connected,
    ensure: () => ensure(jsm, config, options.log),
    publish: publisher.publish,
    makeRoom: () => makeRoom(jsm, config.name),
    onReconnect: link.onReconnect,
    ...hints(connection, `${options.namespace}.hurry`),
    async close() {
      publisher.close();
      // draining waits for a server, and without one it leaves the client looking for it for ever
      if (!link.connected()) await connection.close();
      else await within(CLOSE_TIMEOUT_MS, "Saying goodbye to NATS", connection.drain()).catch(() => connection.close());
    },
  };
}

function hints(connection: NatsConnection, subject: string): Pick<CommitStream, "hurry" | "onHurry"> {
  return {
    hurry(reader) {
      if (!connection.isClosed() && !connection.isDraining()) connection.publish(subject, reader);
    },
    onHurry(listener) {
      connection.subscribe(subject, {
        callback: (error, message) => {
          if (!error) listener(message.string());
        },
      });
    },
  };
}

function watch(connection: NatsConnection, options: StreamOptions): Pick<CommitStream, "connected" | "onReconnect"> {
  let connected = true;
  const listeners = new Set<() => void>();
  const { log, url } = options;
  const follow = async (): Promise<void> => {
    for await (const { type, data } of connection.status()) {
      if (type === Events.Disconnect) {
        connected = false;
        log.warn({ url }, "NATS is gone. Commands go on; commits wait in their histories until it is back.");
      } else if (type === Events.Reconnect) {
        connected = true;
        log.warn({ url }, "NATS is back.");
        for (const tell of listeners) tell();
      } else if (type === Events.Error) log.error({ url, reason: reasonOf(data) }, "NATS refused something.");
    }
    connected = false;
  };
  void follow();
  return {
    connected: () => connected,
    onReconnect(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

async function ensure(
  jsm: JetStreamManager,
  config: Partial<StreamConfig> & { name: string },
  log: Logger,
): Promise<StreamInfo> {
  try {
    const found = await jsm.streams.info(config.name);
    if (found.config.max_bytes === config.max_bytes && found.config.max_age === config.max_age) return found;
    return await jsm.streams.update(config.name, { ...found.config, ...config });
  } catch (error) {
    if (!isMissing(error)) throw error;
    log.info({ stream: config.name }, "Making the stream of commits.");
    return await jsm.streams.add(config);
  }
}

async function makeRoom(jsm: JetStreamManager, name: string): Promise<number> {
  const { state } = await jsm.streams.info(name);
  let readTo = state.last_seq;
  for await (const { ack_floor, num_pending, num_ack_pending } of jsm.consumers.list(name)) {
    const idle = num_pending === 0 && num_ack_pending === 0;
    if (!idle) readTo = Math.min(readTo, ack_floor.stream_seq);
  }
  if (readTo < state.first_seq) return 0;
  const { purged } = await jsm.streams.purge(name, { seq: readTo + 1 });
  return purged;
}
