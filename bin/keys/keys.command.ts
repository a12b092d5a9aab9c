/** `stoa keys rotate`: a new key signs access tokens from now on. */
import path from "node:path";
import type { Command } from "commander";
import { rotateKeys } from "../../services/kernel/key-ring";
import { secretOf } from "../folder/folder";
import { Sentence } from "../terminal/sentence";

type Env = Readonly<Record<string, string | undefined>>;

/** @returns what to tell the person who asked. @throws Sentence for a folder without a mall */
export async function rotated(dataDir: string, env: Env = {}): Promise<string> {
  const secret = await secretOf(dataDir, env);
  if (secret === null) {
    throw new Sentence(
      `${path.resolve(dataDir)} holds no mall yet, so there is no key to rotate. Name the mall's folder with --data.`,
    );
  }
  const kid = await rotateKeys({ dataDir, secret });
  return [
    `Access tokens are signed by the key ${kid} now; running gateways use it within five seconds, without a restart.`,
    "Tokens that older keys have signed stay good until they expire, ten minutes after they were made. Three keys are",
    "kept: if the last key was stolen, rotate twice more, and nothing that it signs is taken any more.",
    "Gateways on other machines need the same `keys` folder.",
  ].join("\n");
}

export function keysCommand(program: Command): void {
  const keys = program.command("keys").description("the keys that sign access tokens");
  keys
    .command("rotate")
    .description("sign access tokens with a new key from now on")
    .option("--data <dir>", "data folder of the mall on this machine", process.env["STOA_DATA"] || "data")
    .action(async ({ data }: { data: string }) => console.log(await rotated(data, process.env)));
}
