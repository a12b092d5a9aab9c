/** What went wrong, one JSON object per line: `{ line, id, step, problem }`. Made only when there is one. */
import { mkdirSync, openSync, closeSync, rmSync, writeSync } from "node:fs";
import path from "node:path";

export interface Problem {
  /** Line of the file, from 1. */
  readonly line: number;
  /** Of the record; null where the line does not say. */
  readonly id: string | null;
  /** `parse`, `create`, `offer …`. */
  readonly step: string;
  readonly problem: string;
}

export interface Report {
  readonly file: string;
  add(problem: Problem): void;
  close(): void;
}

const PROBLEM_CHARS_MAX = 2_000;

/** Written at once, line by line: problems are rare, and after a kill the report says what was found so far. */
export function openReport(file: string): Report {
  rmSync(file, { force: true });
  let handle: number | null = null;
  const opened = (): number => {
    mkdirSync(path.dirname(file), { recursive: true });
    return openSync(file, "a");
  };
  return {
    file,
    add(problem) {
      handle ??= opened();
      writeSync(handle, `${JSON.stringify({ ...problem, problem: problem.problem.slice(0, PROBLEM_CHARS_MAX) })}\n`);
    },
    close() {
      if (handle !== null) closeSync(handle);
      handle = null;
    },
  };
}
