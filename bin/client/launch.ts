/**
 * Runs the command line as a process of its own, as a person would: for tests and for the tour, which must not share
 * a process with the mall that they kill.
 */
import { spawn } from "node:child_process";
import path from "node:path";
import { readReady } from "../start/child-node";

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
  /** Where the mall that it runs answers; rejects with its last lines when it ends or the time is up first. */
  ready(withinMs: number): Promise<string>;
}

const SAID_CHARS_MAX = 1 << 20;
const TAIL_CHARS = 2_000;
const STOA = path.join(__dirname, "..", "stoa.js");

/** What must not reach such a mall from the outside: it has its own folder, services and secret. */
const OUTSIDE = ["DATA", "SECRET", "PORT", "NODES", "NAMESPACE", "GATEWAY", "NODE", "LOG_TO"].map((n) => `STOA_${n}`);
const SERVICES = ["MONGODB_URL", "ELASTICSEARCH_URL", "NATS_URL", "REDIS_URL", "SMTP_URL", "S3_URL"];
const ACCOUNTS = ["STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET", "STRIPE_API_URL"];
const alone = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(process.env).filter(([name]) => ![...OUTSIDE, ...SERVICES, ...ACCOUNTS].includes(name)),
  );

const readyIn = (out: string): string | undefined =>
  out
    .split("\n")
    .map((line) => readReady(line)?.url)
    .find((url) => typeof url === "string");

export interface LaunchOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** Of Node's own. */
  readonly flags?: readonly string[] | undefined;
  /** Of the compiled command line; this build's when left out. */
  readonly program?: string;
  /** What it reads from its standard input; nothing when left out. */
  readonly input?: string | undefined;
}

export function launch(args: readonly string[], options: LaunchOptions = {}): Launched {
  const { env = {}, flags = [], program = STOA, input } = options;
  const child = spawn(process.execPath, [...flags, program, ...args], {
    stdio: "pipe",
    env: { ...alone(), ...env },
  });
  // one that does not read to the end is none the worse for it
  child.stdin.on("error", () => undefined);
  child.stdin.end(input);
  let [out, err] = ["", ""];
  child.stdout.on("data", (text: Buffer) => (out = (out + text.toString()).slice(-SAID_CHARS_MAX)));
  child.stderr.on("data", (text: Buffer) => (err = (err + text.toString()).slice(-SAID_CHARS_MAX)));
  const ended = new Promise<Ended>((resolve) => child.once("close", (code) => resolve({ code, out, err })));
  const ready = (withinMs: number): Promise<string> =>
    new Promise((resolve, reject) => {
      const fail = (why: string): void => reject(new Error(`The mall ${why}:\n${(out + err).slice(-TAIL_CHARS)}`));
      const timer = setTimeout(() => fail(`was not ready within ${withinMs / 1_000} s`), withinMs);
      const look = (): void => {
        const url = readyIn(out);
        if (url === undefined) return;
        clearTimeout(timer);
        resolve(url);
      };
      child.stdout.on("data", look);
      void ended.then(({ code }) => {
        clearTimeout(timer);
        fail(`ended before it was ready (exit code ${code ?? "none"})`);
      });
      look();
    });
  return {
    pid: child.pid ?? 0,
    ended,
    out: () => out,
    err: () => err,
    signal: (signal) => void child.kill(signal),
    ready,
  };
}

export const launchMall = (dataDir: string, args: readonly string[] = [], options: LaunchOptions = {}): Launched =>
  launch(["start", "--port", "0", "--data", dataDir, "--yes", ...args], options);
