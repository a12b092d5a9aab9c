/** The command line. Every fault ends here: it is told in a sentence, and the exit code is not zero. */
import path from "node:path";
import { Command } from "commander";
import type * as Commands from "./commands";
import { useCompiled } from "./compiled/compiled";
import { beginEarly } from "./node/delivery-worker";
import { parts } from "./parts";
import { sentenceOf } from "./terminal/sentence";

/** They load the whole mall. */
const LARGE = ["start", "node"];

/** Whether a node will run in this process; a wrong guess costs time and nothing else. */
const runsNode = (name: string, args: readonly string[]): boolean =>
  name === "node" || (name === "start" && !process.env["STOA_NODES"] && !args.some((arg) => arg.startsWith("--nodes")));

async function main(): Promise<void> {
  const [, , name = "", ...args] = process.argv;
  if (runsNode(name, args)) beginEarly();
  if (LARGE.includes(name)) useCompiled({ program: name });
  const { commandsFor } = (await import(path.join(__dirname, "commands"))) as typeof Commands;
  const program = new Command("stoa")
    .description("The command line of Stoa, the backend of a shopping mall")
    .showHelpAfterError("(stoa --help lists the commands)");
  for (const register of await commandsFor(name)) register(program, parts);
  await program.parseAsync();
}

// nothing left to wait for, and yet not finished: that must not pass for success
process.once("beforeExit", () => {
  console.error("stoa: ended before it was finished. This is a fault of Stoa; please report it.");
  process.exit(1);
});

main().then(
  // a command that has ended must not be kept alive by a forgotten connection
  () => process.exit(process.exitCode ?? 0),
  (error: unknown) => {
    console.error(`stoa: ${sentenceOf(error)}`);
    if (process.env["STOA_LOG"] === "debug" && error instanceof Error) console.error(error.stack);
    process.exit(1);
  },
);
