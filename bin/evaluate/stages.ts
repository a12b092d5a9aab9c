/** How far a long evaluation is, as lines. */
import { durationText, etaSeconds } from "../terminal/progress";

const LINE_EVERY_MS = 5_000;

/** A line now and then: how far a stage is, and how long it still takes. */
export function stageLines(clock: () => number, write: (line: string) => void) {
  let stage = "";
  let begun = 0;
  let written = 0;
  return (name: string, fraction: number): void => {
    const now = clock();
    if (name !== stage) {
      stage = name;
      begun = now;
      written = now;
    }
    if (now - written < LINE_EVERY_MS && fraction < 1) return;
    written = now;
    const eta = etaSeconds({ label: name, done: 0, failed: 0, fraction, elapsedMs: now - begun });
    const left = fraction < 1 && eta !== null ? `  ${durationText(eta)} left` : "";
    write(`${name}  ${Math.floor(fraction * 100)} %${left}`);
  };
}
