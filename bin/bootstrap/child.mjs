import { spawn } from "node:child_process";
import { constants } from "node:os";

const PARENT_STEP_MS = 500;

/**
 * Runs a program to its end and gives its exit code (128 + n when a signal ended it, as shells do). Signals sent to
 * this process are passed on, and the child decides when it is done: this process must not end before it.
 */
export function runChild(command, args, options = {}) {
  const stdio = command === process.execPath ? ["inherit", "inherit", "inherit", "ipc"] : "inherit";
  const child = spawn(command, args, { stdio, ...options });
  const pass = (signal) => {
    // the terminal gives its Ctrl-C to the whole group, so the child has that one already
    if (signal === "SIGINT" && process.stdin.isTTY) return;
    child.kill(signal);
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
  for (const signal of signals) process.on(signal, pass);
  const watch = watchNpm(() => child.kill("SIGTERM"));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)));
  }).finally(() => {
    clearInterval(watch);
    for (const signal of signals) process.off(signal, pass);
  });
}

/** npm passes signals on, but not its own violent end: then this process gets another parent. */
function watchNpm(orphaned) {
  if (process.env.npm_lifecycle_event === undefined) return undefined;
  const parent = process.ppid;
  return setInterval(() => process.ppid !== parent && orphaned(), PARENT_STEP_MS);
}
