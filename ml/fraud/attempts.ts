/**
 * Past attempts by who made them, in memory: bounded, filled from the facts when somebody is asked for the first time,
 * and kept up with what other processes have written since. What is not there is read again: the facts are the truth.
 */
import { LRUCache } from "lru-cache";
import { LOOKED_AT_MAX, type Attempt, type Before, type KnownFraud, type NewAttempt } from "./checkout-features";

export const WHO = ["customer", "card", "address", "seller"] as const;
export type Who = (typeof WHO)[number];

/** Somebody found out whether it was fraud. */
export interface Finding {
  /** Of the attempt. */
  readonly id: string;
  readonly seconds: number;
  readonly fraud: boolean;
}

/** What is kept, newest first. */
export interface Kept {
  /** Of one who is the same. */
  of(who: Who, code: string, limit: number): Promise<readonly Attempt[]>;
  /** Written not before a moment (seconds since 1970), by whomever. */
  since(seconds: number, limit: number): Promise<readonly Attempt[]>;
  findings(sinceSeconds: number, limit: number): Promise<readonly Finding[]>;
}

export interface Attempts {
  /** All before one, as far as anybody has written them. */
  before(now: NewAttempt): Promise<Before>;
  readonly known: KnownFraud;
  /** One that is durable now. */
  add(attempt: Attempt): void;
}

const LISTS_MAX = 20_000;
const FINDINGS_MAX = 50_000;
/** Facts are read in the order of the moment in them, and become durable a little later. */
const OVERLAP_SECONDS = 2;
const PAGE = 1_000;
/**
 * Of what other processes write, so much may be missing for so long; what is found out comes days later anyhow. What
 * this process writes is there at once.
 */
const FRESH_SECONDS = { attempts: 0.25, findings: 1 };

const earlier = (a: Attempt, b: Attempt): number => a.seconds - b.seconds || (a.id < b.id ? -1 : 1);

/** Oldest first, bounded; what is there already is left. */
function put(list: Attempt[], attempt: Attempt): void {
  if (list.some(({ id }) => id === attempt.id)) return;
  list.push(attempt);
  const last = list.length - 1;
  if (last > 0 && earlier(list[last - 1] as Attempt, attempt) > 0) list.sort(earlier);
  if (list.length > LOOKED_AT_MAX) list.shift();
}

const isBefore = (now: NewAttempt, one: Attempt): boolean => one.seconds < now.seconds && one.id !== now.id;

interface Findings {
  readonly known: KnownFraud;
  /** Looks for new ones, now and then. */
  hear(now: number): Promise<void>;
}

function createFindings(kept: Kept): Findings {
  const findings = new Map<string, Finding>();
  let [foundUntil, heardAt] = [0, -Infinity];
  return {
    known: (id, bySeconds) => {
      const finding = findings.get(id);
      return finding !== undefined && finding.fraud && finding.seconds <= bySeconds;
    },
    async hear(now) {
      if (Math.abs(now - heardAt) < FRESH_SECONDS.findings) return;
      heardAt = now;
      const found = await kept.findings(foundUntil === 0 ? 0 : foundUntil - OVERLAP_SECONDS, FINDINGS_MAX);
      for (const finding of [...found].reverse()) {
        findings.set(finding.id, finding);
        foundUntil = Math.max(foundUntil, finding.seconds);
      }
      for (const id of findings.keys()) {
        if (findings.size <= FINDINGS_MAX) break;
        findings.delete(id);
      }
    },
  };
}

export function createAttempts(kept: Kept): Attempts {
  const lists = new LRUCache<string, Attempt[]>({ max: LISTS_MAX });
  const findings = createFindings(kept);
  let seenUntil: number | null = null;

  const add = (attempt: Attempt): void => {
    for (const who of WHO) {
      const code = attempt[who];
      const list = code === null ? undefined : lists.get(`${who}:${code}`);
      if (list) put(list, attempt);
    }
  };
  async function catchUp(now: number): Promise<void> {
    // nothing is remembered yet: whatever is asked for is read
    if (seenUntil === null) return void (seenUntil = now);
    if (now - seenUntil < FRESH_SECONDS.attempts) return;
    const since = seenUntil - OVERLAP_SECONDS;
    seenUntil = now;
    const found = await kept.since(since, PAGE);
    // more than fits: what is remembered may lack something
    if (found.length === PAGE) lists.clear();
    else found.forEach(add);
  }
  async function listOf(who: Who, code: string | null): Promise<readonly Attempt[]> {
    if (code === null) return [];
    const key = `${who}:${code}`;
    const there = lists.get(key);
    if (there) return there;
    const read = [...(await kept.of(who, code, LOOKED_AT_MAX))].reverse();
    lists.set(key, read);
    return read;
  }
  return {
    async before(now) {
      const [, , ...found] = await Promise.all([
        findings.hear(now.seconds),
        catchUp(now.seconds),
        ...WHO.map((who) => listOf(who, now[who])),
      ]);
      const [customer, card, address, seller] = found.map((list) => list.filter((one) => isBefore(now, one)));
      return { customer, card, address, seller } as Before;
    },
    known: findings.known,
    add,
  };
}
