import type { Aggregate } from "../kernel/aggregate";
import type { Iso } from "../kernel/row";
import { refuse } from "../refusals";
import {
  DOWNLOADS_PER_UNIT,
  RECENT_MAX,
  type EntitlementId,
  type EntitlementStatus,
  type GrantEntitlement,
  type RevokeEntitlement,
} from "./entitlement.contract";

export interface Entitlement extends GrantEntitlement {
  readonly status: EntitlementStatus;
  readonly downloads: number;
  readonly recent: readonly Iso[];
  /** Refunds that were heard of. */
  readonly revoked: readonly string[];
}

export type EntitlementState = { readonly status: "absent" } | Entitlement;

export type EntitlementEvent =
  | { readonly type: "entitlement.granted"; readonly data: GrantEntitlement }
  | { readonly type: "entitlement.taken"; readonly data: { readonly at: Iso } }
  | { readonly type: "entitlement.revoked"; readonly data: RevokeEntitlement };

export interface EntitlementCommands {
  readonly "entitlement.grant": GrantEntitlement;
  readonly "entitlement.take": EntitlementId;
  readonly "entitlement.revoke": RevokeEntitlement;
}

const held = (state: EntitlementState): Entitlement =>
  state.status === "absent" ? refuse("NOT_FOUND", "There is no such right to a file.") : state;

const was = (state: EntitlementState): Entitlement => state as Entitlement;

export const downloadsMaxOf = ({ quantity }: Pick<Entitlement, "quantity">): number => quantity * DOWNLOADS_PER_UNIT;

export const entitlement: Aggregate<EntitlementState, EntitlementCommands, EntitlementEvent> = {
  name: "entitlement",
  schema: 1,
  initial: { status: "absent" },
  decide: {
    "entitlement.grant": (state, params) =>
      state.status === "absent" ? [{ type: "entitlement.granted", data: params }] : [],
    "entitlement.take": (state, _params, at) => {
      const found = held(state);
      if (found.status === "revoked")
        refuse("DOWNLOAD_REVOKED", "What this file cost was paid back: it is yours no more.");
      const max = downloadsMaxOf(found);
      if (found.downloads >= max) {
        refuse(
          "DOWNLOAD_LIMIT",
          `The file was downloaded ${found.downloads} times; ${max} were bought. Ask the seller.`,
          {
            downloadsMax: max,
          },
        );
      }
      return [{ type: "entitlement.taken", data: { at } }];
    },
    "entitlement.revoke": (state, params) =>
      held(state).revoked.includes(params.step) ? [] : [{ type: "entitlement.revoked", data: params }],
  },
  evolve: {
    "entitlement.granted": (_state, data) => ({ ...data, status: "granted", downloads: 0, recent: [], revoked: [] }),
    "entitlement.taken": (state, { at }) => ({
      ...was(state),
      downloads: was(state).downloads + 1,
      recent: [at, ...was(state).recent].slice(0, RECENT_MAX),
    }),
    "entitlement.revoked": (state, { step, quantity }) => {
      const left = Math.max(0, was(state).quantity - quantity);
      const status = left === 0 ? "revoked" : "granted";
      return { ...was(state), quantity: left, status, revoked: [...was(state).revoked, step] };
    },
  },
};
