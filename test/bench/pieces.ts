/** A long benchmark in pieces: each is kept as it comes, so that a run that was cut can go on. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Answer } from "./report";

export const RESUME = "--resume";

export interface PieceKept {
  readonly measuredAt: string;
  readonly answers: readonly Answer[];
}

const FOLDER = path.join(process.cwd(), "data", "bench");
const FRESH_MS = 3 * 60 * 60_000;

const fileOf = (bench: string, piece: string): string => path.join(FOLDER, `${bench}-${piece}.json`);

/** What was measured in the last hours; null for what was not. */
export async function pieceOf(bench: string, piece: string): Promise<PieceKept | null> {
  const text = await readFile(fileOf(bench, piece), "utf8").catch(() => null);
  const kept = text === null ? null : (JSON.parse(text) as PieceKept);
  return kept !== null && Date.now() - Date.parse(kept.measuredAt) < FRESH_MS ? kept : null;
}

export async function keptPiece(bench: string, piece: string, answers: readonly Answer[]): Promise<readonly Answer[]> {
  await mkdir(FOLDER, { recursive: true });
  const kept: PieceKept = { measuredAt: new Date().toISOString(), answers };
  await writeFile(fileOf(bench, piece), JSON.stringify(kept));
  return answers;
}
