/**
 * Products, offers and stock lie in histories of their own, each in the order of its own ids. To bring together what
 * belongs together without holding all of it, everything is first dealt out by product into pieces on disk, of which
 * then one at a time fits into memory.
 */
import { createHash } from "node:crypto";
import { appendFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

/** What a piece holds of one aggregate. */
export interface Part {
  readonly aggregate: "product" | "offer" | "stock";
  readonly id: string;
  readonly productId: string;
  readonly state: Readonly<Record<string, unknown>>;
}

export interface Pieces {
  add(part: Part): Promise<void>;
  /** Piece by piece; every part of a product is in the same one. */
  read(): AsyncGenerator<readonly Part[], void, undefined>;
  remove(): Promise<void>;
}

/** Parts that one piece should hold, and how many pieces there are at most: beyond both, pieces grow. */
const PARTS_EACH = 4_000;
const PIECES_MAX = 256;
const HELD_CHARS_MAX = 64 << 10;

export const piecesFor = (parts: number): number => Math.min(PIECES_MAX, Math.max(1, Math.ceil(parts / PARTS_EACH)));

/** @param parts how many there are, about */
export async function createPieces(parts: number): Promise<Pieces> {
  const folder = await mkdtemp(path.join(tmpdir(), "stoa-export-"));
  const held = Array.from({ length: piecesFor(parts) }, () => "");
  const fileOf = (piece: number): string => path.join(folder, `${piece}.jsonl`);
  const flush = async (piece: number): Promise<void> => {
    const text = held[piece] ?? "";
    held[piece] = "";
    if (text !== "") await appendFile(fileOf(piece), text);
  };
  return {
    async add(part) {
      const piece = createHash("md5").update(part.productId).digest().readUInt32BE(0) % held.length;
      held[piece] = `${held[piece] ?? ""}${JSON.stringify(part)}\n`;
      if ((held[piece] ?? "").length > HELD_CHARS_MAX / held.length + 1_024) await flush(piece);
    },
    async *read() {
      for (let piece = 0; piece < held.length; piece++) {
        await flush(piece);
        const text = await readFile(fileOf(piece), "utf8").catch(() => "");
        yield text
          .split("\n")
          .filter((line) => line !== "")
          .map((line) => JSON.parse(line) as Part);
      }
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
