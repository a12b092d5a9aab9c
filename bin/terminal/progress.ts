/** How far something is, as a line of text. Pure: the painter decides when and where. */

export interface ProgressState {
  readonly label: string;
  readonly done: number;
  readonly failed: number;
  /** 0 to 1; null when nobody knows. */
  readonly fraction: number | null;
  readonly elapsedMs: number;
}

const BAR_WIDTH = 24;

/** `1,234,567`, on every machine alike. */
export const counted = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ",");

/** `45 s`, `3 min 20 s`, `2 h 5 min`; what is longer than four days is not worth a figure. */
export function durationText(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds > 345_600) return "long";
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3_600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3_600)} h ${Math.floor((whole % 3_600) / 60)} min`;
}

export function barText(fraction: number, width = BAR_WIDTH): string {
  const full = Math.round(Math.min(1, Math.max(0, fraction)) * width);
  return `[${"#".repeat(full)}${".".repeat(width - full)}]`;
}

export const ratePerSecond = ({ done, elapsedMs }: ProgressState): number =>
  elapsedMs > 0 ? (done * 1_000) / elapsedMs : 0;

/** How long it still takes at the pace so far; null before there is a pace. */
export function etaSeconds({ fraction, elapsedMs }: ProgressState): number | null {
  if (fraction === null || fraction < 0.005 || elapsedMs < 1_000) return null;
  return ((1 - Math.min(1, fraction)) * elapsedMs) / fraction / 1_000;
}

export function progressText(state: ProgressState, bar: boolean): string {
  const eta = etaSeconds(state);
  const parts = [
    state.label,
    bar && state.fraction !== null ? barText(state.fraction) : null,
    state.fraction === null ? null : `${Math.floor(Math.min(1, state.fraction) * 100)} %`,
    counted(state.done),
    `${counted(Math.round(ratePerSecond(state)))}/s`,
    state.failed > 0 ? `${counted(state.failed)} failed` : null,
    eta === null || state.fraction === 1 ? null : `${durationText(eta)} left`,
  ];
  return parts.filter((part) => part !== null).join("  ");
}
