import type { Aggregate } from "../kernel/aggregate";
import { changesOf, restoredState, type Restored, type Restoring } from "../kernel/restoring";
import { refuse } from "../refusals";
import type { MerchandisingCalls, MerchandisingContent } from "./merchandising.contract";
import type { MerchandisingRule, RankingRule, RuleFilter } from "./merchandising.rule.contract";

export interface KeptMerchandising extends MerchandisingContent {
  readonly status: "off" | "on";
}

export type MerchandisingState = { readonly status: "absent" } | KeptMerchandising;

type Restorable = Pick<MerchandisingContent, "name" | "from" | "until" | "priority" | "rule">;

/** Null: the field is left from now on. */
interface Revised extends Partial<Pick<MerchandisingContent, "name" | "priority" | "rule">> {
  readonly from?: string | null;
  readonly until?: string | null;
}

export type MerchandisingEvent =
  | { readonly type: "merchandising.created"; readonly data: MerchandisingContent }
  | { readonly type: "merchandising.revised"; readonly data: Revised }
  | { readonly type: "merchandising.reverted"; readonly data: Restored<Restorable> }
  | { readonly type: "merchandising.enabled"; readonly data: object }
  | { readonly type: "merchandising.disabled"; readonly data: object };

type Unlike = "merchandising.revert" | "merchandising.list" | "merchandising.get" | "merchandising.preview";

export type MerchandisingCommands = {
  [N in Exclude<keyof MerchandisingCalls, Unlike>]: MerchandisingCalls[N]["params"];
} & { readonly "merchandising.revert": Restoring<Restorable> };

function existing(state: MerchandisingState): KeptMerchandising {
  if (state.status === "absent") return refuse("NOT_FOUND", "There is no such rule.");
  return state;
}

/** The state to which an event applies: `decide` has seen to it that there is one. */
const kept = (state: MerchandisingState): KeptMerchandising => state as KeptMerchandising;

const odd = (why: string): never => refuse("MERCHANDISING_ODD", why);

const firstIn = (ids: readonly string[], ...lists: readonly (readonly string[])[]): string | undefined =>
  ids.find((id) => lists.some((list) => list.includes(id)));

function refuseOddFilter({ priceMin = 0, priceMax = priceMin }: RuleFilter): void {
  if (priceMin > priceMax) odd("The rule asks for a price that is above its own upper bound.");
}

function refuseOddRanking({ pin = [], bury = [], hide = [], only }: RankingRule): void {
  if (only) refuseOddFilter(only);
  const twice = firstIn(pin, bury, hide) ?? firstIn(bury, hide);
  if (twice !== undefined) odd(`The rule puts ${twice} in two places at once.`);
}

function refuseOddRule(rule: MerchandisingRule): void {
  if (rule.kind === "ranking") refuseOddRanking(rule);
  if (rule.kind === "synonyms" && rule.from === undefined && rule.words.length < 2) {
    odd("A word alone means the same as itself: give another one, or `from` for a one-way synonym.");
  }
}

function refuseOdd({ rule, from, until }: Pick<MerchandisingContent, "rule" | "from" | "until">): void {
  if (from !== undefined && until !== undefined && from >= until) odd("The rule would end before it begins.");
  refuseOddRule(rule);
}

/** The state with the changes; a moment that is null is left. */
function revised(state: KeptMerchandising, changes: Revised): KeptMerchandising {
  const all = Object.entries({ ...state, ...changes }).filter(([, value]) => value !== null);
  return Object.fromEntries(all) as unknown as KeptMerchandising;
}

export const merchandising: Aggregate<MerchandisingState, MerchandisingCommands, MerchandisingEvent> = {
  name: "merchandising",
  schema: 1,
  initial: { status: "absent" },
  decide: {
    "merchandising.create": (state, { on, ...content }) => {
      if (state.status !== "absent") refuse("ALREADY_EXISTS", "This rule exists already.");
      refuseOdd(content);
      const created = { type: "merchandising.created", data: content } as const;
      return on === true ? [created, { type: "merchandising.enabled", data: {} }] : [created];
    },
    "merchandising.revise": (state, { id: _id, ...changes }) => {
      const before = existing(state);
      if (changes.rule !== undefined && changes.rule.kind !== before.rule.kind) {
        odd(`This rule is one of ${before.rule.kind}; write a new one for ${changes.rule.kind}.`);
      }
      refuseOdd(revised(before, changes));
      return [{ type: "merchandising.revised", data: changes }];
    },
    "merchandising.revert": (state, old) => {
      const changes = changesOf(existing(state), old);
      return changes === null ? [] : [{ type: "merchandising.reverted", data: changes }];
    },
    "merchandising.enable": (state) =>
      existing(state).status === "on" ? [] : [{ type: "merchandising.enabled", data: {} }],
    "merchandising.disable": (state) =>
      existing(state).status === "off" ? [] : [{ type: "merchandising.disabled", data: {} }],
  },
  evolve: {
    "merchandising.created": (_state, data) => ({ status: "off", ...data }),
    "merchandising.revised": (state, changes) => revised(kept(state), changes),
    "merchandising.reverted": (state, data) => restoredState(kept(state), data),
    "merchandising.enabled": (state) => ({ ...kept(state), status: "on" }),
    "merchandising.disabled": (state) => ({ ...kept(state), status: "off" }),
  },
};
