/** A service's log in the data folder: the last runs, bounded in size. A full disk must not end the mall by it. */
import { appendFileSync, renameSync, statSync } from "node:fs";
import type { Log } from "../parts";

const BYTES_MAX = 8 << 20;

function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
}

export function logFile(file: string): Log {
  let bytes = sizeOf(file);
  return (line) => {
    try {
      if (bytes > BYTES_MAX) {
        renameSync(file, `${file}.old`);
        bytes = 0;
      }
      const text = `${new Date().toISOString()} ${line}\n`;
      appendFileSync(file, text);
      bytes += text.length;
    } catch {
      // the line is lost; what it told of goes on
    }
  };
}
