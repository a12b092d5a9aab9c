// A backing service is a child process that says when it is ready. This file starts one, waits for its word, keeps the
// last lines it wrote (they explain a failure), and stops it. Children lead a process group of their own: a Ctrl-C at
// the terminal reaches the mall only, which then stops what it started in the right order. What keeps a child from
// outliving its parent is the pipe to its standard input, whose end it (or its guard) takes as the order to stop.
import { spawn, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";

export type Log = (line: string) => void;

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A running backing service. `exited` resolves when its process is gone, wanted or not; `stop` asks it to go. */
export interface Service {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
  readonly exited: Promise<Exit>;
}

export interface ServiceSpec {
  /** What a person calls it, for messages. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** Reads the address from one line of output; undefined for every other line. */
  readonly urlIn: (line: string) => string | undefined;
  /** Reads from one line the process that serves, where that is a child of the command; undefined otherwise. */
  readonly pidIn?: (line: string) => number | undefined;
  readonly readyWithinMs: number;
  readonly stopWithinMs: number;
  readonly log: Log;
}

const LINES_KEPT = 40;
const LINE_MAX = 400;

/** Starts the service and resolves when it is ready. Rejects with its last lines when it ends or stalls before that. */
export async function startService(spec: ServiceSpec): Promise<Service> {
  const child = spawn(spec.command, [...spec.args], {
    stdio: ["pipe", "pipe", "pipe"],
    detached: true,
    ...(spec.env === undefined ? {} : { env: spec.env }),
  });
  // the pipe breaks when the child dies first; that is told by its exit, not by this
  child.stdin.on("error", () => undefined);
  const exited = exitOf(child);
  const served = { pid: child.pid ?? 0 };
  const tail: string[] = [];
  try {
    const url = await ready(spec, child, { exited, tail, served });
    return { url, pid: served.pid, exited, stop: () => stop(child, exited, spec.stopWithinMs) };
  } catch (fault) {
    await stop(child, exited, spec.stopWithinMs);
    throw fault;
  }
}

function exitOf(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve) => {
    child.once("exit", (code, signal) => resolve({ code, signal }));
    child.once("error", () => resolve({ code: null, signal: null }));
  });
}

interface Watch {
  readonly exited: Promise<Exit>;
  readonly tail: string[];
  readonly served: { pid: number };
}

function ready(spec: ServiceSpec, child: ChildProcess, watch: Watch): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (what: string) => {
      clearTimeout(timer);
      reject(new Error(explain(`${spec.name} ${what}`, watch.tail)));
    };
    const timer = setTimeout(() => fail(`was not ready within ${spec.readyWithinMs / 1000} s`), spec.readyWithinMs);
    const heard = (line: string) => {
      watch.tail.push(line.slice(0, LINE_MAX));
      if (watch.tail.length > LINES_KEPT) watch.tail.shift();
      watch.served.pid = spec.pidIn?.(line) ?? watch.served.pid;
      const url = spec.urlIn(line);
      if (url === undefined) {
        spec.log(line.slice(0, LINE_MAX));
        return;
      }
      clearTimeout(timer);
      resolve(url);
    };
    for (const stream of [child.stdout, child.stderr]) if (stream) createInterface({ input: stream }).on("line", heard);
    child.once("error", (fault) => fail(`could not be started: ${fault.message}`));
    // "close" comes when all that was written has been read, so the reason is in the tail by then
    child.once("close", (code, signal) =>
      fail(`ended before it was ready (${signal ?? `exit code ${code ?? "unknown"}`})`),
    );
  });
}

/** Puts what happened before the lines that say why; a line that begins with "failed" is the service's own reason. */
export function explain(what: string, tail: readonly string[]): string {
  const reason = tail.findLast((line) => line.startsWith("failed "));
  if (reason !== undefined) return `${what}: ${reason.slice("failed ".length)}`;
  return tail.length === 0 ? what : `${what}. Its last lines:\n  ${tail.slice(-8).join("\n  ")}`;
}

/** Asks by closing the pipe and by signal, and insists when the time is up. */
async function stop(child: ChildProcess, exited: Promise<Exit>, withinMs: number): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  child.stdin?.end();
  child.kill("SIGTERM");
  const insist = setTimeout(() => child.kill("SIGKILL"), withinMs);
  await exited;
  clearTimeout(insist);
}
