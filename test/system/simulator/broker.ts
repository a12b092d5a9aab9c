/**
 * JetStream as the kernel uses it: one stream, durable consumers, at least once. Messages may come twice, late or in
 * another order; acknowledgements may be lost; the whole stream may be lost and made anew.
 */
import { NatsError, type ConsumerInfo, type JsMsg } from "nats";
import type { CommitStream } from "../../../services/kernel/jetstream";
import type { Message } from "../../../services/kernel/wire";
import type { Fault } from "./faults";
import {
  acknowledge,
  consumerInfo,
  dueFor,
  headersOf,
  newDurable,
  store,
  streamInfo,
  type Durable,
  type DurableConfig,
  type Stored,
  type Stream,
} from "./stream";
import type { Process, World } from "./world";

interface Subscriber {
  readonly process: Process;
  readonly callback: (message: JsMsg) => void;
  readonly closed: (error: Error | undefined) => void;
}

export interface Broker {
  /** The connection of one process. */
  connect(process: Process, namespace: string): CommitStream;
  /** Everything is gone: messages, consumers. */
  loseStream(): void;
}

const ACK_WAIT_MS = 3_000;
const TURN_MS = 100;
const NO_STREAM = 10059;
const NO_CONSUMER = 10014;

function missing(code: number): NatsError {
  const error = new NatsError("not found", "404");
  error.api_error = { code: 404, err_code: code, description: "not found" };
  return error;
}

class SimulatedBroker implements Broker {
  private made = 0;
  private stream: Stream | null = null;
  private readonly subscribers = new Map<string, Subscriber[]>();

  constructor(private readonly world: World) {
    setInterval(() => this.deliver(), TURN_MS);
  }

  private ensure(): Stream {
    this.stream ??= { created: `stream ${++this.made}`, stored: [], ids: new Set(), durables: new Map() };
    return this.stream;
  }

  private messageFor(durable: Durable, { seq, message }: Stored, { process }: Subscriber): JsMsg {
    const { world } = this;
    const again = (ms: number): void => void durable.pending.set(seq, world.time.now() + ms);
    const answer = (what: string, apply: () => void): void => {
      const faulty = (fault: Fault) => (fault === "ack of a reader lost" ? (): void => undefined : null);
      void world.op({ kind: "ack", process, what: `${what} ${seq}`, apply, faulty });
    };
    const given = {
      seq,
      subject: message.subject,
      data: message.body,
      headers: headersOf(message),
      ack: () => answer("ack", () => acknowledge(durable, seq)),
      nak: () => answer("nak", () => again(0)),
      working() {
        if (process.alive && durable.pending.has(seq)) again(ACK_WAIT_MS);
      },
    };
    return given as unknown as JsMsg;
  }

  private hand(durable: Durable, one: Stored): void {
    const { world } = this;
    const to = (this.subscribers.get(durable.name) ?? []).filter(({ process }) => process.alive);
    if (to.length === 0) return;
    const subscriber = world.chance.pick(to);
    durable.pending.set(one.seq, world.time.now() + ACK_WAIT_MS);
    durable.next = Math.max(durable.next, one.seq + 1);
    const apply = (): void => {
      const current = this.stream?.durables.get(durable.name) === durable;
      if (current) subscriber.callback(this.messageFor(durable, one, subscriber));
    };
    const twice = (): void => [apply, apply].forEach((arrive) => arrive());
    const faulty = (fault: Fault) => (fault === "message doubled" ? twice : null);
    void world.op({ kind: "deliver", process: subscriber.process, what: one.message.msgId, apply, faulty });
  }

  private deliver(): void {
    const { stream } = this;
    if (!stream) return;
    const now = this.world.time.now();
    for (const durable of stream.durables.values()) {
      for (const one of dueFor(durable, stream, now)) this.hand(durable, one);
    }
  }

  private take(message: Message, forgotten: boolean): void {
    if (!this.stream) throw missing(NO_STREAM);
    store(this.stream, message, forgotten);
    this.deliver();
  }

  private info(name: string): ConsumerInfo {
    const durable = this.stream?.durables.get(name);
    if (!this.stream || !durable) throw missing(NO_CONSUMER);
    return consumerInfo(this.stream, durable);
  }

  private add(config: DurableConfig): ConsumerInfo {
    const { stream } = this;
    if (!stream) throw missing(NO_STREAM);
    const durable = newDurable(stream, `consumer ${++this.made}`, config);
    stream.durables.set(durable.name, durable);
    return this.info(durable.name);
  }

  private subscribe(process: Process, name: string, callback: Subscriber["callback"]) {
    let closed: Subscriber["closed"] = () => undefined;
    const end = new Promise<Error | undefined>((resolve) => (closed = resolve));
    const all = this.subscribers.get(name) ?? [];
    this.subscribers.set(name, all);
    const subscriber = { process, callback, closed };
    all.push(subscriber);
    this.deliver();
    const close = (): Promise<void> => {
      if (all.includes(subscriber)) all.splice(all.indexOf(subscriber), 1);
      closed(undefined);
      return Promise.resolve();
    };
    return { close, closed: () => end };
  }

  private publish(process: Process, message: Message): Promise<void> {
    const { world } = this;
    const lost = (): never => {
      if (world.chance.in(0.5)) this.take(message, false);
      throw new NatsError("timeout", "TIMEOUT");
    };
    const faulty = (fault: Fault) => {
      if (fault === "message doubled") return () => [false, true].forEach((again) => this.take(message, again));
      return fault === "ack of a publish lost" ? lost : null;
    };
    const apply = (): void => this.take(message, false);
    return world.op({ kind: "publish", process, what: message.msgId, apply, faulty });
  }

  connect(process: Process, namespace: string): CommitStream {
    const ask = <T>(what: string, apply: () => T): Promise<T> =>
      this.world.op({ kind: "broker", process, what, apply });
    type Consume = { callback: Subscriber["callback"] };
    const handle = (name: string) => ({
      consume: ({ callback }: Consume) => Promise.resolve(this.subscribe(process, name, callback)),
    });
    const get = (_stream: string, name: string) =>
      ask(`consumer ${name}`, () => {
        this.info(name);
        return handle(name);
      });
    const consumers = {
      info: (_stream: string, name: string) => ask(`info of ${name}`, () => this.info(name)),
      add: (_stream: string, config: DurableConfig) => ask("add a consumer", () => this.add(config)),
      update: (_stream: string, name: string) => ask(`update ${name}`, () => this.info(name)),
      delete: (_stream: string, name: string) => ask(`delete ${name}`, () => this.stream?.durables.delete(name)),
    };
    return {
      name: `${namespace}-COMMITS`,
      namespace,
      js: { consumers: { get } } as unknown as CommitStream["js"],
      jsm: { consumers } as unknown as CommitStream["jsm"],
      connected: () => true,
      ensure: () => ask("ensure the stream", () => streamInfo(this.ensure())),
      publish: (message) => this.publish(process, message),
      makeRoom: () => Promise.resolve(0),
      hurry: () => undefined,
      onHurry: () => undefined,
      onReconnect: () => () => undefined,
      close: () => Promise.resolve(),
    };
  }

  loseStream(): void {
    const names = [...(this.stream?.durables.keys() ?? [])];
    this.stream = null;
    for (const { closed } of names.flatMap((name) => this.subscribers.get(name)?.splice(0) ?? [])) {
      closed(missing(NO_CONSUMER));
    }
  }
}

export const createBroker = (world: World): Broker => new SimulatedBroker(world);
