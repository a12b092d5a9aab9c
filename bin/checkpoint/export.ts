/** A checkpoint as it is taken away: with the public key that tells everybody else whether it is ours. Pure. */
import type { Checkpoint } from "../../models/kernel/checkpoint";
import { Sentence } from "../terminal/sentence";

export interface Exported {
  readonly checkpoint: Checkpoint;
  /** PEM. */
  readonly publicKey: string;
}

const FILE_CHARS_MAX = 64 * 1024;

export const exportText = (exported: Exported): string => `${JSON.stringify(exported, null, 2)}\n`;

/** @throws Sentence for a file that holds no checkpoint */
export function readExport(text: string, file: string): Exported {
  const none = new Sentence(`${file} holds no checkpoint as \`stoa checkpoint --out\` writes it.`);
  if (text.length > FILE_CHARS_MAX) throw none;
  let found: Partial<Exported> | null;
  try {
    found = JSON.parse(text) as Partial<Exported> | null;
  } catch {
    throw none;
  }
  const { seq, hash } = (found?.checkpoint ?? {}) as Partial<Checkpoint>;
  if (typeof found?.publicKey !== "string" || typeof seq !== "number" || typeof hash !== "string") throw none;
  return found as Exported;
}
