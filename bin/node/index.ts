/** A node as the command line runs it: with its log in the data folder, or on standard error for a container. */
import path from "node:path";
import pino, { type Logger } from "pino";
import type { Config } from "../../moleculer.config";
import { openNode, type RunningNode } from "./node";

function loggerOf({ dataDir, nodeId, logLevel, logTo }: Config): Logger {
  const dest = logTo === "stderr" ? 2 : path.join(dataDir, "logs", `${nodeId}.jsonl`);
  return pino({ level: logLevel, base: { node: nodeId } }, pino.destination({ dest, mkdir: true, sync: false }));
}

/** @throws Error with a sentence for a person */
export const runNode = (config: Config): Promise<RunningNode> => openNode(config, loggerOf(config));
