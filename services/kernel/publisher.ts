/**
 * Publishes to the stream and waits for its word, many at a time: one subscription takes all acknowledgements, and one
 * timer looks after those that do not come. The client's own request makes an error with its stack for every message,
 * in case it should be needed, which costs more than the rest of publishing.
 */
import { createInbox, ErrorCode, headers, NatsError, type Msg, type NatsConnection, type PubAck } from "nats";
import { AGGREGATE_HEADER, ID_HEADER, VERSION_HEADER, type Message } from "./wire";

export interface Publisher {
  /** Resolves when the server has the message; an id that it has already counts. @throws NatsError */
  readonly publish: (message: Message, timeoutMs: number) => Promise<void>;
  close(): void;
}

interface Waiting {
  readonly until: number;
  resolve(): void;
  reject(error: NatsError): void;
}

type Answer = Partial<PubAck> & { readonly error?: NonNullable<NatsError["api_error"]> };

const LOOK_EVERY_MS = 250;
const NO_RESPONDERS = 503;
const ERROR = '"error"';

function headersOf(message: Message): ReturnType<typeof headers> {
  const head = headers();
  head.set("Nats-Msg-Id", message.msgId);
  head.set(AGGREGATE_HEADER, message.aggregate);
  head.set(ID_HEADER, message.aggregateId);
  head.set(VERSION_HEADER, String(message.version));
  return head;
}

/** What is wrong with an answer, or null for an acknowledgement. */
export function faultOf(message: Pick<Msg, "headers" | "data">): NatsError | null {
  if (message.data.length === 0 && message.headers?.code === NO_RESPONDERS) {
    return new NatsError("no stream takes it", ErrorCode.NoResponders);
  }
  const { buffer, byteOffset, byteLength } = message.data;
  const told = Buffer.from(buffer, byteOffset, byteLength);
  // an acknowledgement comes for every commit: what does not even speak of an error need not be parsed
  if (!told.includes(ERROR)) return null;
  const { error } = JSON.parse(told.toString()) as Answer;
  if (!error) return null;
  const fault = new NatsError(error.description, ErrorCode.JetStream408RequestTimeout);
  fault.code = String(error.code);
  fault.api_error = error;
  return fault;
}

export function createPublisher(connection: NatsConnection): Publisher {
  const inbox = createInbox();
  const waiting = new Map<string, Waiting>();
  let count = 0;
  const take = (reply: string): Waiting | undefined => {
    const found = waiting.get(reply);
    waiting.delete(reply);
    return found;
  };
  const answers = connection.subscribe(`${inbox}.*`, {
    callback: (error, message) => {
      const fault = error ?? faultOf(message);
      const waiter = take(message.subject);
      if (fault) waiter?.reject(fault);
      else waiter?.resolve();
    },
  });
  const timer = setInterval(() => {
    const now = performance.now();
    for (const [reply, { until }] of waiting) {
      if (until <= now) take(reply)?.reject(NatsError.errorForCode(ErrorCode.Timeout));
    }
  }, LOOK_EVERY_MS);
  timer.unref();
  return {
    publish: (message, timeoutMs) =>
      new Promise((resolve, reject) => {
        const reply = `${inbox}.${(++count).toString(36)}`;
        connection.publish(message.subject, message.body, { headers: headersOf(message), reply });
        waiting.set(reply, { until: performance.now() + timeoutMs, resolve, reject });
      }),
    close() {
      clearInterval(timer);
      answers.unsubscribe();
      for (const reply of [...waiting.keys()]) take(reply)?.reject(NatsError.errorForCode(ErrorCode.ConnectionClosed));
    },
  };
}
