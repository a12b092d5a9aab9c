/** `stoa checkpoint`: signs what all histories are now, and gives it out to be kept elsewhere. */
import { writeFile } from "node:fs/promises";
import type { Command } from "commander";
import { writeCheckpoint, type Checkpoint } from "../../models/kernel/checkpoint";
import { createClock } from "../../models/kernel/clock";
import { loadSigner, type Signer } from "../../models/kernel/signer";
import { describeFinding } from "../../models/kernel/verify";
import type { Parts } from "../parts";
import { placesOf } from "../stores/places";
import type { Rows } from "../stores/stores";
import { told, withProgress } from "../stores/told";
import { counted } from "../terminal/progress";
import { Sentence } from "../terminal/sentence";
import { exportText } from "./export";

interface Flags {
  readonly data: string;
  readonly out?: string;
}

const FINDINGS_TOLD = 20;

async function written(rows: Rows, signer: Signer): Promise<Checkpoint> {
  const { checkpoints: store, sources } = rows;
  const total = rows.total();
  const clock = createClock();
  const { checkpoint, findings } = await withProgress({ label: "reading", total, screen: process.stderr }, (read) =>
    writeCheckpoint({ sources: told(sources, read), store, signer, now: () => clock.now() }),
  );
  if (checkpoint) return checkpoint;
  const lines = findings.slice(0, FINDINGS_TOLD).map((finding) => `\n  - ${describeFinding(finding)}`);
  throw new Sentence(
    `No checkpoint was written: it would bless what was done to the histories since the last one.${lines.join("")}\n` +
      "`stoa verify` tells everything that was found.",
  );
}

async function run(flags: Flags, parts: Parts): Promise<void> {
  const places = await placesOf(flags.data, process.env);
  const rows = await (await parts.stores()).openRows(places);
  try {
    const signer = await loadSigner(flags.data);
    const checkpoint = await written(rows, signer);
    const text = exportText({ checkpoint, publicKey: signer.publicKey });
    if (flags.out === undefined) {
      process.stdout.write(text);
      return;
    }
    await writeFile(flags.out, text);
    console.log(
      `Checkpoint ${checkpoint.seq} over ${counted(checkpoint.heads)} histories is in ${flags.out}. ` +
        "Keep it where nobody who can reach the database can change it; `stoa verify --copy` holds it against them.",
    );
  } finally {
    await rows.close();
  }
}

export function checkpointCommand(program: Command, parts: Parts): void {
  program
    .command("checkpoint")
    .description("sign what all histories are now, and print it to be kept elsewhere")
    .option("--data <dir>", "data folder of the mall on this machine", process.env["STOA_DATA"] || "data")
    .option("--out <file>", "write it there instead of printing it")
    .action((flags: Flags) => run(flags, parts));
}
