import type { Aggregate } from "../kernel/aggregate";
import { changesOf, restoredState, type Restored, type Restoring } from "../kernel/restoring";
import type { Iso } from "../kernel/row";
import { refuse } from "../refusals";
import type { ApplicationParts, Beginning } from "./application.contract";
import { openSteps, type Guided } from "./guide.contract";
import type { AmendSeller, ReviseSeller, SellerCalls } from "./seller.contract";
import type { Reason } from "./seller.review.contract";

/** The service says who applies. */
export interface Applied extends Beginning {
  readonly accountId: string;
}

/** What the applicant has said so far. Personal parts are null once the account behind them was erased. */
export interface Application extends Applied, Guided {
  /** Stand for the tax numbers in claims, without telling them. */
  readonly taxKeys?: readonly string[];
  /** Since it was let in, who applied owns it. */
  readonly established?: true;
}

export interface DraftSeller extends Application {
  readonly status: "draft";
  /** Why it was sent back; empty for one that was not. */
  readonly reasons: readonly Reason[];
}

export interface SubmittedSeller extends Application {
  readonly status: "submitted";
  readonly submittedAt: Iso;
}

export interface ActiveSeller extends Application {
  readonly status: "active";
  readonly activeSince: Iso;
}

export interface SuspendedSeller extends Application {
  readonly status: "suspended";
  readonly activeSince: Iso;
  readonly suspendedAt: Iso;
  readonly reason: string;
}

export interface ClosedSeller extends Application {
  readonly status: "closed";
  readonly activeSince: Iso | null;
  readonly closedAt: Iso;
  readonly reason: string;
}

export type KnownSeller = DraftSeller | SubmittedSeller | ActiveSeller | SuspendedSeller | ClosedSeller;
export type SellerState = { readonly status: "absent" } | KnownSeller;

/** A part of the application as it is kept: the service adds the keys of the tax numbers. */
export type SavedParts = Partial<Beginning> & ApplicationParts & Pick<Application, "taxKeys">;

/** What shoppers see of an active one. */
type Profile = Omit<ReviseSeller, "id">;

export type SellerEvent =
  | { readonly type: "seller.applied"; readonly data: Applied }
  | { readonly type: "seller.saved"; readonly data: SavedParts }
  | { readonly type: "seller.submitted"; readonly data: { readonly at: Iso } }
  | { readonly type: "seller.returned"; readonly data: { readonly reasons: readonly Reason[] } }
  | { readonly type: "seller.approved"; readonly data: { readonly at: Iso } }
  | { readonly type: "seller.established"; readonly data: object }
  | { readonly type: "seller.suspended"; readonly data: { readonly at: Iso; readonly reason: string } }
  | { readonly type: "seller.reinstated"; readonly data: object }
  | { readonly type: "seller.closed"; readonly data: { readonly at: Iso; readonly reason: string } }
  | { readonly type: "seller.revised"; readonly data: Profile }
  | { readonly type: "seller.reverted"; readonly data: Restored<Profile> };

type Queries = `seller.${"get" | "imprint" | "admit" | "application" | "peek" | "list" | "mine"}`;
type Prepared = "seller.apply" | "seller.save" | "seller.amend" | "seller.revert";
type Commands = Exclude<keyof SellerCalls, Queries | Prepared | "seller.settle">;

export type SellerCommands = { [N in Commands]: SellerCalls[N]["params"] } & {
  "seller.apply": Applied;
  "seller.save": SavedParts & { readonly id: string };
  "seller.amend": AmendSeller & Pick<Application, "taxKeys">;
  "seller.revert": Restoring<Profile>;
};

function existing(state: SellerState): KnownSeller {
  if (state.status === "absent") return refuse("NOT_FOUND", "There is no such seller.");
  return state;
}

/** @throws SELLER_INCOMPLETE for numbers that are none of the seller's country */
function amended(seller: KnownSeller, parts: Omit<SellerCommands["seller.amend"], "id">): SavedParts {
  const wrong = openSteps({ ...seller, ...parts }).filter(({ part }) => part in parts);
  if (wrong.length === 0) return parts;
  const todo = wrong.map(({ why, todo: what }) => `${why ?? ""} ${what ?? ""}`).join(" ");
  return refuse("SELLER_INCOMPLETE", `That cannot stand on an invoice. ${todo}`, { steps: wrong });
}

const HINTS = {
  draft: "Hand the application in first.",
  submitted: "It waits for the mall's decision.",
  active: "It is let in already.",
  suspended: "Reinstate it first.",
  closed: "It is closed for good; apply anew.",
} as const;

/** The seller when it stands where the command needs it. */
function standing<S extends KnownSeller["status"]>(
  state: SellerState,
  ...wanted: readonly S[]
): Extract<KnownSeller, { status: S }> {
  const seller = existing(state);
  if (!(wanted as readonly string[]).includes(seller.status)) {
    const detail = `The seller is ${seller.status}, not ${wanted.join(" or ")}. ${HINTS[seller.status]}`;
    refuse("SELLER_STATUS", detail, { status: seller.status });
  }
  return seller as Extract<KnownSeller, { status: S }>;
}

/** What was said, without where it stands. */
function applicationOf(state: SellerState): Application {
  const { accountId, name, country, form, ...more } = state as KnownSeller;
  const { about, business, contact, tax, taxKeys, bank, papers, established } = more;
  const parts = { about, business, contact, tax, taxKeys, bank, papers, established };
  const said = Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined));
  return { accountId, name, country, form, ...said };
}

/** What `seller.withdraw` leaves as the reason of the end. */
const WITHDRAWN = "Withdrawn by the applicant.";

const activeSinceOf = (state: SellerState): Iso | null => ("activeSince" in state ? state.activeSince : null);

export const seller: Aggregate<SellerState, SellerCommands, SellerEvent> = {
  name: "seller",
  schema: 1,
  initial: { status: "absent" },
  decide: {
    "seller.apply": (state, params) => {
      if (state.status !== "absent") refuse("ALREADY_EXISTS", "This application exists already.");
      return [{ type: "seller.applied", data: params }];
    },
    "seller.save": (state, { id: _id, ...parts }) => {
      standing(state, "draft");
      return [{ type: "seller.saved", data: parts }];
    },
    "seller.submit": (state, _params, at) => {
      const draft = standing(state, "draft");
      const steps = openSteps(draft);
      if (steps.length > 0) {
        const todo = steps.map(({ why, todo }) => `${why} ${todo}`).join(" ");
        refuse("SELLER_INCOMPLETE", `The application cannot be handed in yet. ${todo}`, { steps });
      }
      return [{ type: "seller.submitted", data: { at } }];
    },
    "seller.approve": (state, _params, at) => {
      standing(state, "submitted");
      return [{ type: "seller.approved", data: { at } }];
    },
    "seller.establish": (state) =>
      existing(state).established === true ? [] : [{ type: "seller.established", data: {} }],
    "seller.return": (state, { reasons }) => {
      standing(state, "submitted");
      return [{ type: "seller.returned", data: { reasons } }];
    },
    "seller.suspend": (state, { reason }, at) => {
      standing(state, "active");
      return [{ type: "seller.suspended", data: { at, reason } }];
    },
    "seller.reinstate": (state) => {
      standing(state, "suspended");
      return [{ type: "seller.reinstated", data: {} }];
    },
    "seller.withdraw": (state, _params, at) => {
      standing(state, "draft", "submitted");
      return [{ type: "seller.closed", data: { at, reason: WITHDRAWN } }];
    },
    "seller.close": (state, { reason }, at) => {
      standing(state, "draft", "submitted", "active", "suspended");
      return [{ type: "seller.closed", data: { at, reason } }];
    },
    "seller.revise": (state, { id: _id, ...changes }) => {
      standing(state, "active");
      return [{ type: "seller.revised", data: changes }];
    },
    "seller.revert": (state, old) => {
      const changes = changesOf<Profile>(standing(state, "active"), old);
      return changes === null ? [] : [{ type: "seller.reverted", data: changes }];
    },
    "seller.amend": (state, { id: _id, ...parts }) => [
      { type: "seller.saved", data: amended(standing(state, "active", "suspended"), parts) },
    ],
  },
  evolve: {
    "seller.applied": (_state, data) => ({ status: "draft", ...data, reasons: [] }),
    "seller.saved": (state, parts) => ({ ...(state as DraftSeller), ...parts }),
    "seller.submitted": (state, { at }) => ({ status: "submitted", ...applicationOf(state), submittedAt: at }),
    "seller.returned": (state, { reasons }) => ({ status: "draft", ...applicationOf(state), reasons }),
    "seller.approved": (state, { at }) => ({ status: "active", ...applicationOf(state), activeSince: at }),
    "seller.established": (state) => ({ ...(state as ActiveSeller), established: true }),
    "seller.suspended": (state, { at, reason }) => ({
      ...(state as ActiveSeller),
      status: "suspended",
      suspendedAt: at,
      reason,
    }),
    "seller.reinstated": (state) => ({
      status: "active",
      ...applicationOf(state),
      activeSince: (state as SuspendedSeller).activeSince,
    }),
    "seller.closed": (state, { at, reason }) => ({
      status: "closed",
      ...applicationOf(state),
      activeSince: activeSinceOf(state),
      closedAt: at,
      reason,
    }),
    "seller.reverted": (state, data) => restoredState(state as ActiveSeller, data),
    "seller.revised": (state, changes) => ({ ...(state as ActiveSeller), ...changes }),
  },
  // from the moment it is handed in until it is closed, no other seller may have the same tax number
  claims: (state) => {
    if (state.status === "absent" || state.status === "draft" || state.status === "closed") return [];
    return (state.taxKeys ?? []).map((key) => `seller.tax/${state.country}/${key}`);
  },
  due: (state) =>
    state.status === "active" && state.established !== true
      ? [{ at: state.activeSince, command: "seller.settle", params: {} }]
      : [],
};
