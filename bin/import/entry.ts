/** What a file is cut into, and what a format makes of it. */
import type { FormatOptions, Parsed } from "./record";

/** One piece of a file that becomes one record. */
export interface Entry {
  /** Counts up along the file and is the same in every run: by it a later run finds its place. */
  readonly number: number;
  /** Where it begins, from 1, for the report. */
  readonly line: number;
  /** Pure, and done only for what is not yet brought in. */
  readonly parse: () => Parsed;
}

export interface Format {
  readonly name: string;
  readonly summary: string;
  /** Cuts a file into its records, with no more of it in memory than it needs. */
  read(chunks: AsyncIterable<Buffer>, options: FormatOptions): AsyncIterable<Entry>;
}

export const failed = (id: string | null, problem: string): Parsed => ({ ok: false, id, problem });
