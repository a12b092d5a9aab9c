/**
 * Facts about one person. Each is sealed for itself, with a key of that person's own, before it leaves the process, and
 * lies under a pseudonym: the store alone tells neither whose it is nor what it says. Destroying the key ends them all,
 * also those in backups; what is removed is gone from the store as well.
 */
import type { Iso } from "./row";
import { decrypt, encrypt } from "./subject-keys";

export interface SealedFact {
  /** Derived from whose it is and what it tells, so that a fact that comes again is found to be there. */
  readonly _id: string;
  /** A pseudonym. */
  readonly who: string;
  readonly at: Iso;
  readonly sealed: string;
}

export interface SealedFacts {
  /** Resolves when it is durable. Repeating it is safe. */
  add(fact: SealedFact): Promise<void>;
  /** Newest first. */
  newest(who: string, limit: number): Promise<readonly SealedFact[]>;
  /** Every one of them, oldest first. */
  all(who: string): AsyncIterable<SealedFact>;
  remove(who: string): Promise<void>;
}

export type FactPlace = Omit<SealedFact, "sealed">;

const bound = ({ _id, who, at }: FactPlace): string => JSON.stringify([_id, who, at]);

export const sealFact = (key: Buffer, place: FactPlace, content: object): SealedFact => ({
  ...place,
  sealed: encrypt(key, Buffer.from(JSON.stringify(content)), bound(place)),
});

/** What was sealed. @throws Error when it was changed, moved, or sealed with another key */
export const openFact = (key: Buffer, { sealed, ...place }: SealedFact): unknown =>
  JSON.parse(decrypt(key, sealed, bound(place)).toString());
