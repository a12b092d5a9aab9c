/**
 * Where the mall wants a second factor of those who work for it, what they hold in the whole mall is theirs only in
 * sessions that began with one, and by keys of accounts that have one; what belongs to a party is not touched by it.
 * The session that began without is good for setting one up: the next log-in brings it, and what is held with it.
 */
import type { Grant } from "./call";

export interface Proof {
  /** The mall's switch. */
  readonly wanted: boolean;
  readonly proven: boolean;
}

export const heldWith = (grants: readonly Grant[], { wanted, proven }: Proof): readonly Grant[] =>
  wanted && !proven ? grants.filter(({ party }) => party !== null) : grants;
