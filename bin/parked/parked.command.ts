/** `stoa parked`: commits that could not be published or read, why, and once more when the cause is gone. */
import type { Command } from "commander";
import type { Parked } from "../../services/kernel/parked";
import type { Parts } from "../parts";
import type { ParkedCommits } from "../stores/parked";
import { placesOf } from "../stores/places";

interface Flags {
  readonly data: string;
  readonly replay: boolean;
}

/** One line for each. Pure. */
export function toldOf(parked: readonly Parked[]): string[] {
  if (parked.length === 0) return ["Nothing is parked: every commit was published and read."];
  return parked.map(
    ({ by, aggregate, aggregateId, version, reason, at, attempts }) =>
      `${by}: ${aggregate}/${aggregateId}@${version}, since ${at}, tried ${attempts} times: ${reason}`,
  );
}

const readersIn = (parked: readonly Parked[]): string[] => [...new Set(parked.map(({ by }) => by))];

async function again(commits: ParkedCommits, by: string): Promise<boolean> {
  const done = await commits.again(by);
  if (done === null) {
    console.log(`${by} reads in the mall's own processes: its commits stay parked.`);
    return false;
  }
  console.log(`${by}: ${done.replayed} went through, ${done.failed} are parked still.`);
  return done.failed === 0;
}

async function run({ data, replay }: Flags, parts: Parts): Promise<void> {
  const { openRows } = await parts.stores();
  const rows = await openRows(await placesOf(data, process.env));
  try {
    const found = await rows.parked.all();
    toldOf(found).forEach((line) => console.log(line));
    let left = found.length > 0;
    if (replay) {
      left = false;
      for (const by of readersIn(found)) left = !(await again(rows.parked, by)) || left;
    }
    if (left) process.exitCode = 1;
  } finally {
    await rows.close();
  }
}

export function parkedCommand(program: Command, parts: Parts): void {
  program
    .command("parked")
    .description("show the commits that could not be published or read, and why; exit code 1 while there are any")
    .option("--replay", "publish and read them once more", false)
    .option("--data <dir>", "data folder of the mall on this machine", process.env["STOA_DATA"] || "data")
    .action((flags: Flags) => run(flags, parts));
}
