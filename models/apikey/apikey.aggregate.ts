import type { Aggregate } from "../kernel/aggregate";
import { refuse } from "../refusals";
import type { IssueKey, KeyId, TouchKey } from "./apikey.contract";

export interface LiveKey extends IssueKey {
  readonly status: "live";
  readonly madeAt: string;
  readonly usedOn: string | null;
}

/** A place is free again once its key is revoked; the history keeps which keys were there. */
export type ApiKeyState =
  | { readonly status: "absent" }
  | LiveKey
  | { readonly status: "revoked"; readonly id: string; readonly accountId: string; readonly prefix: string };

export type ApiKeyEvent =
  | { readonly type: "apikey.issued"; readonly data: IssueKey & { readonly at: string } }
  | { readonly type: "apikey.touched"; readonly data: { readonly day: string } }
  | { readonly type: "apikey.revoked"; readonly data: object };

export interface ApiKeyCommands {
  readonly "apikey.issue": IssueKey;
  readonly "apikey.revoke": KeyId;
  readonly "apikey.touch": TouchKey;
}

const live = (state: ApiKeyState): LiveKey => state as LiveKey;

export const apikey: Aggregate<ApiKeyState, ApiKeyCommands, ApiKeyEvent> = {
  name: "apikey",
  schema: 1,
  initial: { status: "absent" },
  decide: {
    "apikey.issue": (state, params, now) => {
      if (state.status === "live") refuse("ALREADY_EXISTS", "This place is taken by another key.");
      return [{ type: "apikey.issued", data: { ...params, at: now } }];
    },
    "apikey.revoke": (state) => {
      if (state.status === "absent") refuse("NOT_FOUND", "There is no such key.");
      return state.status === "live" ? [{ type: "apikey.revoked", data: {} }] : [];
    },
    "apikey.touch": (state, { day }) => {
      const newer = state.status === "live" && (state.usedOn === null || state.usedOn < day);
      return newer ? [{ type: "apikey.touched", data: { day } }] : [];
    },
  },
  evolve: {
    "apikey.issued": (_state, { at, ...data }) => ({ status: "live", ...data, madeAt: at, usedOn: null }),
    "apikey.touched": (state, { day }) => ({ ...live(state), usedOn: day }),
    "apikey.revoked": (state) => {
      const { id, accountId, prefix } = live(state);
      return { status: "revoked", id, accountId, prefix };
    },
  },
};
