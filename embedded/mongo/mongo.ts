/** Starts the embedded MongoDB as a process of its own that ends with this one. */
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";

const START_MS = 30_000;
const STOP_MS = 10_000;

export type Exit = { code: number | null; signal: string | null };
export type RunningMongo = {
  /** mongodb://127.0.0.1:PORT, without a database */
  url: string;
  pid: number;
  /** Ends it cleanly; resolves when it is gone. */
  stop(): Promise<void>;
  exited: Promise<Exit>;
};
export type MongoOptions = { dataDir: string; log: (line: string) => void; port?: number };

/** Beside this file when built; under dist/ when this file runs from its source, as in tests. */
function program(): string {
  const beside = path.join(__dirname, "main.js");
  return existsSync(beside) ? beside : path.join(__dirname, "../../dist/embedded/mongo/main.js");
}

/** @throws with the server's own sentence when it does not start (folder in use, port taken, newer data). */
export async function startMongo({ dataDir, log, port = 0 }: MongoOptions): Promise<RunningMongo> {
  const options = ["--port", String(port), "--dbpath", dataDir, "--bind_ip", "127.0.0.1", "--with-parent"];
  const child = spawn(process.execPath, [program(), ...options], { stdio: ["pipe", "pipe", "pipe"] });
  child.stdin.on("error", () => undefined); // its end is told by `exited`
  const exited = new Promise<Exit>((resolve) => {
    child.once("exit", (code, signal) => resolve({ code, signal }));
    child.once("error", () => resolve({ code: null, signal: null }));
  });
  const address = await readiness(child, log, exited);
  return { url: `mongodb://${address}`, pid: child.pid ?? 0, stop: () => stop(child, exited), exited };
}

function readiness(child: ChildProcess, log: (line: string) => void, exited: Promise<Exit>): Promise<string> {
  return new Promise((resolve, reject) => {
    const said: string[] = [];
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      reject(new Error(`The embedded MongoDB was not ready after ${START_MS / 1000} s.`));
    }, START_MS);
    const listen = (stream: NodeJS.ReadableStream | null, heard: (line: string) => void): void => {
      if (stream) createInterface({ input: stream }).on("line", heard);
    };
    listen(child.stdout, (line) => {
      log(line);
      if (!line.startsWith("ready ")) return;
      clearTimeout(timer);
      resolve(line.slice("ready ".length));
    });
    listen(child.stderr, (line) => {
      log(line);
      if (said.length < 20) said.push(line);
    });
    void exited.then(({ code }) => {
      clearTimeout(timer);
      const reason = said.join("\n") || `it ended with code ${String(code)}`;
      reject(new Error(`The embedded MongoDB did not start: ${reason}`));
    });
  });
}

async function stop(child: ChildProcess, exited: Promise<Exit>): Promise<void> {
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
  await exited;
  clearTimeout(timer);
}
