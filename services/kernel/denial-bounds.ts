/**
 * Who is denied on and on must not fill the disk. Somebody may be denied twenty times at one action, and then once a
 * minute, and all together a thousand times, and then ten times a minute (attempts without a login have a bound of
 * their own, so that they cannot hide the others). What is beyond is only counted; the counts of the twenty busiest
 * are told one by one, and the rest together. With a count each minute that is 60,000 facts a day of a node at worst.
 */
import { LRUCache } from "lru-cache";
import type { Denial } from "../../models/kernel/denial.contract";
import { ANONYMOUS } from "./call";

export interface DenialBounds {
  /** True when this one may be kept; else it is counted. */
  admit(denial: Denial): boolean;
  /** What was counted since the last time. */
  counted(): readonly Denial[];
}

/** May be used `burst` times, and again `perMinute` times. */
interface Rate {
  readonly burst: number;
  readonly perMinute: number;
}

interface Bucket {
  tokens: number;
  at: number;
}

const OF_ONE: Rate = { burst: 20, perMinute: 1 };
const OF_ALL: Rate = { burst: 1_000, perMinute: 10 };
const KEYS_MAX = 10_000;
const TOLD_MAX = 20;
const OTHERS = "(others)";

function taken(bucket: Bucket, { burst, perMinute }: Rate, nowMs: number): boolean {
  const refilled = bucket.tokens + (Math.max(0, nowMs - bucket.at) / 60_000) * perMinute;
  bucket.tokens = Math.min(burst, refilled);
  bucket.at = nowMs;
  if (bucket.tokens < 1) return false;
  bucket.tokens -= 1;
  return true;
}

const full = (): Bucket => ({ tokens: Infinity, at: 0 });

/** Several as one: the last of them, with how many there were and since when. */
const together = (before: Denial | undefined, denial: Denial): Denial => ({
  ...denial,
  owner: null,
  thing: null,
  trace: null,
  count: denial.count + (before?.count ?? 0),
  since: before && before.since < denial.since ? before.since : denial.since,
});

const nameless = (denial: Denial): Denial => ({
  ...denial,
  principal: OTHERS,
  action: OTHERS,
  reason: "Only counted.",
});

export function createDenialBounds(): DenialBounds {
  const buckets = new LRUCache<string, Bucket>({ max: KEYS_MAX });
  const everybodys = { anonymous: full(), known: full() };
  let counts = new Map<string, Denial>();

  function free({ principal, action, at }: Denial): boolean {
    const key = `${principal} ${action}`;
    const own = buckets.get(key) ?? full();
    buckets.set(key, own);
    const nowMs = Date.parse(at);
    const shared = principal === ANONYMOUS.id ? everybodys.anonymous : everybodys.known;
    return taken(own, OF_ONE, nowMs) && taken(shared, OF_ALL, nowMs);
  }
  return {
    admit(denial) {
      if (free(denial)) return true;
      const wanted = `${denial.principal} ${denial.action} ${denial.type}`;
      const key = counts.has(wanted) || counts.size < KEYS_MAX ? wanted : OTHERS;
      counts.set(key, together(counts.get(key), key === OTHERS ? nameless(denial) : denial));
      return false;
    },
    counted() {
      const busiest = [...counts.values()].sort((a, b) => b.count - a.count);
      counts = new Map();
      const rest = busiest
        .slice(TOLD_MAX)
        .reduce<Denial | undefined>((sum, one) => together(sum, nameless(one)), undefined);
      return [...busiest.slice(0, TOLD_MAX), ...(rest ? [rest] : [])];
    },
  };
}
