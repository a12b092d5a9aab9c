/** `stoa import`: brings a file into a running mall, as commands over HTTP. */
import path from "node:path";
import { Argument, type Command } from "commander";
import { channelIdOf, MAIN_CHANNEL } from "../client/channel";
import { locate } from "../client/locate";
import { openMall, type Mall } from "../client/mall";
import { createTokens, whenSearchable, type Found, type Tokens } from "../client/settled";
import { folderPaths } from "../folder/folder";
import type { Parts } from "../parts";
import { whole } from "../terminal/whole";
import { showProgress } from "../terminal/painter";
import { Sentence } from "../terminal/sentence";
import type { Format } from "./entry";
import { formats } from "./formats";
import { importFile, sizeOf } from "./import-file";
import type { Counts } from "./run-import";
import { summary } from "./summary";

interface Flags {
  readonly data: string;
  readonly url?: string;
  readonly token?: string;
  readonly channel: string;
  readonly concurrency: number;
  readonly currency: string;
  readonly report?: string;
  readonly dryRun?: true;
}

/** Where the records go; without a mall they are only checked. */
interface Destination {
  readonly mall: Mall | null;
  readonly url: string;
  readonly principalId: string;
  readonly channelId: string;
}

const SEARCHABLE_WITHIN_MS = 600_000;

async function destinationOf(flags: Flags, parts: Parts): Promise<Destination> {
  // what stands here for ids has their form, so that the schemas check the rest
  if (flags.dryRun) return { mall: null, url: "", principalId: "nobody", channelId: "channel" };
  const { url, token, principalId } = await locate(flags, parts);
  const mall = openMall({ url, token, connections: flags.concurrency });
  try {
    return { mall, url, principalId, channelId: await channelIdOf(mall, flags.channel) };
  } catch (error) {
    await mall.close();
    throw error;
  }
}

async function everythingShown(to: Destination, tokens: Tokens): Promise<Found | null> {
  if (to.mall === null) return null;
  console.error("waiting until everything is searchable …");
  const { mall, channelId } = to;
  return whenSearchable({ mall, tokens, channelId, timeoutMs: SEARCHABLE_WITHIN_MS, now: Date.now });
}

/** The rows, with progress on the screen and a position on disk. */
async function rows(file: string, format: Format, flags: Flags, to: Destination & { tokens: Tokens }): Promise<Counts> {
  const shown = showProgress(flags.dryRun ? "checking" : "importing", process.stderr);
  return importFile({
    ...to,
    file,
    format,
    currency: flags.currency,
    where: flags.url === undefined ? "here" : to.url,
    concurrency: flags.dryRun ? 1 : flags.concurrency,
    folder: path.resolve(folderPaths(flags.data).imports),
    reportFile: reportFileOf(file, flags),
    progress: ({ rows: done, failed }, fraction) => shown.update({ done, failed, fraction }),
  }).finally(() => shown.end());
}

const reportFileOf = (file: string, { report, data }: Flags): string =>
  path.resolve(report ?? path.join(folderPaths(data).imports, `${path.basename(file)}.problems.jsonl`));

async function runCommand(name: string, file: string, flags: Flags, parts: Parts): Promise<void> {
  const format = formats.find((one) => one.name === name);
  if (!format) throw new Sentence(`There is no format "${name}".`);
  await sizeOf(file);
  const started = Date.now();
  const to = await destinationOf(flags, parts);
  try {
    const tokens = createTokens();
    const counts = await rows(file, format, flags, { ...to, tokens });
    const found = await everythingShown(to, tokens);
    const dryRun = flags.dryRun ?? false;
    console.log(
      summary({ counts, elapsedMs: Date.now() - started, dryRun, found, reportFile: reportFileOf(file, flags) }),
    );
    if (counts.failed > 0) process.exitCode = 1;
  } finally {
    await to.mall?.close();
  }
}

export function importCommand(program: Command, parts: Parts): void {
  const known = formats.map((format) => `  ${format.name.padEnd(8)}${format.summary}`).join("\n");
  program
    .command("import")
    .description("bring products, offers and stock from a file into the running mall")
    .addArgument(new Argument("<format>", "what the file holds").choices(formats.map((format) => format.name)))
    .argument("<file>", "plain or gzip")
    .option("--dry-run", "check every row and send nothing")
    .option("--data <dir>", "data folder of the mall on this machine", process.env["STOA_DATA"] || "data")
    .option("--url <url>", "of a mall elsewhere")
    .option("--token <token>", "that lets us in; for a mall on this machine one is made")
    .option("--channel <code>", "where the products are listed", MAIN_CHANNEL.code)
    .option("--concurrency <n>", "how many products are under way at once", whole(1, 512), 32)
    .option("--currency <code>", "of prices, where the file names none", "USD")
    .option("--report <file>", "where problems are written (else in the data folder)")
    .addHelpText("after", `\nFormats:\n${known}`)
    .action((format: string, file: string, flags: Flags) => runCommand(format, file, flags, parts));
}
