/** A node as the command line runs it: with its log in the data folder, or on standard error for a container. */
import path from "node:path";
import pino, { type Logger } from "pino";
import type { Config } from "../../moleculer.config";
import type { Principal } from "../../services/kernel/call";
import type { Mall } from "../client/mall";
import { nearMall } from "../client/near";
import { openNode, type RunningNode } from "./node";

function loggerOf({ dataDir, nodeId, logLevel, logTo }: Config): Logger {
  const dest = logTo === "stderr" ? 2 : path.join(dataDir, "logs", `${nodeId}.jsonl`);
  return pino({ level: logLevel, base: { node: nodeId } }, pino.destination({ dest, mkdir: true, sync: false }));
}

export interface NodeHere extends RunningNode {
  /** The mall as somebody in this process sees it. @param trace names the work in the histories */
  mall(principal: Principal, trace: string): Mall;
}

/** @throws Error with a sentence for a person */
export async function runNode(config: Config): Promise<NodeHere> {
  const node = await openNode(config, loggerOf(config));
  const { broker } = node;
  return { ...node, mall: (principal, trace) => nearMall({ broker, secret: config.secret, principal, trace }) };
}
