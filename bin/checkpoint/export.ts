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

function parsed(text: string): { readonly checkpoint?: Partial<Checkpoint>; readonly publicKey?: unknown } {
  try {
    return Object(JSON.parse(text)) as Partial<Exported>;
  } catch {
    return {};
  }
}

/** @throws Sentence for a file that holds no checkpoint */
export function readExport(text: string, file: string): Exported {
  const { checkpoint, publicKey } = text.length > FILE_CHARS_MAX ? {} : parsed(text);
  if (typeof publicKey === "string" && typeof checkpoint?.seq === "number" && typeof checkpoint.hash === "string") {
    return { checkpoint: checkpoint as Checkpoint, publicKey };
  }
  throw new Sentence(`${file} holds no checkpoint as \`stoa checkpoint --out\` writes it.`);
}
