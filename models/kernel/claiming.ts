/**
 * How claims change hands. The promise: no two aggregates whose newest committed states claim the same key, whoever
 * crashes and whenever. Four rules keep it:
 * 1. A take is good for one insert only, at the version after the state that was read BEFORE taking. After a failed
 *    insert the command is decided, and its keys are taken, again.
 * 2. A stale claim is taken over only after its holder was fenced: whatever the holder still has under way was
 *    decided before, so it conflicts with the fence.
 * 3. Every take of a key gets an epoch of its own, also when the holder takes what it has already: a takeover that
 *    began before must lose its compare-and-set. First epochs are random, so that a key given back and taken again
 *    never looks like the claim that somebody read earlier.
 * 4. A claim is deleted only by the process that knows the epoch it took. What is left over is stale, not wrong.
 */
import { randomInt } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { LRUCache } from "lru-cache";
import type { ClaimRows } from "./claim-rows";
import type { Claim, Claims } from "./claims";
import { refuseKernel } from "./refusal";

export interface ClaimingDeps {
  readonly rows: ClaimRows;
  /** The keys that the holder's newest committed state claims; none for a holder without a history. */
  holdersClaims(holder: string): Promise<{ readonly claims: readonly string[] }>;
  /** Makes everything conflict that the holder has under way. `now-held`: it committed the key meanwhile. */
  fence(holder: string, claim: Claim): Promise<"fenced" | "now-held">;
  /** The epoch of a claim on a free key. */
  readonly firstEpoch?: () => number;
  /** Waits before a holder that seems to have died is fenced: mostly it is just about to commit. */
  readonly grace?: () => Promise<unknown>;
  /** Epochs kept in memory, for giving back; what is forgotten stays as a stale claim. The memory is taken at once. */
  readonly rememberedMax?: number;
}

const ATTEMPTS_MAX = 12;
const KEYS_MAX = 100;
const REMEMBERED_MAX = 50_000;
const EPOCH_FIRST_MAX = 2 ** 47;
const GRACE_MS = 30;

/** A claim that this take made: `fresh` when the key was not the holder's before, so that giving it back is right. */
interface Taken {
  readonly claim: Claim;
  readonly fresh: boolean;
}

export function createClaims(deps: ClaimingDeps): Claims {
  const epochs = new LRUCache<string, number>({ max: deps.rememberedMax ?? REMEMBERED_MAX });
  const named = (holder: string, key: string): string => `${holder}\n${key}`;
  return {
    async take(holder, keys) {
      const wanted = [...new Set(keys)];
      if (wanted.length > KEYS_MAX) throw new RangeError(`${holder} claims ${wanted.length} keys; ${KEYS_MAX} at most`);
      for (const { claim } of await takeAll(deps, holder, wanted)) epochs.set(named(holder, claim._id), claim.epoch);
    },
    find: async (key) => (await deps.rows.find([key])).get(key)?.holder ?? null,
    async release(holder, keys) {
      // read before the first await: a later take by this holder gets a later epoch, which must survive
      const claims = keys.flatMap((key) => {
        const epoch = epochs.get(named(holder, key));
        epochs.delete(named(holder, key));
        return epoch === undefined ? [] : [{ _id: key, holder, epoch }];
      });
      await giveBack(deps.rows, claims);
    },
  };
}

async function giveBack(rows: ClaimRows, claims: readonly Claim[]): Promise<void> {
  if (claims.length === 0) return;
  await rows.remove(claims).catch(() => undefined); // stays as a stale claim, which the next taker takes over
}

async function takeAll(deps: ClaimingDeps, holder: string, keys: readonly string[]): Promise<readonly Taken[]> {
  const taken = await Promise.allSettled(keys.map((key) => takeOne(deps, holder, key)));
  const failed = taken.find((result) => result.status === "rejected");
  const got = taken.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  if (!failed) return got;
  await giveBack(
    deps.rows,
    got.flatMap(({ claim, fresh }) => (fresh ? [claim] : [])),
  );
  throw failed.reason;
}

async function takeOne(deps: ClaimingDeps, holder: string, key: string): Promise<Taken> {
  const { firstEpoch = () => randomInt(1, EPOCH_FIRST_MAX) } = deps;
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
    const claim = { _id: key, holder, epoch: firstEpoch() };
    if (await deps.rows.insert(claim)) return { claim, fresh: true };
    const found = (await deps.rows.find([key])).get(key);
    const taken = found && (await takeHeld(deps, holder, found));
    if (taken) return taken;
  }
  return refuseKernel("WRITES_CONTENDED", `Many at once want "${key}"; ask again in a moment.`, { key });
}

/** Null: the claim changed meanwhile. @throws CLAIM_TAKEN */
async function takeHeld(deps: ClaimingDeps, holder: string, found: Claim): Promise<Taken | null> {
  const own = found.holder === holder;
  if (!own && (await hold(deps, found))) {
    refuseKernel("CLAIM_TAKEN", `"${found._id}" is taken already; choose another one.`, { key: found._id });
  }
  const claim = { _id: found._id, holder, epoch: found.epoch + 1 };
  return (await deps.rows.swap(found, claim)) ? { claim, fresh: !own } : null;
}

/** True when the holder rightly holds the claim; false when it is fenced, so that the claim may be taken over. */
async function hold(deps: ClaimingDeps, claim: Claim): Promise<boolean> {
  const { grace = () => wait(GRACE_MS) } = deps;
  const holds = async (): Promise<boolean> => (await deps.holdersClaims(claim.holder)).claims.includes(claim._id);
  if (await holds()) return true;
  await grace();
  if (await holds()) return true;
  return (await deps.fence(claim.holder, claim)) === "now-held";
}
