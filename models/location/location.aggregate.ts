import type { Aggregate } from "../kernel/aggregate";
import { changesOf, restoredState, type Restored, type Restoring } from "../kernel/restoring";
import { refuse } from "../refusals";
import type { LocationCalls, OpenLocation } from "./location.contract";

export interface KnownLocation extends OpenLocation {
  readonly status: "open" | "closed";
}

export type LocationState = { readonly status: "absent" } | KnownLocation;

type LocationContent = Partial<Pick<OpenLocation, "name" | "address">>;

export type LocationEvent =
  | { readonly type: "location.opened"; readonly data: OpenLocation }
  | { readonly type: "location.revised"; readonly data: LocationContent }
  | { readonly type: "location.reverted"; readonly data: Restored<LocationContent> }
  | { readonly type: "location.closed"; readonly data: object }
  | { readonly type: "location.reopened"; readonly data: object };

export type LocationCommands = {
  [N in "location.open" | "location.revise" | "location.close" | "location.reopen"]: LocationCalls[N]["params"];
} & { readonly "location.revert": Restoring<LocationContent> };

function existing(state: LocationState): KnownLocation {
  if (state.status === "absent") return refuse("NOT_FOUND", "The seller has no such location.");
  return state;
}

const known = (state: LocationState): KnownLocation => state as KnownLocation;

export const location: Aggregate<LocationState, LocationCommands, LocationEvent> = {
  name: "location",
  schema: 1,
  initial: { status: "absent" },
  decide: {
    "location.open": (state, params) => {
      if (state.status !== "absent") {
        refuse("ALREADY_EXISTS", `The seller has a location "${params.code}", which is ${state.status}.`);
      }
      return [{ type: "location.opened", data: params }];
    },
    "location.revise": (state, { sellerId: _sellerId, code: _code, ...changes }) => {
      existing(state);
      return [{ type: "location.revised", data: changes }];
    },
    "location.revert": (state, old) => {
      const changes = changesOf(existing(state), old);
      return changes === null ? [] : [{ type: "location.reverted", data: changes }];
    },
    "location.close": (state) => (existing(state).status === "closed" ? [] : [{ type: "location.closed", data: {} }]),
    "location.reopen": (state) => (existing(state).status === "open" ? [] : [{ type: "location.reopened", data: {} }]),
  },
  evolve: {
    "location.opened": (_state, data) => ({ status: "open", ...data }),
    "location.revised": (state, data) => ({ ...known(state), ...data }),
    "location.reverted": (state, data) => restoredState(known(state), data),
    "location.closed": (state) => ({ ...known(state), status: "closed" }),
    "location.reopened": (state) => ({ ...known(state), status: "open" }),
  },
};
