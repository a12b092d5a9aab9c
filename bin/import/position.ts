/**
 * How far an import has come, so that after a kill it goes on there. Only a convenience: every command carries a key
 * that makes a repeat harmless, so a lost or stale position costs time and nothing else. What is kept is the line up to
 * which all are settled, and the lines that failed before it, which the next run tries again.
 */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { readOrNull } from "../folder/folder";

export interface Position {
  /** All lines up to this one are settled. */
  readonly through: number;
  readonly failed: readonly number[];
}

/** More failures than this are not remembered: the next run starts where the list was full. */
const FAILED_MAX = 10_000;

export interface Tracker {
  /** True for a line that an earlier run has brought in. */
  isDone(line: number): boolean;
  begin(line: number): void;
  settle(line: number, ok: boolean): void;
  position(): Position;
}

/** Lines are begun in the order of the file and settle in any. */
export function createTracker(from: Position): Tracker {
  const failedBefore = new Set(from.failed);
  const open = new Set<number>();
  const failed = new Set<number>(from.failed);
  let begun = from.through;
  let frozen: Position | null = null;
  const through = (): number => {
    let first = Infinity;
    for (const line of open) first = Math.min(first, line);
    // a failed line of an earlier run that is tried again does not set the rest back
    return Math.max(from.through, Math.min(begun, first - 1));
  };
  return {
    isDone: (line) => line <= from.through && !failedBefore.has(line),
    begin(line) {
      open.add(line);
      begun = Math.max(begun, line);
    },
    settle(line, ok) {
      open.delete(line);
      if (ok) failed.delete(line);
      else failed.add(line);
      if (failed.size > FAILED_MAX) frozen ??= { through: from.through, failed: from.failed };
    },
    position: () => frozen ?? { through: through(), failed: [...failed].sort((a, b) => a - b) },
  };
}

export async function hashOfFile(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  return hash.digest("hex");
}

export interface PositionFile {
  /** Whether something was begun and not ended. */
  exists(): Promise<boolean>;
  read(): Promise<Position>;
  write(position: Position): Promise<void>;
  remove(): Promise<void>;
}

const START: Position = { through: 0, failed: [] };

export function readPosition(text: string | null): Position {
  if (text === null) return START;
  try {
    const { through, failed } = JSON.parse(text) as Partial<Position>;
    const whole = (n: unknown): n is number => Number.isSafeInteger(n) && (n as number) >= 0;
    return whole(through) && Array.isArray(failed) && failed.every(whole) ? { through, failed } : START;
  } catch {
    return START;
  }
}

/** @param names everything that makes it this import: the file's hash, the format, the mall, the options */
export function positionFile(folder: string, names: readonly string[]): PositionFile {
  const hash = createHash("sha256").update(JSON.stringify(names)).digest("hex").slice(0, 32);
  const file = path.join(folder, `${hash}.position`);
  return {
    exists: async () => (await readOrNull(file)) !== null,
    read: async () => readPosition(await readOrNull(file)),
    async write(position) {
      await mkdir(folder, { recursive: true });
      await writeFile(`${file}.new`, JSON.stringify(position));
      await rename(`${file}.new`, file);
    },
    remove: () => rm(file, { force: true }),
  };
}
