/**
 * Watches how fast the search engine answers a question that costs it nothing. Where that takes far too long, what can
 * be known of it at that moment is written down, so that a life of the engine that is slow explains itself: its
 * threads, what they work at, what its cluster waits for, its collector and compiler, and how the machine is.
 */
import { execFile } from "node:child_process";
import { appendFile, mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { wait } from "../../../services/kernel/wait";

const run = promisify(execFile);

export interface Watched {
  readonly url: string;
  /** Of its present life; null between two. */
  pid(): number | null;
}

export interface SlownessOptions {
  readonly engine: Watched;
  /** Where reports are written, one file for each life of the engine. */
  readonly folder: string;
  readonly probeEveryMs?: number;
  /** An answer that takes longer is slow. */
  readonly slowMs?: number;
}

export interface Slowness {
  /** Files written so far. */
  reports(): readonly string[];
  stop(): Promise<void>;
}

const PROBE_EVERY_MS = 2_000;
const SLOW_MS = 2_000;
const GIVE_UP_MS = 30_000;
/** Of one life: what follows would say the same. */
const REPORTS_MAX = 3;
const TEXT_MAX = 400_000;

/** What it says of itself, each asked for no longer than a while. */
const QUESTIONS = [
  "_cluster/health?timeout=5s",
  "_cat/pending_tasks?v",
  "_nodes/hot_threads?threads=10&ignore_idle_threads=true",
  "_cat/thread_pool?v&h=name,active,queue,rejected,completed",
  "_cat/recovery?v&active_only=true",
  "_nodes/stats/jvm,indices,fs?filter_path=nodes.*.jvm.gc,nodes.*.jvm.mem,nodes.*.indices.translog,nodes.*.indices.merges",
];
/** What its virtual machine says, which answers even where the server does not. */
const WORDS = ["Thread.print", "GC.heap_info", "Compiler.codecache", "Compiler.queue", "VM.flags"];
const MACHINE = ["/proc/loadavg", "/proc/pressure/cpu", "/proc/pressure/io", "/proc/pressure/memory", "/proc/meminfo"];

const told = async (what: string, ask: () => Promise<string>): Promise<string> =>
  `\n==== ${what}\n${await ask().catch((error: unknown) => `could not be told: ${String(error)}`)}`;

async function asked(url: string, question: string, withinMs: number): Promise<string> {
  const answer = await fetch(`${url}/${question}`, { signal: AbortSignal.timeout(withinMs) });
  return (await answer.text()).slice(0, TEXT_MAX);
}

async function virtualMachine(pid: number, word: string): Promise<string> {
  const java = await readFile(`/proc/${pid}/cmdline`, "utf8");
  const jcmd = path.join(path.dirname(java.slice(0, java.indexOf("\0"))), "jcmd");
  const { stdout } = await run(jcmd, [String(pid), word], { timeout: GIVE_UP_MS, maxBuffer: 1 << 24 });
  return stdout.slice(0, TEXT_MAX);
}

async function reportOf({ url }: Watched, pid: number): Promise<string> {
  const machine = [...MACHINE, `/proc/${pid}/stat`, `/proc/${pid}/status`, `/proc/${pid}/io`];
  // the machine first: asking the others takes a while
  const parts = await Promise.all(machine.map((file) => told(file, () => readFile(file, "utf8"))));
  for (const word of WORDS) parts.push(await told(`jcmd ${word}`, () => virtualMachine(pid, word)));
  for (const question of QUESTIONS) parts.push(await told(question, () => asked(url, question, 10_000)));
  return parts.join("\n");
}

/** Milliseconds that an answer took; null where there was none because it is not there. */
async function probe(url: string): Promise<number | null> {
  const began = performance.now();
  try {
    await asked(url, "_cluster/health?local=true", GIVE_UP_MS);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "TimeoutError") return null;
  }
  return performance.now() - began;
}

export function watchSlowness({
  engine,
  folder,
  probeEveryMs = PROBE_EVERY_MS,
  slowMs = SLOW_MS,
}: SlownessOptions): Slowness {
  const stopping = new AbortController();
  const written = new Map<string, number>();
  const look = async (): Promise<void> => {
    const pid = engine.pid();
    const file = path.join(folder, `engine-${pid ?? 0}.txt`);
    const before = written.get(file) ?? 0;
    if (pid === null || before >= REPORTS_MAX) return;
    const tookMs = await probe(engine.url);
    // killed meanwhile: no answer is no slowness
    if (tookMs === null || tookMs < slowMs || engine.pid() !== pid) return;
    written.set(file, before + 1);
    const head = `${new Date().toISOString()}: an answer took ${Math.round(tookMs)} ms`;
    await mkdir(folder, { recursive: true });
    await appendFile(file, `${head}\n${await reportOf(engine, pid)}\n\n`);
  };
  const forEver = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await look().catch(() => undefined);
      await wait(probeEveryMs, stopping.signal);
    }
  };
  const running = forEver();
  return {
    reports: () => [...written.keys()],
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
