/** Every command of the command line. A further one is a folder and one line here. */
import type { Command } from "commander";
import { importCommand } from "./import/import.command";
import type { Parts } from "./parts";
import { nodeCommand } from "./start/node.command";
import { startCommand } from "./start/start.command";
import { statusCommand } from "./status/status.command";
import { tokenCommand } from "./token/token.command";

/** Adds itself to the program. Loads what it needs when it runs, not before. */
export type RegisterCommand = (program: Command, parts: Parts) => void;

export const commands: readonly RegisterCommand[] = [
  startCommand,
  nodeCommand,
  importCommand,
  statusCommand,
  tokenCommand,
];
