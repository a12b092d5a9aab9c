/** `stoa verify`: proves that no history was changed, cut off or rewritten. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Command } from "commander";
import type { CheckpointStore } from "../../models/kernel/checkpoint";
import { readPublicKey } from "../../models/kernel/signer";
import { verify } from "../../models/kernel/verify";
import { readExport, type Exported } from "../checkpoint/export";
import type { Parts } from "../parts";
import { placesOf } from "../stores/places";
import { told, withProgress } from "../stores/told";
import { Sentence } from "../terminal/sentence";
import { whole } from "../terminal/whole";
import { refoldedText, verificationText } from "./verification-text";

interface Flags {
  readonly data: string;
  readonly copy?: readonly string[];
  readonly key?: readonly string[];
  /** Rows per aggregate that are folded again. */
  readonly fold: number;
}

const FILES_MAX = 1_000;

async function copiesOf({ copy = [] }: Flags): Promise<Exported[]> {
  if (copy.length > FILES_MAX) throw new Sentence(`At most ${FILES_MAX} copies can be looked at in one go.`);
  return Promise.all(copy.map(async (file) => readExport(await readFile(file, "utf8"), file)));
}

/**
 * Keys that were kept elsewhere count alone: whoever could change the data folder could have put another key there.
 * @throws Sentence when there are signatures and nothing to check them with
 */
async function keysOf(flags: Flags, copies: readonly Exported[], store: CheckpointStore): Promise<string[]> {
  const given = await Promise.all((flags.key ?? []).map((file) => readFile(file, "utf8")));
  const kept = [...new Set([...given, ...copies.map(({ publicKey }) => publicKey)])];
  if (kept.length > 0) return kept;
  const ours = await readPublicKey(flags.data);
  if (ours !== null) return [ours];
  if ((await store.latest()) === null) return [];
  throw new Sentence(
    `There are signed checkpoints, but ${path.resolve(flags.data)} holds no key to check them with. ` +
      "Name the mall's folder with --data, its public key with --key, or an exported checkpoint with --copy.",
  );
}

async function run(flags: Flags, parts: Parts): Promise<void> {
  const copies = await copiesOf(flags);
  const places = await placesOf(flags.data, process.env);
  const rows = await (await parts.stores()).openRows(places);
  try {
    const { checkpoints: store, sources } = rows;
    const total = rows.total();
    const trusted = await keysOf(flags, copies, store);
    const found = await withProgress({ label: "verifying", total, screen: process.stderr }, (read) =>
      verify({
        sources: told(sources, read),
        store,
        trusted,
        copies: copies.map(({ checkpoint }) => checkpoint),
      }),
    );
    console.log(verificationText(found));
    const refolded = await rows.refold(flags.fold);
    console.log(refoldedText(refolded));
    if (found.findings.length > 0 || refolded.missing.length > 0) process.exitCode = 1;
  } finally {
    await rows.close();
  }
}

export function verifyCommand(program: Command, parts: Parts): void {
  program
    .command("verify")
    .description("prove that no history was changed, cut off or rewritten; exit code 1 when one was")
    .option("--data <dir>", "data folder of the mall on this machine", process.env["STOA_DATA"] || "data")
    .option("--copy <file...>", "checkpoints that were exported and kept elsewhere (`stoa checkpoint --out`)")
    .option("--fold <rows>", "of each kind of thing, fold so many changes again", whole(0, 100_000_000), 2_000)
    .option("--key <file...>", "public keys (PEM) that are trusted, instead of the data folder's")
    .action((flags: Flags) => run(flags, parts));
}
