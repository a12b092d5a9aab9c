/** Every command of the command line. A further one is a folder and one line here. */
import path from "node:path";
import type { Command } from "commander";
import type { Parts } from "./parts";

/** Adds itself to the program. Loads what it needs when it runs, not before. */
export type RegisterCommand = (program: Command, parts: Parts) => void;

/** Where each lies, which exports `<name>Command`; in the order in which the help shows them. */
const COMMANDS: Readonly<Record<string, string>> = {
  start: "start/start.command",
  node: "start/node.command",
  import: "import/import.command",
  export: "export/export.command",
  status: "status/status.command",
  token: "token/token.command",
  account: "account/account.command",
  keys: "keys/keys.command",
  history: "history/history.command",
  verify: "verify/verify.command",
  checkpoint: "checkpoint/checkpoint.command",
  drift: "drift/drift.command",
  rebuild: "rebuild/rebuild.command",
  parked: "parked/parked.command",
  tour: "tour/tour.command",
  replay: "replay/replay.command",
  evaluate: "evaluate/evaluate.command",
  train: "train/train.command",
};

async function load([name, file]: readonly [name: string, file: string]): Promise<RegisterCommand> {
  const exported = (await import(path.join(__dirname, file))) as Readonly<Record<string, RegisterCommand>>;
  const command = exported[`${name}Command`];
  if (command === undefined) throw new Error(`${file} does not export ${name}Command`);
  return command;
}

/** The one that is asked for; all of them for whoever asks for another, or for help. */
export function commandsFor(name: string): Promise<RegisterCommand[]> {
  const all = Object.entries(COMMANDS);
  const one = all.filter(([called]) => called === name);
  return Promise.all((one.length > 0 ? one : all).map(load));
}
