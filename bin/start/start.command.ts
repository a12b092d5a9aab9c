/** `stoa start`: everything that a mall needs, on this machine. */
import { createInterface } from "node:readline/promises";
import type { Command } from "commander";
import { DEMO_PRODUCTS } from "../demo/fill";
import type { Parts } from "../parts";
import { Sentence } from "../terminal/sentence";
import { whole } from "../terminal/whole";
import { readyLine } from "./child-node";
import { stopRequests } from "./stop-requests";
import { supervise, type StartOptions } from "./supervise";
import { welcome, type Ready } from "./welcome";

interface Flags {
  readonly port: number;
  readonly data: string;
  readonly nodes: number;
  readonly fresh?: true;
  readonly empty?: true;
  readonly products: number;
  readonly yes?: true;
}

async function confirmFresh({ data, fresh, yes }: Flags): Promise<void> {
  if (!fresh || yes || !process.stdin.isTTY) return;
  const ask = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await ask.question(
    `--fresh deletes the mall in ${data} with all its histories. Type "yes" to go on: `,
  );
  ask.close();
  if (answer.trim() !== "yes") throw new Sentence("Nothing was deleted.");
}

function tell(ready: Ready): void {
  console.log(welcome(ready));
  // one line for programs
  if (!process.stdout.isTTY) console.log(readyLine({ url: ready.url }));
}

/** A wrong value in the environment is told as one on the command line is. */
function fromEnv(name: string, fallback: number, read: (text: string) => number): number {
  const text = process.env[name];
  if (!text) return fallback;
  try {
    return read(text);
  } catch (error) {
    throw new Sentence(`${name} is "${text}". ${error instanceof Error ? error.message : ""}`);
  }
}

async function start(flags: Flags, parts: Parts): Promise<void> {
  await confirmFresh(flags);
  const options: StartOptions = {
    dataDir: flags.data,
    port: flags.port,
    host: process.env["STOA_HOST"] ?? "127.0.0.1",
    nodes: flags.nodes,
    fresh: flags.fresh ?? false,
    products: flags.empty ? 0 : flags.products,
    yes: flags.yes ?? false,
  };
  const say = (line: string): void => console.error(`  ${line}`);
  const { first } = stopRequests();
  await supervise({ options, env: process.env, parts, stop: first, say, ready: tell });
}

export function startCommand(program: Command, parts: Parts): void {
  program
    .command("start")
    .description("start the mall with everything it needs, and fill it with a demo market when it is empty")
    .option("--port <n>", "port of the API; 0 takes any (else STOA_PORT, else 3000)", whole(0, 65_535))
    .option("--data <dir>", "data folder", process.env["STOA_DATA"] || "data")
    .option("--nodes <n>", "how many processes run the mall (else STOA_NODES, else 1)", whole(1, 64))
    .option("--fresh", "delete the mall in the data folder first")
    .option("--empty", "leave an empty mall empty")
    .option("--products <n>", "how many products the demo market has", whole(1, 100_000), DEMO_PRODUCTS)
    .option("--yes", "ask nothing, and install what is missing where that is allowed")
    .action((flags: Partial<Flags> & Pick<Flags, "data" | "products">) => {
      const port = flags.port ?? fromEnv("STOA_PORT", 3_000, whole(0, 65_535));
      const nodes = flags.nodes ?? fromEnv("STOA_NODES", 1, whole(1, 64));
      return start({ ...flags, port, nodes }, parts);
    });
}
