/** `stoa export`: every product with its offers and stock, as the project's own import format or as CSV. */
import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Argument, type Command } from "commander";
import type { Parts } from "../parts";
import { placesOf } from "../stores/places";
import type { Rows } from "../stores/stores";
import { showProgress } from "../terminal/painter";
import { counted, durationText } from "../terminal/progress";
import { Sentence } from "../terminal/sentence";
import { forms, type Form } from "./forms";
import { exportText, type Exported } from "./run-export";

interface Flags {
  readonly data: string;
  readonly out?: string;
}

const AGGREGATES = ["product", "offer", "stock"];

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

async function exported(rows: Rows, form: Form, out: string | undefined): Promise<Exported> {
  const progress = showProgress("exporting", process.stderr);
  let result: Exported = { products: 0, offers: 0 };
  const job = {
    histories: rows.histories,
    form,
    until: new Date().toISOString(),
    total: rows.total(AGGREGATES),
    progress: (fraction: number, found: Exported) => {
      result = found;
      progress.update({ done: found.products, failed: 0, fraction });
    },
  };
  try {
    await written(Readable.from(exportText(job)), out);
    return result;
  } finally {
    progress.end();
  }
}

async function run(name: string, { data, out }: Flags, parts: Parts): Promise<void> {
  const form = forms.find((one) => one.name === name);
  if (!form) throw new Sentence(`There is no form "${name}".`);
  const started = Date.now();
  const rows = await (await parts.stores()).openRows(await placesOf(data, process.env));
  try {
    const { products, offers } = await exported(rows, form, out);
    const time = durationText((Date.now() - started) / 1_000);
    console.error(`Exported ${counted(products)} products with ${counted(offers)} offers in ${time}.`);
  } finally {
    await rows.close();
  }
}

export function exportCommand(program: Command, parts: Parts): void {
  program
    .command("export")
    .description("write every product with its offers and stock, to import them elsewhere or to look at them")
    .addArgument(new Argument("<form>", "how it is written").choices(forms.map(({ name }) => name)))
    .option("--data <dir>", "data folder of the mall on this machine", process.env["STOA_DATA"] || "data")
    .option("--out <file>", "where to (else standard output)")
    .action((form: string, flags: Flags) => run(form, flags, parts));
}
