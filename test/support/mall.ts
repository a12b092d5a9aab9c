/** A whole mall as `npm start` runs it, for system tests. Needs the build (`npm run build`). */
import { spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import { readReady } from "../../bin/start/child-node";

export interface RunningMall {
  readonly url: string;
  readonly pid: number;
  /** Ends it as Ctrl-C does. */
  stop(): Promise<number | null>;
  /** As a power cut would; its children go with their pipes. */
  kill(): Promise<void>;
  readonly exited: Promise<number | null>;
}

export interface MallOptions {
  readonly dataDir: string;
  /** Further ones for `stoa start`: `["--empty", "--nodes", "2"]`. */
  readonly args?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

const READY_WITHIN_MS = 180_000;
const TAIL_MAX = 20;
const STOA = path.join(__dirname, "../../dist/bin/stoa.js");

/** @throws Error with the last lines that the start said */
export async function startMall({ dataDir, args = [], env = {} }: MallOptions): Promise<RunningMall> {
  const child = spawn(process.execPath, [STOA, "start", "--port", "0", "--data", dataDir, "--yes", ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });
  const exited = new Promise<number | null>((resolve) => child.once("close", resolve));
  const url = await new Promise<string>((resolve, reject) => {
    const tail: string[] = [];
    const fail = (what: string): void => reject(new Error([what, ...tail].join("\n  ")));
    const timer = setTimeout(() => {
      child.kill("SIGTERM");
      fail(`The mall was not ready within ${READY_WITHIN_MS / 1_000} s:`);
    }, READY_WITHIN_MS);
    const heard = (line: string): void => {
      tail.push(line);
      if (tail.length > TAIL_MAX) tail.shift();
      const ready = readReady(line);
      if (!ready?.url) return;
      clearTimeout(timer);
      resolve(ready.url);
    };
    for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on("line", heard);
    void exited.then((code) => {
      clearTimeout(timer);
      fail(`The mall ended (exit code ${code ?? "none"}) before it was ready:`);
    });
  });
  return {
    url,
    pid: child.pid ?? 0,
    exited,
    stop: () => {
      child.kill("SIGTERM");
      return exited;
    },
    kill: async () => {
      child.kill("SIGKILL");
      await exited;
    },
  };
}
