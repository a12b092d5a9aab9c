import type { Aggregate } from "../kernel/aggregate";
import { changesOf, restoredState, type Restored, type Restoring } from "../kernel/restoring";
import { refuse } from "../refusals";
import { prefixOf, type ChannelCalls, type ChannelTrade, type OpenChannel } from "./channel.contract";

export interface OpenState extends OpenChannel {
  readonly status: "open" | "closed";
}

export type ChannelState = { readonly status: "absent" } | OpenState;

export type ChannelEvent =
  | { readonly type: "channel.opened"; readonly data: OpenChannel }
  | { readonly type: "channel.revised"; readonly data: ChannelContent & ChannelTrade }
  | { readonly type: "channel.reverted"; readonly data: Restored<ChannelContent> }
  | { readonly type: "channel.closed"; readonly data: object }
  | { readonly type: "channel.reopened"; readonly data: object };

type ChannelContent = Partial<Pick<OpenChannel, "name" | "languages">>;

export type ChannelCommands = {
  [N in "channel.open" | "channel.revise" | "channel.close" | "channel.reopen"]: ChannelCalls[N]["params"];
} & { readonly "channel.revert": Restoring<ChannelContent> };

function existing(state: ChannelState): OpenState {
  if (state.status === "absent") return refuse("NOT_FOUND", "There is no such channel.");
  return state;
}

const opened = (state: ChannelState): OpenState => state as OpenState;

export const channel: Aggregate<ChannelState, ChannelCommands, ChannelEvent> = {
  name: "channel",
  schema: 1,
  initial: { status: "absent" },
  decide: {
    "channel.open": (state, params) => {
      if (state.status !== "absent") refuse("ALREADY_EXISTS", "This channel is already open.");
      return [{ type: "channel.opened", data: params }];
    },
    "channel.revise": (state, { id: _id, ...changes }) => {
      existing(state);
      return [{ type: "channel.revised", data: changes }];
    },
    "channel.revert": (state, old) => {
      const changes = changesOf(existing(state), old);
      return changes === null ? [] : [{ type: "channel.reverted", data: changes }];
    },
    "channel.close": (state) => (existing(state).status === "closed" ? [] : [{ type: "channel.closed", data: {} }]),
    "channel.reopen": (state) => (existing(state).status === "open" ? [] : [{ type: "channel.reopened", data: {} }]),
  },
  evolve: {
    "channel.opened": (_state, data) => ({ status: "open", ...data }),
    "channel.revised": (state, data) => ({ ...opened(state), ...data }),
    "channel.reverted": (state, data) => restoredState(opened(state), data),
    "channel.closed": (state) => ({ ...opened(state), status: "closed" }),
    "channel.reopened": (state) => ({ ...opened(state), status: "open" }),
  },
  // two channels that number alike would have orders of the same number
  claims: (state) =>
    state.status === "absent" ? [] : [`channel.code/${state.code}`, `channel.prefix/${prefixOf(state)}`],
};
