/**
 * A whole mall as `npm start` runs it, and the command line beside it, for system tests: real processes of the build.
 * Whatever a test starts here is ended by its process id, and `processesOf` tells what is left.
 */
import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { launch as start, launchMall as startAny, type Ended, type Launched } from "../../bin/client/launch";
import { isAlive } from "../../bin/folder/processes";
import { readRunFile, type RunFile } from "../../bin/folder/run-file";
import { projectRoot } from "../../embedded/root";
import { eventually } from "./eventually";

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
  /** Of Node's own, as `npm start` sets them. */
  readonly flags?: readonly string[];
  /** For a start that has much to do. */
  readonly readyWithinMs?: number;
}

const READY_WITHIN_MS = 90_000;
const STOA = path.join(projectRoot(), "dist/bin/stoa.js");
const execute = promisify(execFile);

/** @param input what it reads from its standard input; nothing when left out */
export const launch = (args: readonly string[], env: NodeJS.ProcessEnv = {}, input?: string): Launched =>
  start(args, { env, program: STOA, input });

/** Runs a command of the command line to its end. */
export const stoa = (...args: readonly string[]): Promise<Ended> => launch(args).ended;

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

export const launchMall = ({ dataDir, args = [], env = {}, flags }: MallOptions): Launched =>
  startAny(dataDir, args, { env, flags, program: STOA });

const ENDS_WITHIN_MS = 20_000;

/** What did not come up may not go down by itself either; its children go with their pipes. */
async function endedAnyhow(launched: Launched): Promise<void> {
  launched.signal("SIGTERM");
  AbortSignal.timeout(ENDS_WITHIN_MS).addEventListener("abort", () => launched.signal("SIGKILL"));
  await launched.ended;
}

/** @throws Error with the last lines that the start said */
export async function startMall(options: MallOptions): Promise<RunningMall> {
  const launched = launchMall(options);
  const { dataDir } = options;
  const url = await launched.ready(options.readyWithinMs ?? READY_WITHIN_MS).catch(async (error: unknown) => {
    await endedAnyhow(launched);
    throw error;
  });
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
