/** A process of its own for a part of the proof: asked and answered over its channel, ended by its process id. */
import { fork, type ChildProcess } from "node:child_process";
import path from "node:path";
import { projectRoot } from "../../../embedded/root";

export interface Alone {
  /** @throws Error with what the process says went wrong, or that it is gone */
  ask<T>(what: string, params?: object): Promise<T>;
  /** As a power cut would. */
  kill(): Promise<void>;
  /** As politely as possible. */
  stop(): Promise<void>;
}

export type Handlers = Readonly<Record<string, (params: never) => Promise<unknown>>>;

interface Asked {
  readonly id: number;
  readonly what: string;
  readonly params: object;
}

interface Answered {
  readonly id: number;
  readonly answer?: unknown;
  readonly fault?: string;
}

const HEAP = ["--max-old-space-size=320", "--max-semi-space-size=16", "--expose-gc"];

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill(signal);
  await gone;
}

/** Of the build, whichever folder this runs from. @param name of a file in this folder, without its ending */
export function alone(name: string): Alone {
  const file = path.join(projectRoot(), "dist", "test", "bench", "live", `${name}.js`);
  const child = fork(file, { execArgv: HEAP, stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const waiting = new Map<number, (answered: Answered) => void>();
  let count = 0;
  child.on("message", (answered: Answered) => {
    waiting.get(answered.id)?.(answered);
    waiting.delete(answered.id);
  });
  child.once("exit", () => {
    for (const [id, tell] of waiting) tell({ id, fault: `${name} is gone` });
    waiting.clear();
  });
  return {
    ask: <T>(what: string, params: object = {}) =>
      new Promise<T>((resolve, reject) => {
        const asked: Asked = { id: ++count, what, params };
        waiting.set(asked.id, ({ answer, fault }) => {
          if (fault === undefined) resolve(answer as T);
          else reject(new Error(`${name}, asked to ${what}: ${fault}`));
        });
        child.send(asked);
      }),
    kill: () => ended(child, "SIGKILL"),
    stop: () => ended(child, "SIGTERM"),
  };
}

/** The other end: what the process is asked, it does, one after the other. */
export function serve(handlers: Handlers): void {
  let line: Promise<void> = Promise.resolve();
  const answer = async ({ id, what, params }: Asked): Promise<void> => {
    try {
      process.send?.({ id, answer: await handlers[what]?.(params as never) });
    } catch (error) {
      process.send?.({ id, fault: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  };
  process.on("message", (asked: Asked) => {
    line = line.then(() => answer(asked));
  });
  process.on("SIGTERM", () => process.exit(0));
  // whoever began it is gone
  process.on("disconnect", () => process.exit(0));
}
