import { spawn } from "node:child_process";
import { constants } from "node:os";

/**
 * Runs a program to its end and gives its exit code (128 + n when a signal ended it, as shells do). Signals sent to this
 * process are passed on, and the child decides when it is done: this process must not end before it.
 */
export function runChild(command, args, options = {}) {
  const child = spawn(command, args, { stdio: "inherit", ...options });
  const pass = (signal) => {
    // the terminal gives its Ctrl-C to the whole group, so the child has that one already
    if (signal === "SIGINT" && process.stdin.isTTY) return;
    child.kill(signal);
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
  for (const signal of signals) process.on(signal, pass);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)));
  }).finally(() => {
    for (const signal of signals) process.off(signal, pass);
  });
}
