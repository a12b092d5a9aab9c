/**
 * The store of claims, as narrow as the guarantee needs it: an insert that fails when the key is taken, and two
 * changes that happen only while a claim is still exactly the one that was read.
 */
import type { Claim } from "./claims";

export interface ClaimRows {
  /** Tries to insert the claim. False: somebody has the key, or the outcome is unknown; read it to find out. */
  insert(claim: Claim): Promise<boolean>;
  /** The claims on these keys that exist. @throws when the store does not answer */
  find(keys: readonly string[]): Promise<ReadonlyMap<string, Claim>>;
  /** Replaces `was` by `next` if `was` still stands. False: it does not, start over. */
  swap(was: Claim, next: Claim): Promise<boolean>;
  /** Deletes each of these claims that still stands exactly so. */
  remove(claims: readonly Claim[]): Promise<void>;
}

/** Claims in memory, for a process that keeps nothing and for tests: the same answers, no durability. */
export function memoryClaimRows(): ClaimRows & { all(): readonly Claim[] } {
  const rows = new Map<string, Claim>();
  const stands = (claim: Claim): boolean => {
    const found = rows.get(claim._id);
    return found?.holder === claim.holder && found.epoch === claim.epoch;
  };
  return {
    insert(claim) {
      const free = !rows.has(claim._id);
      if (free) rows.set(claim._id, claim);
      return Promise.resolve(free);
    },
    find(keys) {
      const found = keys.flatMap((key) => rows.get(key) ?? []);
      return Promise.resolve(new Map(found.map((claim) => [claim._id, claim])));
    },
    swap(was, next) {
      const same = stands(was);
      if (same) rows.set(next._id, next);
      return Promise.resolve(same);
    },
    remove(claims) {
      for (const claim of claims) if (stands(claim)) rows.delete(claim._id);
      return Promise.resolve();
    },
    all: () => [...rows.values()],
  };
}
