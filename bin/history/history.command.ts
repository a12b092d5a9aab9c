/** `stoa history`: what became of a thing, how it was, what differs; brings old content back, and proves it all. */
import { randomUUID } from "node:crypto";
import type { Command } from "commander";
import { locate } from "../client/locate";
import { openMall, type Mall } from "../client/mall";
import type { Parts } from "../parts";
import { Sentence } from "../terminal/sentence";
import { whole } from "../terminal/whole";
import { all, asOf, difference, prove, rangeOf, restore, type Moment, type Named } from "./look";

interface Flags {
  readonly data: string;
  readonly url?: string;
  readonly token?: string;
  readonly version?: number;
  readonly at?: string;
  readonly time: string;
  readonly diff?: string | true;
  readonly restore?: number;
  readonly verify?: true;
  readonly after: number;
  readonly limit: number;
}

const VERSION_MAX = 999_999_999;
/** Each asks something else; one at a time. */
const ASKING = ["version", "at", "diff", "restore", "verify"] as const;

function momentOf({ version, at, time }: Flags): Moment | null {
  if (version !== undefined) return { version };
  if (at === undefined) return null;
  if (Number.isNaN(Date.parse(at))) throw new Sentence(`--at ${at} is no time; write it like 2026-01-31T12:00:00Z.`);
  return { at: new Date(at).toISOString(), time: time === "occurred" ? "occurred" : "recorded" };
}

type Work = (mall: Mall) => Promise<void>;

/** What the flags ask for. @throws Sentence for flags that ask several things */
function workOf(named: Named, flags: Flags): Work {
  const asked = ASKING.filter((name) => flags[name] !== undefined);
  if (asked.length > 1) throw new Sentence(`Give one of ${asked.map((name) => `--${name}`).join(" and ")}.`);
  const { diff, restore: version, verify } = flags;
  if (diff !== undefined) {
    const range = rangeOf(diff);
    return (mall) => difference(mall, named, range);
  }
  if (version !== undefined) return (mall) => restore(mall, named, { version, key: randomUUID() });
  if (verify) {
    return async (mall) => {
      if (!(await prove(mall, named))) process.exitCode = 1;
    };
  }
  const moment = momentOf(flags);
  return (mall) => (moment ? asOf(mall, named, moment) : all(mall, named, flags));
}

async function run(named: Named, flags: Flags, parts: Parts): Promise<void> {
  const work = workOf(named, flags);
  const { url, token } = await locate(flags, parts);
  const mall = openMall({ url, token, connections: 1 });
  try {
    await work(mall);
  } finally {
    await mall.close();
  }
}

export function historyCommand(program: Command, parts: Parts): void {
  program
    .command("history")
    .description("what became of a thing: who, when, by which command, what happened")
    .argument("<aggregate>", "`product`, `offer`, `stock`, `channel`, …")
    .argument("<id>", "of the thing")
    .option("--version <n>", "the thing as it was at this version", whole(1, VERSION_MAX))
    .option("--at <time>", "the thing as it was then: 2026-01-31T12:00:00Z")
    .option("--time <kind>", "which time --at is: `recorded`, or `occurred` (business time)", "recorded")
    .option("--diff [range]", "what differs between two versions: 2..5; without them, what the last one changed")
    .option("--restore <version>", "bring this version's content back, as a new version", whole(1, VERSION_MAX))
    .option("--verify", "prove it: the chain of hashes and the newest checkpoint; exit code 1 when it does not hold")
    .option("--after <version>", "begin after this version", whole(0, VERSION_MAX), 0)
    .option("--limit <n>", "tell so many versions at most", whole(1, 100_000), 100)
    .option("--data <dir>", "data folder of the mall on this machine", process.env["STOA_DATA"] || "data")
    .option("--url <url>", "of a mall elsewhere")
    .option("--token <token>", "that lets us in; for a mall on this machine one is made")
    .action((aggregate: string, id: string, flags: Flags) => run({ aggregate, id }, flags, parts));
}
