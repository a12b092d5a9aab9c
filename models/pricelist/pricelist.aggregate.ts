import type { Aggregate } from "../kernel/aggregate";
import type { Iso } from "../kernel/row";
import { refuse } from "../refusals";
import { ENTRIES_MAX, type EndPrices, type PricelistOf, type SetPrices } from "./pricelist.contract";
import { EVERYONE, isForgotten, KEPT_DAYS, nextTurn, type PriceEntry } from "./pricelist.prices.contract";

/** Whose list it is; set with the first entry and never changed. The service looks it up. */
export interface PricelistPlace extends PricelistOf {
  readonly productId: string;
  readonly sellerId: string;
  readonly currency: string;
}

export interface KeptPricelist extends PricelistPlace {
  readonly status: "kept";
  /** Those that ended lately, too: what a price was is asked for later. */
  readonly entries: readonly PriceEntry[];
  /** The last moment that is known of: what holds for everybody, holds as of it. */
  readonly at: Iso;
}

export type PricelistState = { readonly status: "absent" } | KeptPricelist;

export type PricelistEvent =
  | { readonly type: "pricelist.opened"; readonly data: PricelistPlace }
  | { readonly type: "pricelist.set"; readonly data: { readonly entry: PriceEntry; readonly at: Iso } }
  | { readonly type: "pricelist.ended"; readonly data: { readonly name: string; readonly at: Iso } }
  | { readonly type: "pricelist.turned"; readonly data: { readonly at: Iso } };

export interface PricelistCommands {
  "pricelist.set": SetPrices & PricelistPlace;
  "pricelist.end": EndPrices;
  "pricelist.turn": PricelistOf;
}

function existing(state: PricelistState): KeptPricelist {
  if (state.status === "absent") return refuse("NOT_FOUND", "This offer has no price list.");
  return state;
}

const kept = (state: PricelistState): KeptPricelist => state as KeptPricelist;
const isOpen = ({ to }: PriceEntry, at: Iso): boolean => to === null || to > at;

/** Ends what has the name, and forgets what never began. */
const ended = (entries: readonly PriceEntry[], name: string, at: Iso): PriceEntry[] =>
  entries.flatMap((entry) => {
    if (entry.name !== name || !isOpen(entry, at)) return [entry];
    return entry.from < at ? [{ ...entry, to: at }] : [];
  });

function entryOf(params: SetPrices, now: Iso): PriceEntry {
  const { name, group = EVERYONE, tiers, from: asked = now, to = null } = params;
  const from = asked < now ? now : asked;
  if (to !== null && to <= from) refuse("PRICELIST_TIMES", "The prices would end before they begin, or are over.");
  return { name, group, tiers: [...tiers].sort((a, b) => a.quantity - b.quantity), from, to };
}

const placeOf = ({ offerId, productId, sellerId, currency }: PricelistPlace): PricelistPlace => ({
  ...{ offerId, productId, sellerId, currency },
});

export const pricelist: Aggregate<PricelistState, PricelistCommands, PricelistEvent> = {
  name: "pricelist",
  schema: 1,
  initial: { status: "absent" },
  decide: {
    "pricelist.set": (state, params, at) => {
      const set = { type: "pricelist.set", data: { entry: entryOf(params, at), at } } as const;
      if (state.status === "absent") return [{ type: "pricelist.opened", data: placeOf(params) }, set];
      const left = ended(state.entries, params.name, at).filter((entry) => !isForgotten(entry, at));
      if (left.length >= ENTRIES_MAX) {
        refuse("PRICELIST_FULL", `A price list holds ${ENTRIES_MAX} entries of the last ${KEPT_DAYS} days at most.`);
      }
      return [set];
    },
    "pricelist.end": (state, { name }, at) => {
      const open = existing(state).entries.some((entry) => entry.name === name && isOpen(entry, at));
      if (!open) refuse("NOT_FOUND", `The price list has no open entry "${name}".`, { name });
      return [{ type: "pricelist.ended", data: { name, at } }];
    },
    "pricelist.turn": (state, _params, at) =>
      existing(state).at < at ? [{ type: "pricelist.turned", data: { at } }] : [],
  },
  evolve: {
    "pricelist.opened": (_state, data) => ({ status: "kept", entries: [], at: "", ...data }),
    "pricelist.set": (state, { entry, at }) => {
      const left = ended(kept(state).entries, entry.name, at).filter((one) => !isForgotten(one, at));
      return { ...kept(state), entries: [...left, entry], at };
    },
    "pricelist.ended": (state, { name, at }) => ({ ...kept(state), entries: ended(kept(state).entries, name, at), at }),
    "pricelist.turned": (state, { at }) => ({ ...kept(state), at }),
  },
  due: (state) => {
    const at = state.status === "absent" ? null : nextTurn(state.entries, state.at);
    return at === null ? [] : [{ at, command: "pricelist.turn", params: { offerId: kept(state).offerId } }];
  },
};
