/** `stoa node`: one node with its configuration from the environment, for `stoa start --nodes` and for containers. */
import type { Command } from "commander";
import { readConfig } from "../../moleculer.config";
import { allLoaded } from "../compiled/compiled";
import type { Parts } from "../parts";
import { readyLine } from "./child-node";
import { stopRequests } from "./stop-requests";

const STOP_WITHIN_MS = 12_000;

async function runUntilStopped(parts: Parts): Promise<void> {
  const config = readConfig(process.env);
  const requests = stopRequests();
  const asked = new Promise<null>((resolve) => {
    void requests.first.then(() => resolve(null));
    // with a terminal or /dev/null there is no parent to go with
    if (process.stdin.isTTY || !process.argv.includes("--with-parent")) return;
    process.stdin
      .resume()
      .once("end", () => resolve(null))
      .once("error", () => resolve(null));
  });
  const node = await (await parts.node()).runNode(config);
  console.log(readyLine({ url: node.url }));
  void allLoaded();
  await asked;
  setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
  await node.stop();
  process.exit(0);
}

export function nodeCommand(program: Command, parts: Parts): void {
  program
    .command("node")
    .description("run one node, configured by the environment (used by start --nodes, and in containers)")
    .option("--with-parent", "end when standard input ends")
    .action(() => runUntilStopped(parts));
}
