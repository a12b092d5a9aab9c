/** `stoa drift`: whether what people search is what the histories say. */
import type { Command } from "commander";
import type { Parts } from "../parts";
import { placesOf } from "../stores/places";
import { whole } from "../terminal/whole";
import { lookAt } from "./look";

interface Flags {
  readonly data: string;
  readonly sample?: number;
}

async function run(projection: string | undefined, { data, sample }: Flags, parts: Parts): Promise<void> {
  const { openRows, openIndices, projections, projectionNamed, aggregatesFor } = await parts.stores();
  const names = projection === undefined ? projections.map(({ name }) => name) : [projectionNamed(projection).name];
  const places = await placesOf(data, process.env);
  const rows = await openRows(places);
  try {
    const indices = await openIndices(places, rows);
    try {
      for (const name of names) {
        const look = { projection: name, aggregates: aggregatesFor(name), rows, indices };
        const equal = await lookAt({ ...look, ...(sample !== undefined && { sample }) });
        if (!equal) process.exitCode = 1;
      }
    } finally {
      await indices.close();
    }
  } finally {
    await rows.close();
  }
}

export function driftCommand(program: Command, parts: Parts): void {
  program
    .command("drift")
    .description("compare what people search with the fold of the histories; exit code 1 when they differ")
    .argument("[projection]", "one of them; else all")
    .option("--sample <n>", "look at about this many sources per aggregate only", whole(1, 1_000_000))
    .option("--data <dir>", "data folder of the mall on this machine", process.env["STOA_DATA"] || "data")
    .action((projection: string | undefined, flags: Flags) => run(projection, flags, parts));
}
