/** `stoa history`: what became of a thing, version by version, or how it was at one moment. */
import type { Command } from "commander";
import type { HistoryEntry, HistoryPage, StateAsOf } from "../../models/kernel/history.results";
import { locate } from "../client/locate";
import { openMall, type Mall } from "../client/mall";
import type { Parts } from "../parts";
import { Sentence } from "../terminal/sentence";
import { whole } from "../terminal/whole";
import { asOfText, entryText } from "./history-text";

interface Flags {
  readonly data: string;
  readonly url?: string;
  readonly token?: string;
  readonly version?: number;
  readonly at?: string;
  readonly after: number;
  readonly limit: number;
}

interface Named {
  readonly aggregate: string;
  readonly id: string;
}

const PAGE = 200;
const VERSION_MAX = 999_999_999;

async function asOf(mall: Mall, named: Named, moment: { version: number } | { at: string }): Promise<void> {
  console.log(asOfText((await mall.query("history.asOf", { ...named, ...moment })) as StateAsOf));
}

/** Page by page, so that the first lines come at once. */
async function all(mall: Mall, named: Named, { after, limit }: Flags): Promise<void> {
  let from: number | null = after;
  for (let left = limit; from !== null && left > 0;) {
    const ask: object = { ...named, after: from, limit: Math.min(PAGE, left) };
    const page = (await mall.query("history.page", ask)) as HistoryPage;
    page.items.forEach((entry: HistoryEntry) => console.log(entryText(entry)));
    left -= page.items.length;
    from = page.next;
  }
  if (from !== null) console.log(`There may be more: go on with --after ${from}.`);
}

function momentOf({ version, at }: Flags): { version: number } | { at: string } | null {
  if (version !== undefined && at !== undefined) throw new Sentence("Give --version or --at, not both.");
  if (version !== undefined) return { version };
  if (at === undefined) return null;
  if (Number.isNaN(Date.parse(at))) throw new Sentence(`--at ${at} is no time; write it like 2026-01-31T12:00:00Z.`);
  return { at: new Date(at).toISOString() };
}

async function run(named: Named, flags: Flags, parts: Parts): Promise<void> {
  const moment = momentOf(flags);
  const { url, token } = await locate(flags, parts);
  const mall = openMall({ url, token, connections: 1 });
  try {
    await (moment === null ? all(mall, named, flags) : asOf(mall, named, moment));
  } finally {
    await mall.close();
  }
}

export function historyCommand(program: Command, parts: Parts): void {
  program
    .command("history")
    .description("what became of a thing: who, when, by which command, what happened")
    .argument("<aggregate>", "`product`, `offer`, `stock`, `channel`")
    .argument("<id>", "of the thing")
    .option("--version <n>", "the thing as it was at this version", whole(1, VERSION_MAX))
    .option("--at <time>", "the thing as it was then: 2026-01-31T12:00:00Z")
    .option("--after <version>", "begin after this version", whole(0, VERSION_MAX), 0)
    .option("--limit <n>", "tell so many versions at most", whole(1, 100_000), 100)
    .option("--data <dir>", "data folder of the mall on this machine", process.env["STOA_DATA"] || "data")
    .option("--url <url>", "of a mall elsewhere")
    .option("--token <token>", "that lets us in; for a mall on this machine one is made")
    .action((aggregate: string, id: string, flags: Flags) => run({ aggregate, id }, flags, parts));
}
