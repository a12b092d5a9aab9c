/**
 * Past attempts by who made them, in memory: bounded, filled from the facts, and kept up with what other processes have
 * written since. Where all there are fit, who is not found made none; else what is not there is read: the facts are the
 * truth.
 */
import { LRUCache } from "lru-cache";
import { createLists, WHOLE_MAX, WHO, type Lists, type Who } from "./attempt-lists";
import { renewedWithin, type Renewing } from "./renewed";
import { LOOKED_AT_MAX, type Attempt, type Before, type KnownFraud, type NewAttempt } from "./checkout-features";

/** Somebody found out whether it was fraud. */
export interface Finding {
  /** Of the attempt. */
  readonly id: string;
  readonly seconds: number;
  readonly fraud: boolean;
}

export interface Since {
  /** Of how many, the known ones among them. */
  readonly looked: number;
  readonly found: readonly Attempt[];
}

/** What is kept, newest first. */
export interface Kept {
  /** Of one who is the same. */
  of(who: Who, code: string, limit: number): Promise<readonly Attempt[]>;
  /** Written not before a moment (seconds since 1970), by whomever: those that are not known yet. */
  since(seconds: number, limit: number, known: (id: string) => boolean): Promise<Since>;
  findings(sinceSeconds: number, limit: number): Promise<readonly Finding[]>;
  /** Of whomever. */
  all(limit: number): Promise<readonly Attempt[]>;
}

export interface Attempts {
  /** All before one, as far as anybody has written them. */
  before(now: NewAttempt): Promise<Before>;
  readonly known: KnownFraud;
  /** True for one that certainly was not made before. */
  readonly isNew: (id: string) => boolean;
  /** One that is durable now. */
  add(attempt: Attempt): void;
}

const FINDINGS_MAX = 50_000;
/** Facts are read in the order of the moment in them, and become durable a little later. */
const OVERLAP_SECONDS = 2;
const PAGE = 1_000;
/** Newest attempts that are known by their ids: what is looked at again is read again only where it is none of them. */
const KNOWN_MAX = 4 * PAGE;
/**
 * Of what other processes write, so much may be missing for so long; what is found out comes days later anyhow. What
 * this process writes is there at once.
 */
const FRESH_SECONDS = { attempts: 0.25, findings: 1 };

const isBefore = (now: NewAttempt, one: Attempt): boolean => one.seconds < now.seconds && one.id !== now.id;

interface Findings {
  readonly known: KnownFraud;
  /** Looks for new ones, now and then. */
  readonly hear: Renewing;
}

function createFindings(kept: Kept): Findings {
  const findings = new Map<string, Finding>();
  let foundUntil = 0;
  return {
    known: (id, bySeconds) => {
      const finding = findings.get(id);
      return finding !== undefined && finding.fraud && finding.seconds <= bySeconds;
    },
    hear: renewedWithin(FRESH_SECONDS.findings, async () => {
      const found = await kept.findings(foundUntil === 0 ? 0 : foundUntil - OVERLAP_SECONDS, FINDINGS_MAX);
      for (const finding of [...found].reverse()) {
        findings.set(finding.id, finding);
        foundUntil = Math.max(foundUntil, finding.seconds);
      }
      for (const id of findings.keys()) {
        if (findings.size <= FINDINGS_MAX) break;
        findings.delete(id);
      }
    }),
  };
}

/** Reads all there is, once, behind whoever asks; more than fits is left in the store. */
function filling(kept: Kept, lists: Lists): { add(attempt: Attempt): void; begin(): void } {
  /** Those that come in while it reads; null when it does not. */
  let late: Attempt[] | null = null;
  let begun = false;
  async function read(): Promise<void> {
    late = [];
    const found = await kept.all(WHOLE_MAX);
    if (found.length < WHOLE_MAX) lists.fill([...found, ...late]);
  }
  return {
    add: (attempt) => void late?.push(attempt),
    begin() {
      if (begun) return;
      begun = true;
      void read()
        // who is asked for is read one by one then, and all of it another time
        .catch(() => (begun = false))
        .finally(() => (late = null));
    },
  };
}

const NOTHING: Since = { looked: 0, found: [] };

export function createAttempts(kept: Kept): Attempts {
  const lists = createLists();
  const findings = createFindings(kept);
  const whole = filling(kept, lists);
  const known = new LRUCache<string, true>({ max: KNOWN_MAX });
  let seenUntil: number | null = null;

  const add = (attempt: Attempt): void => {
    known.set(attempt.id, true);
    whole.add(attempt);
    lists.add(attempt);
  };
  const catchUp = renewedWithin(FRESH_SECONDS.attempts, async (now) => {
    const since = seenUntil === null ? null : seenUntil - OVERLAP_SECONDS;
    // the first time nothing is remembered yet: whatever is asked for is read
    const { looked, found } = since === null ? NOTHING : await kept.since(since, PAGE, (id) => known.has(id));
    seenUntil = now;
    // more than fits: what is remembered may lack something
    if (looked === PAGE) lists.forget();
    else found.forEach(add);
  });
  async function listOf(who: Who, code: string | null): Promise<readonly Attempt[]> {
    const there = code === null ? [] : lists.find(who, code);
    if (there || code === null) return there ?? [];
    const read = [...(await kept.of(who, code, LOOKED_AT_MAX))].reverse();
    lists.set(who, code, read);
    return read;
  }
  return {
    async before(now) {
      const [, , ...found] = await Promise.all([
        findings.hear(now.seconds),
        catchUp(now.seconds),
        ...WHO.map((who) => listOf(who, now[who])),
      ]);
      whole.begin();
      const lists = found.map((list) => list.filter((one) => isBefore(now, one)));
      return Object.fromEntries(WHO.map((who, w) => [who, lists[w] ?? []])) as unknown as Before;
    },
    known: findings.known,
    isNew: lists.isNew,
    add,
  };
}
