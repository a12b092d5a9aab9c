/** A whole mall of its own for a benchmark, started as a person starts it, and what its processes use. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { stoa, startMall, type MallOptions, type RunningMall } from "../support/mall";

/** What `npm start` gives a mall: see bin/bootstrap/commands.mjs. */
export const HEAP = [
  "--max-old-space-size=320",
  "--min-semi-space-size=16",
  "--max-semi-space-size=16",
  "--heap-growing-percent=15",
];
const MEMORY = { MALLOC_ARENA_MAX: "2", MALLOC_TRIM_THRESHOLD_: "131072", MALLOC_MMAP_THRESHOLD_: "131072" };

/** On a machine that does other things too, a demo market takes its time; how long a start takes is asked elsewhere. */
const READY_WITHIN_MS = 300_000;

export async function benchMall(more: Partial<MallOptions> = {}): Promise<RunningMall> {
  const dataDir = more.dataDir ?? (await mkdtemp(path.join(tmpdir(), "stoa-bench-")));
  const options = {
    readyWithinMs: READY_WITHIN_MS,
    ...more,
    dataDir,
    flags: HEAP,
    env: { ...MEMORY, ...more.env },
  };
  return startMall(options).catch(async (error: unknown) => {
    if (more.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
    throw error;
  });
}

export async function endMall(mall: RunningMall): Promise<void> {
  await mall.stop();
  await rm(mall.dataDir, { recursive: true, force: true });
}

/** Runs `stoa …` to its end. @throws Error with its last output when it fails */
export async function stoaOrFail(...args: readonly string[]): Promise<void> {
  const { code, out, err } = await stoa(...args);
  if (code !== 0)
    throw new Error(`stoa ${args.join(" ")} ended with ${code ?? "a signal"}:\n${(out + err).slice(-2_000)}`);
}

/** The most memory that the process has had so far, in MB; Linux only. */
export async function peakMemoryMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1_024);
}
