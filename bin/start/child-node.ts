/**
 * A node in a process of its own. It ends when its standard input does, so it goes with its parent however that ends;
 * it says `ready {"url": …}` on a line of its output, and all other output is its log.
 */
import { spawn, type ChildProcess } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import type { Backing, Log } from "../parts";
import type { Env } from "./backing";

export interface ChildNode extends Omit<Backing, "url"> {
  readonly url: string | null;
}

const READY_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 15_000;
const TAIL_MAX = 8;
const STOA = path.join(__dirname, "..", "stoa.js");

/** What a node says when it is ready, on a line of its own. */
export const readyLine = (said: { readonly url: string | null }): string => `ready ${JSON.stringify(said)}`;

/** @returns undefined for every other line */
export function readReady(line: string): { readonly url: string | null } | undefined {
  if (!line.startsWith("ready {")) return undefined;
  try {
    const { url } = JSON.parse(line.slice("ready ".length)) as { url?: unknown };
    return { url: typeof url === "string" ? url : null };
  } catch {
    return undefined;
  }
}

function readyOf(child: ChildProcess, log: Log): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const tail: string[] = [];
    const fail = (what: string): void => reject(new Error([what, ...tail].join("\n  ")));
    const timer = setTimeout(() => fail(`was not ready within ${READY_WITHIN_MS / 1_000} s`), READY_WITHIN_MS);
    const heard = (line: string): void => {
      const ready = readReady(line);
      if (ready === undefined) {
        log(line);
        tail.push(line.slice(0, 400));
        if (tail.length > TAIL_MAX) tail.shift();
        return;
      }
      clearTimeout(timer);
      resolve(ready.url);
    };
    for (const stream of [child.stdout, child.stderr]) if (stream) createInterface({ input: stream }).on("line", heard);
    child.once("error", (error) => fail(error.message));
    child.once("close", (code, signal) => {
      clearTimeout(timer);
      fail(`ended before it was ready (${signal ?? `exit code ${code ?? "unknown"}`})`);
    });
  });
}

async function stopChild(child: ChildProcess, exited: Promise<unknown>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.stdin?.end();
  const insist = setTimeout(() => child.kill("SIGKILL"), STOP_WITHIN_MS);
  await exited;
  clearTimeout(insist);
}

/** @throws Error that says why the node did not start */
export async function startChildNode(env: Env, log: Log): Promise<ChildNode> {
  // a group of its own: Ctrl-C reaches the supervisor only, which stops its nodes in order
  const heap = process.execArgv.filter((flag) => flag.startsWith("--max-"));
  const child = spawn(process.execPath, [...heap, STOA, "node", "--with-parent"], {
    env: { ...env },
    stdio: "pipe",
    detached: true,
  });
  child.stdin.on("error", () => undefined);
  const exited: ChildNode["exited"] = new Promise((resolve) => {
    child.once("exit", (code, signal) => resolve({ code, signal }));
    child.once("error", () => resolve({ code: null, signal: null }));
  });
  try {
    const url = await readyOf(child, log);
    return { url, pid: child.pid ?? 0, exited, stop: () => stopChild(child, exited) };
  } catch (error) {
    child.kill("SIGKILL");
    throw error;
  }
}
