import type { Aggregate } from "../kernel/aggregate";
import { changesOf, restoredState, type Restored, type Restoring } from "../kernel/restoring";
import { refuse } from "../refusals";
import type { OpenSection, SectionCalls, SectionContent } from "./section.contract";

export interface KeptSection extends SectionContent {
  readonly status: "open" | "closed";
}

export type SectionState = { readonly status: "absent" } | KeptSection;

type Restorable = Pick<SectionContent, "name" | "description" | "view">;

export type SectionEvent =
  | { readonly type: "section.opened"; readonly data: OpenSection }
  | { readonly type: "section.revised"; readonly data: Partial<Restorable> }
  | { readonly type: "section.reverted"; readonly data: Restored<Restorable> }
  | { readonly type: "section.closed"; readonly data: object }
  | { readonly type: "section.reopened"; readonly data: object };

export type SectionCommands = {
  [N in "section.open" | "section.revise" | "section.close" | "section.reopen"]: SectionCalls[N]["params"];
} & { readonly "section.revert": Restoring<Restorable> };

function existing(state: SectionState): KeptSection {
  if (state.status === "absent") return refuse("NOT_FOUND", "There is no such section.");
  return state;
}

/** The state to which an event applies: `decide` has seen to it that there is one. */
const kept = (state: SectionState): KeptSection => state as KeptSection;

export const section: Aggregate<SectionState, SectionCommands, SectionEvent> = {
  name: "section",
  schema: 1,
  initial: { status: "absent" },
  decide: {
    "section.open": (state, content) => {
      if (state.status !== "absent") refuse("ALREADY_EXISTS", "This section is already open.");
      return [{ type: "section.opened", data: content }];
    },
    "section.revise": (state, { id: _id, ...changes }) => {
      existing(state);
      return [{ type: "section.revised", data: changes }];
    },
    "section.revert": (state, old) => {
      const changes = changesOf(existing(state), old);
      return changes === null ? [] : [{ type: "section.reverted", data: changes }];
    },
    "section.close": (state) => (existing(state).status === "closed" ? [] : [{ type: "section.closed", data: {} }]),
    "section.reopen": (state) => (existing(state).status === "open" ? [] : [{ type: "section.reopened", data: {} }]),
  },
  evolve: {
    "section.opened": (_state, data) => ({ status: "open", ...data }),
    "section.revised": (state, changes) => ({ ...kept(state), ...changes }),
    "section.reverted": (state, data) => restoredState(kept(state), data),
    "section.closed": (state) => ({ ...kept(state), status: "closed" }),
    "section.reopened": (state) => ({ ...kept(state), status: "open" }),
  },
  // a closed one keeps its slug: opening it again must not collide with a newer one
  claims: (state) => (state.status === "absent" ? [] : [`section.slug/${state.slug}`]),
};
