/** The command line. Every fault ends here: it is told in a sentence, and the exit code is not zero. */
import { Command } from "commander";
import { commands } from "./commands";
import { parts } from "./parts";
import { sentenceOf } from "./terminal/sentence";

async function main(): Promise<void> {
  const program = new Command("stoa")
    .description("The command line of Stoa, the backend of a shopping mall")
    .showHelpAfterError("(stoa --help lists the commands)");
  for (const register of commands) register(program, parts);
  await program.parseAsync();
}

main().then(
  // a command that has ended must not be kept alive by a forgotten connection
  () => process.exit(process.exitCode ?? 0),
  (error: unknown) => {
    console.error(`stoa: ${sentenceOf(error)}`);
    if (process.env["STOA_LOG"] === "debug" && error instanceof Error) console.error(error.stack);
    process.exit(1);
  },
);
