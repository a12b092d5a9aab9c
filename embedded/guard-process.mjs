// Runs a command and ends it when the process that asked for it is gone: that one holds the other end of this
// process' standard input, and the system closes it whatever way it died. For servers that do not watch their parent.
// Usage: node guard-process.mjs COMMAND [ARGUMENT...]
// Prints `guarding PID` first; afterwards its output is the command's, and so is its exit.
import { spawn } from "node:child_process";

const STOP_WITHIN_MS = 5_000;
const [command, ...args] = process.argv.slice(2);
if (command === undefined) {
  console.error("usage: node guard-process.mjs COMMAND [ARGUMENT...]");
  process.exit(2);
}

const child = spawn(command, args, { stdio: ["ignore", "inherit", "inherit"] });
console.log(`guarding ${child.pid ?? 0}`);

function end() {
  child.kill("SIGTERM");
  setTimeout(() => child.kill("SIGKILL"), STOP_WITHIN_MS).unref();
}

child.on("error", (fault) => {
  console.error(`failed ${command} could not be started: ${fault.message}`);
  process.exit(127);
});
child.on("exit", (code, signal) => {
  if (signal === null) process.exit(code ?? 1);
  // ends the way its child did, so that whoever watches the guard sees what befell the server
  for (const name of ["SIGTERM", "SIGINT", "SIGHUP"]) process.removeAllListeners(name);
  process.kill(process.pid, signal);
});
for (const name of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(name, end);
process.stdin.on("end", end).on("error", end).resume();
