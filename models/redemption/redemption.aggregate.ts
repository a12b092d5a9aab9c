import type { Aggregate } from "../kernel/aggregate";
import type { Iso } from "../kernel/row";
import { refuse } from "../refusals";
import { OPEN_USES_MAX, type Counted, type CountUse } from "./redemption.contract";
import { openSince } from "./redemption.uses.contract";

/** Since when a use is open, by its id. */
type OpenUses = Readonly<Record<string, Iso>>;

export type RedemptionState =
  | { readonly status: "absent" }
  | { readonly status: "counting"; readonly key: string; readonly used: number; readonly open: OpenUses };

type Counting = Extract<RedemptionState, { status: "counting" }>;

interface Use {
  readonly useId: string;
}

export type RedemptionEvent =
  | { readonly type: "redemption.counted"; readonly data: Use & { readonly key: string; readonly at: Iso } }
  | { readonly type: "redemption.uncounted"; readonly data: Use }
  | { readonly type: "redemption.annulled"; readonly data: Use }
  | { readonly type: "redemption.confirmed"; readonly data: Use };

export interface RedemptionCommands {
  "redemption.count": CountUse;
  "redemption.uncount": Counted;
  "redemption.annul": Counted;
  "redemption.confirm": Counted;
}

const NONE: OpenUses = {};
const openOf = (state: RedemptionState): OpenUses => (state.status === "absent" ? NONE : state.open);
const without = (open: OpenUses, useId: string): OpenUses =>
  Object.fromEntries(Object.entries(open).filter(([id]) => id !== useId));
const youngerThan = (open: OpenUses, since: Iso): OpenUses =>
  Object.fromEntries(Object.entries(open).filter(([, at]) => at >= since));

export const redemption: Aggregate<RedemptionState, RedemptionCommands, RedemptionEvent> = {
  name: "redemption",
  schema: 1,
  initial: { status: "absent" },
  decide: {
    "redemption.count": (state, { key, useId, usesMax }, at) => {
      const open = openOf(state);
      if (Object.hasOwn(open, useId)) return [];
      const used = state.status === "absent" ? 0 : state.used;
      if (used >= usesMax) refuse("PROMOTION_USED_UP", "It was used as often as it may be used.", { key, usesMax });
      if (Object.keys(youngerThan(open, openSince(at))).length >= OPEN_USES_MAX) {
        refuse("PROMOTION_BUSY", "Too many are buying with it at this moment; try again in a minute.", { key });
      }
      return [{ type: "redemption.counted", data: { key, useId, at } }];
    },
    // what is not open was given back, kept, or never taken
    "redemption.uncount": (state, { useId }) =>
      Object.hasOwn(openOf(state), useId) ? [{ type: "redemption.uncounted", data: { useId } }] : [],
    "redemption.annul": (_state, { useId }) => [{ type: "redemption.annulled", data: { useId } }],
    "redemption.confirm": (state, { useId }) =>
      Object.hasOwn(openOf(state), useId) ? [{ type: "redemption.confirmed", data: { useId } }] : [],
  },
  evolve: {
    "redemption.counted": (state, { key, useId, at }) => ({
      status: "counting",
      key,
      used: (state.status === "absent" ? 0 : state.used) + 1,
      open: { ...youngerThan(openOf(state), openSince(at)), [useId]: at },
    }),
    "redemption.uncounted": (state, { useId }) => {
      const counting = state as Counting;
      return { ...counting, used: counting.used - 1, open: without(counting.open, useId) };
    },
    // the row itself is what counts: its command id is taken
    "redemption.annulled": (state) => state,
    "redemption.confirmed": (state, { useId }) => ({ ...(state as Counting), open: without(openOf(state), useId) }),
  },
};
