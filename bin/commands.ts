/** Every command of the command line. A further one is a folder and one line here. */
import type { Command } from "commander";
import { accountCommand } from "./account/account.command";
import { checkpointCommand } from "./checkpoint/checkpoint.command";
import { driftCommand } from "./drift/drift.command";
import { evaluateCommand } from "./evaluate/evaluate.command";
import { exportCommand } from "./export/export.command";
import { historyCommand } from "./history/history.command";
import { importCommand } from "./import/import.command";
import { keysCommand } from "./keys/keys.command";
import type { Parts } from "./parts";
import { rebuildCommand } from "./rebuild/rebuild.command";
import { replayCommand } from "./replay/replay.command";
import { nodeCommand } from "./start/node.command";
import { startCommand } from "./start/start.command";
import { statusCommand } from "./status/status.command";
import { tokenCommand } from "./token/token.command";
import { tourCommand } from "./tour/tour.command";
import { trainCommand } from "./train/train.command";
import { verifyCommand } from "./verify/verify.command";

/** Adds itself to the program. Loads what it needs when it runs, not before. */
export type RegisterCommand = (program: Command, parts: Parts) => void;

export const commands: readonly RegisterCommand[] = [
  startCommand,
  nodeCommand,
  importCommand,
  exportCommand,
  statusCommand,
  tokenCommand,
  accountCommand,
  keysCommand,
  historyCommand,
  verifyCommand,
  checkpointCommand,
  driftCommand,
  rebuildCommand,
  tourCommand,
  replayCommand,
  evaluateCommand,
  trainCommand,
];
