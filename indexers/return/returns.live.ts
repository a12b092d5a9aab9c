/** A seller's returns by where they stand, and how many units they are about. */
import type { Commit } from "../../models/kernel/row";
import type { ReturnState } from "../../models/return/return.aggregate";
import type { Contribution, Frame, LiveProjection } from "../kernel/live";

const OPEN: readonly string[] = ["requested", "approved", "settling"];

/** Those that are over count only as long as the board counts. */
function stands({ state }: Commit, { since }: Frame): Contribution | null {
  const found = state as ReturnState;
  if (found.status === "absent" || (!OPEN.includes(found.status) && found.requestedAt < since)) return null;
  const units = found.lines.reduce((sum, { quantity }) => sum + quantity, 0);
  return { [found.status]: { returns: 1, units } };
}

export const returnsLive: LiveProjection = { widget: "returns", sources: { return: stands } };
