/** Where the processor's time goes: of one process by thread, and of every process that it started. Linux only. */
import { readdir, readFile } from "node:fs/promises";

/** Seconds so far, by who spent them. */
export type Spent = ReadonlyMap<string, number>;

const TICKS_PER_SECOND = 100;
const KINDS: readonly (readonly [RegExp, string])[] = [
  [/nats-server/, "message broker"],
  [/embedded[/\\]mongo/, "store"],
  [/stoa\.embedded\.Launcher|java/, "search engine"],
  [/gateway-alone/, "gateways"],
  [/clients-alone/, "clients"],
];

interface Stat {
  readonly name: string;
  readonly parent: number;
  readonly seconds: number;
}

async function statOf(file: string): Promise<Stat | null> {
  const text = await readFile(file, "utf8").catch(() => null);
  if (text === null) return null; // it has ended meanwhile
  const close = text.lastIndexOf(")");
  const fields = text.slice(close + 2).split(" ");
  const ticks = Number(fields[11]) + Number(fields[12]);
  return {
    name: text.slice(text.indexOf("(") + 1, close),
    parent: Number(fields[1]),
    seconds: ticks / TICKS_PER_SECOND,
  };
}

const numbered = async (folder: string): Promise<number[]> =>
  (await readdir(folder).catch(() => [])).map(Number).filter((n) => Number.isInteger(n));

async function descendantsOf(pid: number): Promise<number[]> {
  const parents = new Map<number, number>();
  for (const one of await numbered("/proc")) {
    const stat = await statOf(`/proc/${one}/stat`);
    if (stat) parents.set(one, stat.parent);
  }
  const found = [pid];
  for (const parent of found) for (const [child, of] of parents) if (of === parent) found.push(child);
  return found.slice(1);
}

/** The compilers of the engine's virtual machine stand apart: they rest once it is warm. */
const engineThread = (name: string): string =>
  /^C[12] Comp/.test(name) ? "search engine, compiling" : "search engine";

async function ofProcess(pid: number, add: (who: string, seconds: number) => void): Promise<void> {
  const line = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
  const kind = KINDS.find(([pattern]) => pattern.test(line))?.[1] ?? "other processes";
  for (const thread of await numbered(`/proc/${pid}/task`)) {
    const stat = await statOf(`/proc/${pid}/task/${thread}/stat`);
    if (stat) add(kind === "search engine" ? engineThread(stat.name) : kind, stat.seconds);
  }
}

/** The busiest thread beside the main one is that of delivery; the rest collect garbage and compile. */
async function ofTheMall(mall: number, add: (who: string, seconds: number) => void): Promise<void> {
  for (const thread of await numbered(`/proc/${mall}/task`)) {
    const stat = await statOf(`/proc/${mall}/task/${thread}/stat`);
    if (stat) add(thread === mall ? "mall, thread of commands" : `mall, thread ${thread}`, stat.seconds);
  }
}

/** @param mall the process that a mall runs in */
export async function spentSoFar(mall = process.pid): Promise<Spent> {
  const spent = new Map<string, number>();
  const add = (who: string, seconds: number): void => void spent.set(who, (spent.get(who) ?? 0) + seconds);
  await ofTheMall(mall, add);
  for (const pid of await descendantsOf(mall)) await ofProcess(pid, add);
  return spent;
}

/** Microseconds per piece of work between two looks, the largest first. */
export function perPiece(before: Spent, after: Spent, pieces: number): Record<string, number> {
  const threads: [string, number][] = [];
  const rest = new Map<string, number>();
  for (const [who, seconds] of after) {
    const micros = Math.round(((seconds - (before.get(who) ?? 0)) * 1e6) / Math.max(1, pieces));
    if (who.startsWith("mall, thread ") && /\d$/.test(who)) threads.push([who, micros]);
    else rest.set(who, micros);
  }
  threads.sort(([, a], [, b]) => b - a);
  rest.set("mall, thread of delivery", threads[0]?.[1] ?? 0);
  rest.set(
    "mall, collecting garbage and compiling",
    threads.slice(1).reduce((sum, [, micros]) => sum + micros, 0),
  );
  return Object.fromEntries([...rest].sort(([, a], [, b]) => b - a));
}
