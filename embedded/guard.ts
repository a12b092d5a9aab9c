// Starts a server under guard-process.mjs, which ends it when this process is gone. The guard is a program of its own
// because nothing inside this process runs any more after a kill -9.
import path from "node:path";
import { projectRoot } from "./root";
import { startService, type Service, type ServiceSpec } from "./service";

const guard = () => path.join(projectRoot(), "embedded", "guard-process.mjs");

/** Like startService, for a command that does not itself end at the end of its standard input. */
export async function startGuarded(spec: ServiceSpec): Promise<Service> {
  const service = await startService({
    ...spec,
    command: process.execPath,
    args: [guard(), spec.command, ...spec.args],
    pidIn: guardedPid,
  });
  // a guard that was killed itself could not take its server along
  void service.exited.then(() => kill(service.pid));
  return service;
}

/** The server's process id from the guard's first line. */
export function guardedPid(line: string): number | undefined {
  const pid = /^guarding ([1-9]\d{0,9})$/.exec(line)?.[1];
  return pid === undefined ? undefined : Number(pid);
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // it is gone, as it should be
  }
}
