/** Runs the command line as a process of its own, from its sources. */
import { spawn, type ChildProcess } from "node:child_process";
import path from "node:path";

const root = path.join(__dirname, "../..");

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

export function startStoa(args: readonly string[], env: NodeJS.ProcessEnv = {}): Running {
  const hook = path.join(root, "test/support/from-source.js");
  const child = spawn(process.execPath, ["-r", hook, path.join(root, "bin/stoa.ts"), ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, STOA_DATA: "", STOA_SECRET: "", ...env },
  });
  let [out, err] = ["", ""];
  child.stdout.on("data", (text: Buffer) => (out += text.toString()));
  child.stderr.on("data", (text: Buffer) => (err += text.toString()));
  const ended = new Promise<Ended>((resolve) => {
    child.once("close", (code, signal) => resolve({ code, signal, out, err }));
  });
  return { child, ended };
}

export const stoa = (args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Ended> => startStoa(args, env).ended;
