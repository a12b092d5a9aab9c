/** The log of a node: a JSON object per line, wherever its lines go. */
import pino, { type Logger } from "pino";

export const nodeLog = (level: string, write: (line: string) => void): Logger =>
  pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, { write: (text) => write(text.trimEnd()) });
