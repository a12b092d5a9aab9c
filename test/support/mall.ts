/**
 * A whole mall as `npm start` runs it, and the command line beside it, for system tests: real processes of the build.
 * Whatever a test starts here is ended by its process id, and `processesOf` tells what is left.
 */
import { execFile, spawn } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { isAlive } from "../../bin/folder/processes";
import { readRunFile, type RunFile } from "../../bin/folder/run-file";
import { readReady } from "../../bin/start/child-node";
import { projectRoot } from "../../embedded/root";
import { eventually } from "./eventually";

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A process of the command line. */
export interface Launched {
  readonly pid: number;
  readonly ended: Promise<Ended>;
  /** All that it has said so far. */
  out(): string;
  err(): string;
  signal(signal: NodeJS.Signals): void;
}

export interface RunningMall extends Launched {
  readonly url: string;
  readonly dataDir: string;
  /** Of all its processes, itself included. */
  pids(): Promise<number[]>;
  run(): Promise<RunFile>;
  /** Ends it as Ctrl-C does. */
  stop(): Promise<Ended>;
  /** As a power cut would; its children go with their pipes. */
  kill(): Promise<Ended>;
}

export interface MallOptions {
  readonly dataDir: string;
  /** Further ones for `stoa start`: `["--empty", "--nodes", "2"]`. */
  readonly args?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

const READY_WITHIN_MS = 90_000;
const TAIL_CHARS = 2_000;
const SAID_CHARS_MAX = 1 << 20;
const STOA = path.join(projectRoot(), "dist/bin/stoa.js");
const execute = promisify(execFile);

/** What must not reach a test from the outside: each mall has its own folder, services and secret. */
const OUTSIDE = ["DATA", "SECRET", "PORT", "NODES", "NAMESPACE", "GATEWAY", "NODE", "LOG_TO"].map((n) => `STOA_${n}`);
const SERVICES = ["MONGODB_URL", "ELASTICSEARCH_URL", "NATS_URL", "REDIS_URL"];
const alone = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => ![...OUTSIDE, ...SERVICES].includes(name)));

export function launch(args: readonly string[], env: NodeJS.ProcessEnv = {}): Launched {
  const child = spawn(process.execPath, [STOA, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...alone(), ...env },
  });
  let [out, err] = ["", ""];
  child.stdout.on("data", (text: Buffer) => (out = (out + text.toString()).slice(-SAID_CHARS_MAX)));
  child.stderr.on("data", (text: Buffer) => (err = (err + text.toString()).slice(-SAID_CHARS_MAX)));
  const ended = new Promise<Ended>((resolve) => child.once("close", (code) => resolve({ code, out, err })));
  return {
    pid: child.pid ?? 0,
    ended,
    out: () => out,
    err: () => err,
    signal: (signal) => void child.kill(signal),
  };
}

/** Runs a command of the command line to its end. */
export const stoa = (...args: readonly string[]): Promise<Ended> => launch(args).ended;

const readyIn = (out: string): string | undefined =>
  out
    .split("\n")
    .map((line) => readReady(line)?.url)
    .find((url) => typeof url === "string");

/** Every process below this one, and itself. */
export async function processesOf(pid: number): Promise<number[]> {
  const { stdout } = await execute("ps", ["-axo", "pid=,ppid="]);
  const pairs = stdout
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
  const found = [pid];
  for (const parent of found) {
    found.push(...pairs.filter(([, ppid]) => ppid === parent).map(([child]) => child));
  }
  return found;
}

export const launchMall = ({ dataDir, args = [], env = {} }: MallOptions): Launched =>
  launch(["start", "--port", "0", "--data", dataDir, "--yes", ...args], env);

/** @throws Error with the last lines that the start said */
export async function startMall(options: MallOptions): Promise<RunningMall> {
  const launched = launchMall(options);
  const { dataDir } = options;
  let over = false;
  void launched.ended.then(() => (over = true));
  const url = await eventually("the mall is ready", () => over || readyIn(launched.out()), {
    timeoutMs: READY_WITHIN_MS,
  }).catch(() => true as const);
  if (url === true) {
    launched.signal("SIGTERM");
    const { code, out, err } = await launched.ended;
    throw new Error(`The mall was not ready (exit code ${code ?? "none"}):\n${(out + err).slice(-TAIL_CHARS)}`);
  }
  const end = (signal: NodeJS.Signals): Promise<Ended> => {
    launched.signal(signal);
    return launched.ended;
  };
  return {
    ...launched,
    url,
    dataDir,
    pids: () => processesOf(launched.pid),
    async run() {
      const run = await readRunFile(dataDir);
      if (run === null) throw new Error(`There is no run.json in ${dataDir}`);
      return run;
    },
    stop: () => end("SIGTERM"),
    kill: () => end("SIGKILL"),
  };
}

/** @throws Error that names who is left after twenty seconds */
export async function noneLeft(pids: readonly number[]): Promise<void> {
  const probe = (): true => {
    const left = pids.filter(isAlive);
    if (left.length > 0) throw new Error(`still running: ${left.join(", ")}`);
    return true;
  };
  await eventually("no process of the mall is left", probe, { timeoutMs: 20_000 });
}
