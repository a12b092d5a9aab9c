/** `stoa rebuild`: makes a projection's index anew from the histories, while the old one serves. */
import type { Command } from "commander";
import type { Progress as Told } from "../../indexers/kernel/rebuild";
import { lookAt } from "../drift/look";
import type { Parts } from "../parts";
import { placesOf } from "../stores/places";
import type { Indices, Rows } from "../stores/stores";
import { showProgress, type Progress } from "../terminal/painter";
import { rebuiltText } from "./rebuilt-text";

interface Flags {
  readonly data: string;
  readonly dryRun?: true;
}

const LABELS: Readonly<Record<Told["phase"], string>> = { fill: "filling", verify: "comparing" };

/** A line of progress per phase. */
function painting(): { readonly update: (told: Told) => void; readonly end: () => void } {
  let shown: { readonly phase: Told["phase"]; readonly progress: Progress } | null = null;
  return {
    update({ phase, done, total }) {
      if (shown?.phase !== phase) {
        shown?.progress.end();
        shown = { phase, progress: showProgress(LABELS[phase], process.stderr) };
      }
      shown.progress.update({ done, failed: 0, fraction: total === 0 ? null : done / total });
    },
    end: () => shown?.progress.end(),
  };
}

async function rebuilt(projection: string, { histories }: Rows, indices: Indices): Promise<void> {
  const began = Date.now();
  const { update, end } = painting();
  const done = await indices.rebuild({ projection, histories, onProgress: update }).finally(end);
  console.log(rebuiltText(projection, done, Date.now() - began));
  if (done.refused.length > 0) process.exitCode = 1;
}

async function run(name: string, { data, dryRun }: Flags, parts: Parts): Promise<void> {
  const { openRows, openIndices, projectionNamed, aggregatesFor } = await parts.stores();
  const projection = projectionNamed(name).name;
  const places = await placesOf(data, process.env);
  const rows = await openRows(places);
  try {
    const indices = await openIndices(places, rows);
    try {
      if (!dryRun) await rebuilt(projection, rows, indices);
      else if (!(await lookAt({ projection, aggregates: aggregatesFor(projection), rows, indices })))
        process.exitCode = 1;
    } finally {
      await indices.close();
    }
  } finally {
    await rows.close();
  }
}

export function rebuildCommand(program: Command, parts: Parts): void {
  program
    .command("rebuild")
    .description("make a projection's index anew from the histories, compare it, and switch to it")
    .argument("<projection>", "`products`, `channels`, …")
    .option("--dry-run", "change nothing: only tell what differs from the histories")
    .option("--data <dir>", "data folder of the mall on this machine", process.env["STOA_DATA"] || "data")
    .action((projection: string, flags: Flags) => run(projection, flags, parts));
}
