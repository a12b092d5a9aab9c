// The embedded message broker: nats-server with JetStream on a local folder, under a guard that ends it with us.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { startGuarded } from "../guard";
import type { Log, Service } from "../service";

const READY_WITHIN_MS = 30_000;
const STOP_WITHIN_MS = 8_000;
const PREDECESSOR_WITHIN_MS = 10_000;
const STEP_MS = 50;

export interface NatsOptions {
  /** Folder for streams and configuration; created when missing. */
  readonly dataDir: string;
  /** Path of the nats-server program, as findNatsServer gives it. */
  readonly binary: string;
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** How long a predecessor on the same folder may take to end; 10 s when not given. */
  readonly predecessorWithinMs?: number;
  readonly log: Log;
}

/**
 * Starts the broker and resolves when it takes connections. Rejects with the reason when it cannot.
 * Nothing in nats-server keeps two of them off one folder, so a predecessor that still runs is waited for.
 */
export async function startNats(options: NatsOptions): Promise<Service> {
  const dataDir = path.resolve(options.dataDir);
  await mkdir(dataDir, { recursive: true });
  const files = { config: path.join(dataDir, "nats.conf"), pid: path.join(dataDir, "nats.pid") };
  await predecessorGone(dataDir, files, options.predecessorWithinMs ?? PREDECESSOR_WITHIN_MS);
  await writeFile(files.config, natsConfig({ dataDir, pidFile: files.pid, port: options.port ?? 0 }));
  return startGuarded({
    name: "the message broker (nats-server)",
    command: options.binary,
    args: ["--config", files.config],
    urlIn: listeningUrl,
    readyWithinMs: READY_WITHIN_MS,
    stopWithinMs: STOP_WITHIN_MS,
    log: (line) => (isInformation(line) ? undefined : options.log(line)),
  });
}

/** The whole configuration, in terms that nats-server knows since 2.9. */
export function natsConfig(given: { dataDir: string; pidFile: string; port: number }): string {
  return [
    "server_name: stoa-embedded",
    'host: "127.0.0.1"',
    `port: ${given.port === 0 ? -1 : given.port}`,
    `pid_file: ${JSON.stringify(given.pidFile)}`,
    "max_payload: 1MB",
    "lame_duck_duration: 30s",
    `jetstream { store_dir: ${JSON.stringify(given.dataDir)}, max_memory_store: 64MB, max_file_store: 16GB }`,
    "",
  ].join("\n");
}

/** The address from the server's line about its listener. */
export function listeningUrl(line: string): string | undefined {
  const address = /Listening for client connections on ([\d.]{7,15}:\d{1,5})/.exec(line)?.[1];
  return address === undefined ? undefined : `nats://${address}`;
}

const isInformation = (line: string) => / \[INF\] /.test(line) || line.startsWith("guarding ");

async function predecessorGone(
  dataDir: string,
  files: { config: string; pid: string },
  withinMs: number,
): Promise<void> {
  const until = Date.now() + withinMs;
  for (;;) {
    const pid = Number(await readFile(files.pid, "utf8").catch(() => "0"));
    if (!(await runsWith(pid, files.config))) return;
    if (Date.now() > until)
      throw new Error(
        `the folder ${dataDir} is in use by another message broker (process ${pid}). ` +
          "Stop the mall that started it, or name another folder with --data.",
      );
    await pause(STEP_MS);
  }
}

/** A process id is used again by the system, so the process must also be one that was started with this file. */
async function runsWith(pid: number, config: string): Promise<boolean> {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => undefined);
  // where the system has no /proc a living process of that id is taken for the broker: better refused than shared
  return command === undefined || command.includes(config);
}
