/**
 * The node's end of the thread of delivery. What was committed within a few milliseconds is handed over in one
 * message, bounded in what the thread has not taken yet: the rest is left to its sweeper. A thread that dies is started
 * again, and meanwhile commands go on.
 */
import type { Worker } from "node:worker_threads";
import type { Logger } from "pino";
import type { Clock } from "../../models/kernel/clock";
import type { Announced } from "../../services/kernel/delivery";
import { backoffMs, reasonOf, wait, within } from "../../services/kernel/wait";
import type { DeliveryStatus } from "./delivery";
import { loadOf, pack, type FromThread, type Load, type ThreadConfig, type ToThread } from "./delivery-messages";
import { takeWorker } from "./delivery-worker";

export interface DeliveryHostOptions {
  readonly config: ThreadConfig;
  readonly clock: Pick<Clock, "observe">;
  readonly log: Logger;
  /** The thread's program; another one in tests of what happens when it fails. */
  readonly program?: string;
}

export interface DeliveryHost {
  /** Never waits and never fails. */
  announce(commits: readonly Announced[]): void;
  /** Hints that somebody waits for what this reader reads. */
  hurry(reader: string): void;
  /** As of after everything that was announced before; null while the thread is being started again. */
  status(): Promise<DeliveryStatus | null>;
  /** Resolves when delivery works. @throws Error with a sentence for a person */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * A message wakes the other thread, and its answer this one: the steps of a checkout, milliseconds apart, travel
 * together. Readers gather for longer anyway.
 */
const HAND_EVERY_MS = 10;
const HANDED_MAX = 500;
/** What the thread may not have taken yet. */
const UNTAKEN_MAX: Load = { commits: 10_000, chars: 32 * 1024 ** 2 };
const STATUS_WITHIN_MS = 2_000;
const STOP_WITHIN_MS = 15_000;
const RETRY_FIRST_MS = 200;
const RETRY_MAX_MS = 5_000;
interface Thread {
  readonly worker: Worker;
  readonly exited: Promise<string>;
  untaken: Load;
  readonly asked: Map<number, (status: DeliveryStatus | null) => void>;
}

interface Host {
  readonly options: DeliveryHostOptions;
  readonly stopping: AbortController;
  waiting: Announced[];
  handing: NodeJS.Timeout | undefined;
  thread: Thread | null;
  dropped: number;
  questions: number;
}

const say = ({ worker }: Thread, message: ToThread): void => worker.postMessage(message);

type Level = "fatal" | "error" | "warn" | "info" | "debug" | "trace";
const LEVELS: Readonly<Record<number, Level>> = { 60: "fatal", 50: "error", 40: "warn", 30: "info", 20: "debug" };

function logLine({ options }: Host, line: string): void {
  const { level, msg, ...fields } = JSON.parse(line) as { level: number; msg?: string };
  options.log[LEVELS[level] ?? "trace"](fields, msg ?? "");
}

/** A stamp of a clock that is too far ahead is a matter for whoever commands, not for who reads. */
function observe({ options }: Host, hlc: string): void {
  try {
    options.clock.observe(hlc);
  } catch (error) {
    options.log.warn({ reason: reasonOf(error) }, "A commit that was read has a wrong stamp");
  }
}

function heard(host: Host, thread: Thread, message: FromThread): void {
  if (message.kind === "taken") thread.untaken = plus(thread.untaken, message.load, -1);
  else if (message.kind === "log") logLine(host, message.line);
  else if (message.kind === "observed") observe(host, message.hlc);
  else if (message.kind === "status") {
    const { relay, ...rest } = message.status;
    const status = { ...rest, relay: { ...relay, dropped: relay.dropped + host.dropped } };
    thread.asked.get(message.id)?.(status);
    thread.asked.delete(message.id);
  }
}

/** Resolves when the thread works. @throws Error that says why it does not */
function begin(host: Host): Promise<Thread> {
  const { config, program } = host.options;
  const worker = takeWorker(program);
  let why = "";
  worker.on("error", (error: Error) => (why = error.message));
  const exited = new Promise<string>((resolve) =>
    worker.once("exit", (code) => resolve(why || `it ended with exit code ${code}`)),
  );
  const thread: Thread = { worker, exited, untaken: { commits: 0, chars: 0 }, asked: new Map() };
  host.thread = thread;
  say(thread, { kind: "begin", config });
  return new Promise((resolve, reject) => {
    worker.on("message", (message: FromThread) => {
      if (message.kind === "ready") resolve(thread);
      else if (message.kind === "failed") ({ why } = message);
      else heard(host, thread, message);
    });
    void exited.then((how) => {
      if (host.thread === thread) host.thread = null;
      for (const tell of thread.asked.values()) tell(null);
      reject(new Error(how));
    });
  });
}

/** Starts a thread that died again, for as long as the node runs. */
async function keepAlive(host: Host, first: Thread): Promise<void> {
  const { log } = host.options;
  const over = (): boolean => host.stopping.signal.aborted;
  let thread: Thread | null = first;
  for (let failures = 0; !over(); failures++) {
    if (thread) {
      const reason = await thread.exited;
      if (over()) return;
      failures = 0;
      log.error({ reason }, "The thread of delivery died and is started again; commits wait in their histories");
    }
    await wait(backoffMs(failures, RETRY_FIRST_MS, RETRY_MAX_MS), host.stopping.signal);
    thread = over() ? null : await begin(host).catch(() => null);
  }
}

const plus = (a: Load, b: Load, sign: 1 | -1): Load => ({
  commits: a.commits + sign * b.commits,
  chars: a.chars + sign * b.chars,
});

function flush(host: Host): void {
  clearTimeout(host.handing);
  host.handing = undefined;
  const commits = host.waiting;
  host.waiting = [];
  const { thread } = host;
  if (commits.length === 0) return;
  const untaken = plus(thread?.untaken ?? UNTAKEN_MAX, loadOf(commits), 1);
  if (!thread || untaken.commits > UNTAKEN_MAX.commits || untaken.chars > UNTAKEN_MAX.chars) {
    host.dropped += commits.length;
    return;
  }
  thread.untaken = untaken;
  say(thread, { kind: "commits", packed: pack(commits) });
}

function ask(host: Host): Promise<DeliveryStatus | null> {
  flush(host);
  const { thread } = host;
  if (!thread) return Promise.resolve(null);
  const id = ++host.questions;
  const answered = new Promise<DeliveryStatus | null>((resolve) => thread.asked.set(id, resolve));
  say(thread, { kind: "status", id });
  return within(STATUS_WITHIN_MS, "Asking the thread of delivery", answered).catch(() => {
    thread.asked.delete(id);
    return null;
  });
}

async function end(host: Host): Promise<void> {
  flush(host);
  host.stopping.abort();
  const { thread } = host;
  if (!thread) return;
  say(thread, { kind: "stop" });
  await within(STOP_WITHIN_MS, "Stopping delivery", thread.exited).catch(() => thread.worker.terminate());
}

export function createDeliveryHost(options: DeliveryHostOptions): DeliveryHost {
  const stopping = new AbortController();
  const host: Host = { options, stopping, waiting: [], handing: undefined, thread: null, dropped: 0, questions: 0 };
  return {
    announce(commits) {
      host.waiting.push(...commits);
      if (host.waiting.length >= HANDED_MAX) flush(host);
      else host.handing ??= setTimeout(() => flush(host), HAND_EVERY_MS);
    },
    hurry(reader) {
      if (host.thread) say(host.thread, { kind: "hurry", reader });
    },
    status: () => ask(host),
    async start() {
      const first = await begin(host);
      void keepAlive(host, first);
    },
    stop: () => end(host),
  };
}
