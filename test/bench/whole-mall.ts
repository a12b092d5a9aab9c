/** A whole mall of its own for a benchmark, started as a person starts it, and what its processes use. */
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { startMall, type MallOptions, type RunningMall } from "../support/mall";

export const STOA = path.join(__dirname, "../../bin/stoa.js");
/** As `npm start` sets them: see bin/bootstrap/commands.mjs. */
const HEAP = "--max-old-space-size=384 --max-semi-space-size=32";

export interface BenchMall extends RunningMall {
  readonly dataDir: string;
}

export async function benchMall(more: Partial<MallOptions> = {}): Promise<BenchMall> {
  const dataDir = more.dataDir ?? (await mkdtemp(path.join(tmpdir(), "stoa-bench-")));
  const env = { NODE_OPTIONS: HEAP, ...more.env };
  return { dataDir, ...(await startMall({ ...more, dataDir, env })) };
}

export async function endMall(mall: BenchMall): Promise<void> {
  await mall.stop();
  await rm(mall.dataDir, { recursive: true, force: true });
}

/** Runs `stoa …` to its end. @throws Error with its last output when it fails */
export function stoa(...args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [STOA, ...args], { stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (bytes: Buffer) => (said = (said + bytes.toString()).slice(-4_000)));
    }
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve(said);
      else reject(new Error(`stoa ${args.join(" ")} ended with ${code ?? "a signal"}:\n${said}`));
    });
  });
}

/** The most memory that the process has had so far, in MB; Linux only. */
export async function peakMemoryMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1_024);
}

interface RunFile {
  readonly elasticsearchUrl: string;
  readonly mongodbUrl: string;
  readonly natsUrl: string;
}

export const runFile = async (mall: BenchMall): Promise<RunFile> =>
  JSON.parse(await readFile(path.join(mall.dataDir, "run.json"), "utf8")) as RunFile;
