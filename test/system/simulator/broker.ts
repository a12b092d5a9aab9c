/**
 * JetStream as the kernel uses it: one stream, durable consumers, at least once. Messages may come twice, late or in
 * another order; acknowledgements may be lost; the whole stream may be lost and made anew.
 */
import { NatsError, type ConsumerInfo, type JsMsg, type StreamInfo } from "nats";
import type { CommitStream } from "../../../services/kernel/jetstream";
import type { Message } from "../../../services/kernel/wire";
import { AGGREGATE_HEADER, ID_HEADER, VERSION_HEADER } from "../../../services/kernel/wire";
import type { Process, World } from "./world";

interface Stored {
  readonly seq: number;
  readonly message: Message;
}

interface Subscriber {
  readonly process: Process;
  readonly callback: (message: JsMsg) => void;
  readonly closed: (error: Error | undefined) => void;
}

interface Durable {
  readonly name: string;
  readonly created: string;
  readonly filter: string;
  readonly config: object;
  /** Given out and not acknowledged: when it comes again. */
  readonly pending: Map<number, number>;
  readonly done: Set<number>;
  next: number;
}

interface Stream {
  readonly created: string;
  readonly stored: Stored[];
  readonly ids: Set<string>;
  readonly durables: Map<string, Durable>;
}

export interface Broker {
  /** The connection of one process. */
  connect(process: Process, namespace: string): CommitStream;
  /** Everything is gone: messages, consumers. */
  loseStream(): void;
  /** Nothing is stored that some consumer has not acknowledged. */
  idle(): boolean;
}

const ACK_WAIT_MS = 3_000;
const TURN_MS = 20;

const missing = (code: number): NatsError => {
  const error = new NatsError("not found", "404");
  error.api_error = { code: 404, err_code: code, description: "not found" };
  return error;
};

export function createBroker(world: World): Broker {
  let made = 0;
  let stream: Stream | null = null;
  const subscribers = new Map<string, Subscriber[]>();

  const create = (): Stream => ({ created: `stream ${++made}`, stored: [], ids: new Set(), durables: new Map() });
  const wanted = ({ filter }: Durable, { subject }: Message): boolean =>
    filter.endsWith(">") || subject.startsWith(filter.slice(0, -1));

  /** What is to be handed out: what was never given, and what was not acknowledged in time. */
  function dueFor(durable: Durable, { stored }: Stream): Stored[] {
    const now = world.time.now();
    return stored.filter(({ seq, message }) => {
      if (!wanted(durable, message) || durable.done.has(seq)) return false;
      const again = durable.pending.get(seq);
      return again === undefined ? seq >= durable.next : again <= now;
    });
  }

  function acknowledge(durable: Durable, seq: number): void {
    durable.pending.delete(seq);
    durable.done.add(seq);
  }

  function messageFor(durable: Durable, { seq, message }: Stored, to: Subscriber): JsMsg {
    const heads = new Map([
      [AGGREGATE_HEADER, message.aggregate],
      [ID_HEADER, message.aggregateId],
      [VERSION_HEADER, String(message.version)],
    ]);
    const answer = (what: string, apply: () => void): void => {
      const lost = (fault: string) => (fault === "ack of a reader lost" ? (): void => undefined : null);
      void world.op({ kind: "ack", process: to.process, what: `${what} ${seq}`, apply, faulty: lost });
    };
    const delivered = {
      seq,
      subject: message.subject,
      data: message.body,
      headers: { get: (name: string) => heads.get(name) ?? "" },
      ack: () => answer("ack", () => acknowledge(durable, seq)),
      nak: () => answer("nak", () => void durable.pending.set(seq, world.time.now())),
      working() {
        if (to.process.alive && durable.pending.has(seq)) durable.pending.set(seq, world.time.now() + ACK_WAIT_MS);
      },
    };
    return delivered as unknown as JsMsg;
  }

  function hand(durable: Durable, one: Stored): void {
    const to = (subscribers.get(durable.name) ?? []).filter(({ process }) => process.alive);
    if (to.length === 0) return;
    const subscriber = world.chance.pick(to);
    durable.pending.set(one.seq, world.time.now() + ACK_WAIT_MS);
    durable.next = Math.max(durable.next, one.seq + 1);
    const apply = (): void => {
      if (stream?.durables.get(durable.name) === durable) subscriber.callback(messageFor(durable, one, subscriber));
    };
    const faulty = (fault: string) =>
      fault === "message doubled"
        ? () => {
            apply();
            apply();
          }
        : null;
    void world.op({ kind: "deliver", process: subscriber.process, what: one.message.msgId, apply, faulty });
  }

  function deliver(): void {
    if (!stream) return;
    for (const durable of stream.durables.values()) for (const one of dueFor(durable, stream)) hand(durable, one);
  }
  setInterval(deliver, TURN_MS);

  function store(message: Message, doubled: boolean): void {
    if (!stream) throw missing(10059);
    if (stream.ids.has(message.msgId) && !doubled) return;
    stream.ids.add(message.msgId);
    stream.stored.push({ seq: (stream.stored.at(-1)?.seq ?? 0) + 1, message });
    deliver();
  }

  const floorOf = (durable: Durable, { stored }: Stream): number => {
    const open = stored.find(({ seq, message }) => wanted(durable, message) && !durable.done.has(seq));
    return open ? open.seq - 1 : (stored.at(-1)?.seq ?? 0);
  };

  function infoOf(name: string): ConsumerInfo {
    const durable = stream?.durables.get(name);
    if (!stream || !durable) throw missing(10014);
    const last = stream.stored.at(-1)?.seq ?? 0;
    const unread = stream.stored.filter(({ seq, message }) => seq >= durable.next && wanted(durable, message)).length;
    const info = {
      created: durable.created,
      config: durable.config,
      num_pending: unread,
      num_ack_pending: durable.pending.size,
      ack_floor: { stream_seq: Math.min(last, floorOf(durable, stream)) },
    };
    return info as unknown as ConsumerInfo;
  }

  function addDurable(config: { durable_name?: string; filter_subject?: string }): ConsumerInfo {
    if (!stream) throw missing(10059);
    const { durable_name: name = "", filter_subject: filter = "" } = config;
    const next = (stream.stored.at(-1)?.seq ?? 0) + 1;
    const created = `consumer ${++made}`;
    stream.durables.set(name, { name, created, filter, config, pending: new Map(), done: new Set(), next });
    return infoOf(name);
  }

  function connect(process: Process, namespace: string): CommitStream {
    const ask = <T>(what: string, apply: () => T): Promise<T> => world.op({ kind: "broker", process, what, apply });
    const streamInfo = (): StreamInfo => {
      stream ??= create();
      const state = { first_seq: stream.stored[0]?.seq ?? 1, last_seq: stream.stored.at(-1)?.seq ?? 0 };
      return { created: stream.created, state } as unknown as StreamInfo;
    };
    const subscribe = (name: string, callback: (message: JsMsg) => void) => {
      let closed: (error: Error | undefined) => void = () => undefined;
      const end = new Promise<Error | undefined>((resolve) => (closed = resolve));
      const all = subscribers.get(name) ?? [];
      subscribers.set(name, all);
      const subscriber: Subscriber = { process, callback, closed };
      all.push(subscriber);
      deliver();
      const close = (): Promise<void> => {
        all.splice(all.indexOf(subscriber), 1);
        closed(undefined);
        return Promise.resolve();
      };
      return { close, closed: () => end };
    };
    const consumers = {
      get: (_stream: string, name: string) =>
        ask(`consumer ${name}`, () => {
          infoOf(name);
          const consume = ({ callback }: { callback: (message: JsMsg) => void }) =>
            Promise.resolve(subscribe(name, callback));
          return { consume };
        }),
    };
    const manager = {
      consumers: {
        info: (_stream: string, name: string) => ask(`info of ${name}`, () => infoOf(name)),
        add: (_stream: string, config: object) => ask("add a consumer", () => addDurable(config)),
        update: (_stream: string, name: string) => ask(`update ${name}`, () => infoOf(name)),
        delete: (_stream: string, name: string) => ask(`delete ${name}`, () => stream?.durables.delete(name) ?? false),
      },
    };
    return {
      name: `${namespace}-COMMITS`,
      namespace,
      js: { consumers } as unknown as CommitStream["js"],
      jsm: manager as unknown as CommitStream["jsm"],
      connected: () => true,
      ensure: () => ask("ensure the stream", streamInfo),
      publish: (message) => publish(process, message),
      makeRoom: () => Promise.resolve(0),
      onReconnect: () => () => undefined,
      close: () => Promise.resolve(),
    };
  }

  const publish = (process: Process, message: Message): Promise<void> =>
    world.op({
      kind: "publish",
      process,
      what: message.msgId,
      apply: () => store(message, false),
      faulty(fault) {
        if (fault === "message doubled") return () => [false, true].forEach((doubled) => store(message, doubled));
        if (fault !== "ack of a publish lost") return null;
        return () => {
          if (world.chance.in(0.5)) store(message, false);
          throw new NatsError("timeout", "TIMEOUT");
        };
      },
    });

  return {
    connect,
    loseStream() {
      const names = [...(stream?.durables.keys() ?? [])];
      stream = null;
      for (const name of names) {
        for (const { closed } of subscribers.get(name)?.splice(0) ?? []) closed(missing(10059));
      }
    },
    idle() {
      if (!stream) return false;
      const { stored, durables } = stream;
      return [...durables.values()].every((durable) =>
        stored.every(({ seq, message }) => !wanted(durable, message) || durable.done.has(seq) || seq < durable.next),
      );
    },
  };
}
