/** Shows progress: a bar that is drawn over itself on a terminal, a line now and then elsewhere. */
import { progressText } from "./progress";

export interface Screen {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

export interface Progress {
  /** Cheap: draws only when it is time. */
  update(now: { readonly done: number; readonly failed: number; readonly fraction: number | null }): void;
  /** Draws the last state and ends the line. */
  end(): void;
}

const REDRAW_MS = 100;
const LINE_EVERY_MS = 5_000;

export function showProgress(label: string, screen: Screen, clock: () => number = Date.now): Progress {
  const started = clock();
  const terminal = screen.isTTY === true;
  const every = terminal ? REDRAW_MS : LINE_EVERY_MS;
  let drawn = started;
  let state = { done: 0, failed: 0, fraction: null as number | null };
  const draw = (): void => {
    const text = progressText({ label, ...state, elapsedMs: clock() - started }, terminal);
    if (terminal) screen.write(`\r\u001b[K${text.slice(0, (screen.columns ?? 80) - 1)}`);
    else screen.write(`${text}\n`);
  };
  return {
    update(now) {
      state = now;
      if (clock() - drawn < every) return;
      drawn = clock();
      draw();
    },
    end() {
      draw();
      if (terminal) screen.write("\n");
    },
  };
}
