/**
 * The mall itself: one node in this process, or several in processes of their own. A node process that dies is started
 * again, because nothing in it is worth a mall; one that dies again and again is a fault.
 */
import path from "node:path";
import { readConfig } from "../../moleculer.config";
import { folderPaths } from "../folder/folder";
import type { Parts, RunningNode } from "../parts";
import type { Env } from "./backing";
import { startChildNode, type ChildNode } from "./child-node";
import type { Closers } from "./closers";
import { logFile } from "./log-file";
import { nodeEnv, type NodePlan } from "./node-env";

export interface NodesOptions {
  readonly env: Env;
  readonly plan: Omit<NodePlan, "number">;
  readonly parts: Parts;
  readonly closers: Closers;
  readonly say: (line: string) => void;
  /** The mall cannot go on, and why. */
  readonly failed: (error: Error) => void;
  /** A node runs under another process id than before. */
  readonly replaced: () => void;
}

export interface Nodes {
  readonly url: string;
  /** The node, where it runs in this process. */
  readonly here: RunningNode | null;
  pids(): number[];
}

const STOP_WITHIN_MS = 20_000;
const DEATHS_MAX = 5;
const DEATHS_WITHIN_MS = 60_000;

async function inThisProcess({ env, plan, parts, closers }: NodesOptions): Promise<Nodes> {
  const config = readConfig(nodeEnv(env, { ...plan, number: 1 }));
  const node = await (await parts.node()).runNode(config);
  closers.add("the mall", () => node.stop(), STOP_WITHIN_MS);
  if (node.url === null) throw new Error("The first node has no gateway: unset STOA_GATEWAY.");
  return { url: node.url, here: node, pids: () => [] };
}

/** True when this death is one too many. */
export function isOneTooMany(deaths: number[], now: number): boolean {
  deaths.push(now);
  while (deaths.length > 0 && now - (deaths[0] ?? 0) > DEATHS_WITHIN_MS) deaths.shift();
  return deaths.length >= DEATHS_MAX;
}

interface Kept {
  current: ChildNode;
  stopping: boolean;
}

/** Asked anew each time: somebody may have begun to stop while something was waited for. */
const isStopping = ({ stopping }: Kept): boolean => stopping;

function keepAlive(kept: Kept, again: () => Promise<ChildNode>, options: NodesOptions, name: string): void {
  const { say, failed, replaced } = options;
  const deaths: number[] = [];
  const watch = async (): Promise<void> => {
    const { code, signal } = await kept.current.exited;
    if (isStopping(kept)) return;
    const how = signal ?? `exit code ${code ?? "unknown"}`;
    if (isOneTooMany(deaths, Date.now())) {
      failed(new Error(`${name} ended ${deaths.length} times within a minute, last by ${how}.`));
      return;
    }
    say(`${name} ended (${how}); starting it again`);
    kept.current = await again();
    replaced();
    await (isStopping(kept) ? kept.current.stop() : watch());
  };
  watch().catch((error: unknown) => {
    failed(new Error(`${name} could not be started again: ${error instanceof Error ? error.message : String(error)}`));
  });
}

async function ownProcess(options: NodesOptions, number: number): Promise<Kept> {
  const { env, plan, closers } = options;
  const name = `node-${number}`;
  const logPath = path.join(folderPaths(plan.dataDir).logs, `${name}.log`);
  const log = logFile(logPath);
  const start = (port: number): Promise<ChildNode> => startChildNode(nodeEnv(env, { ...plan, port, number }), log);
  const current = await start(plan.port).catch((error: unknown) => {
    throw new Error(`${name} ${error instanceof Error ? error.message : String(error)}\nIts log: ${logPath}`);
  });
  const kept: Kept = { current, stopping: false };
  const stop = (): Promise<void> => {
    kept.stopping = true;
    return kept.current.stop();
  };
  closers.add(name, stop, STOP_WITHIN_MS);
  // started again, the gateway is found where it was
  const port = current.url === null ? plan.port : Number(new URL(current.url).port);
  keepAlive(kept, () => start(port), options, `${name} (log: ${logPath})`);
  return kept;
}

async function inOwnProcesses(options: NodesOptions): Promise<Nodes> {
  // faults of the configuration are told here, before any process is made
  readConfig(nodeEnv(options.env, { ...options.plan, number: 1 }));
  const all: Kept[] = [];
  for (let number = 1; number <= options.plan.nodes; number++) {
    all.push(await ownProcess(options, number));
    options.say(`node ${number} of ${options.plan.nodes} is ready`);
  }
  const url = all[0]?.current.url;
  if (!url) throw new Error("The first node has no gateway.");
  return { url, here: null, pids: () => all.map(({ current }) => current.pid) };
}

export const startNodes = (options: NodesOptions): Promise<Nodes> =>
  options.plan.nodes === 1 ? inThisProcess(options) : inOwnProcesses(options);
