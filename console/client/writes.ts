/**
 * What this page wrote and wants to see: the tokens of the last commands go along with every query, so that nobody
 * reads what was before the own change. They are forgotten after a while: by then everything has seen them.
 */
const KEPT_MAX = 4;
const KEPT_MS = 30_000;

interface Kept {
  readonly token: string;
  readonly until: number;
}

let kept: readonly Kept[] = [];

export function noteWrite(token: string | null, now = Date.now()): void {
  if (token === null) return;
  kept = [...kept.filter(({ until }) => until > now), { token, until: now + KEPT_MS }].slice(-KEPT_MAX);
}

/** For the header `Stoa-Token`; null where nothing was written lately. */
export function writesSeen(now = Date.now()): string | null {
  kept = kept.filter(({ until }) => until > now);
  return kept.length === 0 ? null : kept.map(({ token }) => token).join(",");
}

export function forgetWrites(): void {
  kept = [];
}
