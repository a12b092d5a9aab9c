/**
 * A claim is a unique key held by an aggregate: an SKU, a code, the HMAC of an e-mail address. It is taken before
 * the holder's commit, so that two holders can never both commit; a claim whose holder never came to commit is
 * stale, and is taken over only after the old holder was fenced.
 */

export interface Claim {
  /** `<kind>/<key>`. */
  readonly _id: string;
  /** `<aggregate>/<id>`. */
  readonly holder: string;
  /** Raised at each change of hands; what compare-and-set compares. */
  readonly epoch: number;
}

export interface Claims {
  /**
   * Takes every key for `holder`, or none. A key that it holds already counts as taken.
   * @throws CLAIM_TAKEN naming the key, when another aggregate rightly holds it
   */
  take(holder: string, keys: readonly string[]): Promise<void>;
  /**
   * Who holds the key, `<aggregate>/<id>`, or null. A stale claim is told too: whoever asks reads the holder's state.
   * @throws when the store does not answer
   */
  find(key: string): Promise<string | null>;
  /** Gives keys back that the holder's newest state no longer claims. Never throws: a leftover is stale, not wrong. */
  release(holder: string, keys: readonly string[]): Promise<void>;
}
