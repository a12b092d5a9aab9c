/** A real nats-server with JetStream for tests: own port, own folder, ended by its process id. */
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { connect as dial, createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventually } from "./eventually";

export interface TestNats {
  readonly url: string;
  /** From now on it takes what is sent, and does nothing with it. */
  freeze(): void;
  /** Kills the server as a crash would. */
  kill(): Promise<void>;
  /** Starts it again on the same port and, unless `fresh`, on the same data. */
  restart(fresh?: boolean): Promise<void>;
  stop(): Promise<void>;
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = dial(port, "127.0.0.1");
    socket.once("data", (greeting) => {
      socket.destroy();
      resolve(greeting.toString().startsWith("INFO"));
    });
    socket.once("error", () => resolve(false));
  });

async function launch(port: number, folder: string): Promise<ChildProcess> {
  const child = spawn("nats-server", ["-js", "-sd", folder, "-a", "127.0.0.1", "-p", String(port)], {
    stdio: "ignore",
  });
  const faults: Error[] = [];
  child.once("error", (error) => faults.push(error));
  await eventually("nats-server answers", async () => {
    return faults.length > 0 || (await answers(port));
  });
  const missing = "There is no nats-server: install it (apt-get install nats-server, brew install nats-server).";
  if (faults.length > 0) throw new Error(missing, { cause: faults[0] });
  return child;
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill(signal);
  await gone;
}

export async function startTestNats(): Promise<TestNats> {
  const port = await freePort();
  let folder = await mkdtemp(join(tmpdir(), "stoa-nats-"));
  const folders = [folder];
  let child = await launch(port, folder);
  return {
    url: `nats://127.0.0.1:${port}`,
    freeze: () => void child.kill("SIGSTOP"),
    kill: () => end(child, "SIGKILL"),
    async restart(fresh = false) {
      await end(child, "SIGKILL");
      if (fresh) {
        folder = await mkdtemp(join(tmpdir(), "stoa-nats-"));
        folders.push(folder);
      }
      child = await launch(port, folder);
    },
    async stop() {
      await end(child, "SIGKILL");
      for (const used of folders) await rm(used, { recursive: true, force: true });
    },
  };
}
