/** Starts the embedded MongoDB as a process of its own that ends with this one. */
import { existsSync } from "node:fs";
import path from "node:path";
import { type Log, type Service, startService } from "../service";

const READY_WITHIN_MS = 30_000;
const STOP_WITHIN_MS = 10_000;
const READY = "ready ";

export interface MongoOptions {
  /** Created when missing; one server at a time. */
  readonly dataDir: string;
  readonly log: Log;
  /** 0, the default, takes any free port. */
  readonly port?: number;
}

/** Beside this file when built; under dist/ when this file runs from its source, as in tests. */
function program(): string {
  const beside = path.join(__dirname, "main.js");
  return existsSync(beside) ? beside : path.join(__dirname, "../../dist/embedded/mongo/main.js");
}

const urlIn = (line: string): string | undefined =>
  line.startsWith(READY) ? `mongodb://${line.slice(READY.length)}` : undefined;

/**
 * Resolves to its url `mongodb://127.0.0.1:PORT`, without a database.
 * @throws with the server's own sentence when it does not start (folder in use, port taken, newer data).
 */
export async function startMongo({ dataDir, log, port = 0 }: MongoOptions): Promise<Service> {
  const service = await startService({
    name: "the embedded MongoDB",
    command: process.execPath,
    args: [program(), "--port", String(port), "--dbpath", dataDir, "--bind_ip", "127.0.0.1", "--with-parent"],
    urlIn,
    readyWithinMs: READY_WITHIN_MS,
    stopWithinMs: STOP_WITHIN_MS,
    log,
  });
  log(`${READY}${new URL(service.url).host}`);
  return service;
}
