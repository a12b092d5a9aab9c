/** `stoa export`: products with their offers and stock, as the project's own import format, or things of one kind. */
import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Argument, Option, type Command } from "commander";
import { EXPORTABLE, type Exportable } from "../../models/job/job.contract";
import type { Parts } from "../parts";
import { placesOf } from "../stores/places";
import type { Rows } from "../stores/stores";
import { showProgress } from "../terminal/painter";
import { counted, durationText } from "../terminal/progress";
import { Sentence } from "../terminal/sentence";
import { forms, type Form } from "./forms";
import { exportText, readFor, type Exported } from "./run-export";

interface Flags {
  readonly data: string;
  readonly of: Exportable;
  readonly out?: string;
}

/** A file is there whole or not at all; standard output is written as it comes. */
async function written(text: Readable, out: string | undefined): Promise<void> {
  if (out === undefined) return pipeline(text, process.stdout, { end: false });
  const part = `${out}.part`;
  try {
    await pipeline(text, createWriteStream(part));
    await rename(part, out);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

async function exported(rows: Rows, form: Form, { of, out }: Flags): Promise<Exported> {
  const progress = showProgress("exporting", process.stderr);
  let result: Exported = { rows: 0, offers: 0 };
  const job = {
    histories: rows.histories,
    form,
    of,
    until: new Date().toISOString(),
    total: rows.total(readFor(of)),
    progress: (fraction: number, found: Exported) => {
      result = found;
      progress.update({ done: found.rows, failed: 0, fraction });
    },
  };
  try {
    await written(Readable.from(exportText(job)), out);
    return result;
  } finally {
    progress.end();
  }
}

const toldOf = (of: Exportable, { rows, offers }: Exported): string =>
  of === "catalogue" ? `${counted(rows)} products with ${counted(offers)} offers` : `${of}: ${counted(rows)}`;

async function run(name: string, flags: Flags, parts: Parts): Promise<void> {
  const form = forms.find((one) => one.name === name);
  if (!form) throw new Sentence(`There is no form "${name}".`);
  const started = Date.now();
  const rows = await (await parts.stores()).openRows(await placesOf(flags.data, process.env));
  try {
    const told = toldOf(flags.of, await exported(rows, form, flags));
    const time = durationText((Date.now() - started) / 1_000);
    console.error(`Exported ${told} in ${time}.`);
  } finally {
    await rows.close();
  }
}

export function exportCommand(program: Command, parts: Parts): void {
  program
    .command("export")
    .description("write every product with its offers and stock, to import them elsewhere; or all things of one kind")
    .addArgument(new Argument("<form>", "how it is written").choices(forms.map(({ name }) => name)))
    .addOption(new Option("--of <what>", "what is written").choices(EXPORTABLE).default("catalogue"))
    .option("--data <dir>", "data folder of the mall on this machine", process.env["STOA_DATA"] || "data")
    .option("--out <file>", "where to (else standard output)")
    .action((form: string, flags: Flags) => run(form, flags, parts));
}
