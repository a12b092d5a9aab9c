/** Facts that are counted by somebody else later: each is taken in once, however often it comes. */
import type { Iso } from "./row";

export interface CountedFact {
  /** Derived from what makes it this fact and no other. */
  readonly _id: string;
  /** When it was taken in. */
  readonly at: Iso;
}

export interface CountedFacts<F extends CountedFact> {
  /** Resolves when all are durable, with the ids of those that were there before. Repeating it is safe. */
  append(facts: readonly F[]): Promise<ReadonlySet<string>>;
  /** Oldest first, from a moment on. */
  since(at: Iso, limit: number): Promise<readonly F[]>;
}
