import { momentAfter, type Aggregate } from "../kernel/aggregate";
import { changesOf, restoredState, type Restored, type Restoring } from "../kernel/restoring";
import type { Iso } from "../kernel/row";
import { refuse } from "../refusals";
import { chooses, SELLER_EVENT_TYPES } from "./webhook.catalogue.contract";
import {
  SECRETS_MAX,
  type AddWebhook,
  type FailWebhook,
  type RenewSecret,
  type ReplayWebhook,
  type ReviseWebhook,
  type WebhookContent,
  type WebhookFailure,
  type WebhookId,
} from "./webhook.words.contract";

/** A secret as it is kept: sealed under the mall's own, bound to `name`. */
export interface SealedSecret {
  readonly name: string;
  readonly sealed: string;
}

export interface KeptSecret extends SealedSecret {
  readonly madeAt: Iso;
  readonly until: Iso | null;
}

export interface Replay {
  /** How often it was asked for. */
  readonly number: number;
  readonly from: Iso;
  readonly until: Iso;
}

export interface LiveWebhook extends WebhookContent {
  readonly status: "enabled" | "disabled";
  readonly sellerId: string | null;
  /** The account that added it. */
  readonly addedBy: string;
  readonly since: Iso;
  readonly reason: "ASKED" | WebhookFailure | null;
  readonly stoppedAt: Iso | null;
  readonly secrets: readonly KeptSecret[];
  readonly replay: Replay | null;
}

export type WebhookState =
  { readonly status: "absent" } | LiveWebhook | { readonly status: "removed"; readonly sellerId: string | null };

type Opened = WebhookContent & Pick<LiveWebhook, "sellerId" | "addedBy">;
type Worded = Partial<Pick<WebhookContent, "events" | "description">>;
type Stopped = { readonly reason: NonNullable<LiveWebhook["reason"]>; readonly at: Iso };

export type WebhookEvent =
  | { readonly type: "webhook.opened"; readonly data: Opened & { readonly secret: SealedSecret; readonly at: Iso } }
  | { readonly type: "webhook.revised"; readonly data: Partial<WebhookContent> }
  | { readonly type: "webhook.reverted"; readonly data: Restored<Worded> }
  | { readonly type: "webhook.enabled"; readonly data: { readonly at: Iso } }
  | { readonly type: "webhook.disabled"; readonly data: Stopped }
  | { readonly type: "webhook.renewed"; readonly data: SecretOf & { readonly until: Iso; readonly at: Iso } }
  | { readonly type: "webhook.replayed"; readonly data: Omit<Replay, "number"> }
  | { readonly type: "webhook.removed"; readonly data: object };

interface SecretOf {
  readonly secret: SealedSecret;
}

export interface WebhookCommands {
  readonly "webhook.open": AddWebhook & SecretOf & Pick<LiveWebhook, "addedBy">;
  readonly "webhook.revise": ReviseWebhook;
  readonly "webhook.revert": Restoring<Worded>;
  readonly "webhook.enable": WebhookId;
  readonly "webhook.disable": WebhookId;
  readonly "webhook.fail": FailWebhook;
  readonly "webhook.remove": WebhookId;
  readonly "webhook.renew": RenewSecret & SecretOf;
  readonly "webhook.replay": ReplayWebhook;
}

const HOUR_MS = 3_600_000;

function live(state: WebhookState): LiveWebhook {
  if (state.status === "enabled" || state.status === "disabled") return state;
  return refuse("NOT_FOUND", "There is no such endpoint.");
}

const was = (state: WebhookState): LiveWebhook => state as LiveWebhook;

/** A seller is not told what is the mall's alone: who chooses that gets a no, and not silence. */
function refuseForeign(sellerId: string | null, events: readonly string[]): void {
  if (sellerId === null) return;
  const foreign = events.filter((one) => !one.includes("*") && !SELLER_EVENT_TYPES.includes(one));
  const empty = events.filter((one) => one !== "*" && one.endsWith("*") && !somebodys(one));
  const [first] = [...foreign, ...empty];
  if (first !== undefined) refuse("WEBHOOK_EVENTS", `Sellers are not told of ${first}: see GET /v1/webhooks/events.`);
}

const somebodys = (wild: string): boolean => SELLER_EVENT_TYPES.some((type) => chooses([wild], type));

/** The newest first; those before it until the overlap ends, those that ended not at all. */
function withSecret(secrets: readonly KeptSecret[], secret: KeptSecret, until: Iso): readonly KeptSecret[] {
  const older = secrets
    .filter((one) => one.until === null || one.until > secret.madeAt)
    .map((one) => ({ ...one, until: one.until === null || one.until > until ? until : one.until }))
    .filter((one) => one.until > secret.madeAt);
  return [secret, ...older].slice(0, SECRETS_MAX);
}

function stop(state: WebhookState, reason: Stopped["reason"], at: Iso): readonly WebhookEvent[] {
  return live(state).status === "disabled" ? [] : [{ type: "webhook.disabled", data: { reason, at } }];
}

export const webhook: Aggregate<WebhookState, WebhookCommands, WebhookEvent> = {
  name: "webhook",
  schema: 1,
  initial: { status: "absent" },
  decide: {
    "webhook.open": (state, { sellerId = null, channelId = null, description = "", ...params }, at) => {
      if (state.status !== "absent") refuse("ALREADY_EXISTS", "This endpoint is already there.");
      refuseForeign(sellerId, params.events);
      return [{ type: "webhook.opened", data: { ...params, sellerId, channelId, description, at } }];
    },
    "webhook.revise": (state, { id: _id, ...changes }) => {
      const { sellerId } = live(state);
      refuseForeign(sellerId, changes.events ?? []);
      return [{ type: "webhook.revised", data: changes }];
    },
    "webhook.revert": (state, old) => {
      const changes = changesOf(live(state), old);
      return changes === null ? [] : [{ type: "webhook.reverted", data: changes }];
    },
    "webhook.enable": (state, _params, at) =>
      live(state).status === "enabled" ? [] : [{ type: "webhook.enabled", data: { at } }],
    "webhook.disable": (state, _params, at) => stop(state, "ASKED", at),
    "webhook.fail": (state, { reason }, at) => stop(state, reason, at),
    "webhook.remove": (state) => {
      live(state);
      return [{ type: "webhook.removed", data: {} }];
    },
    "webhook.renew": (state, { overlapHours, secret }, at) => {
      live(state);
      return [{ type: "webhook.renewed", data: { secret, at, until: momentAfter(at, overlapHours * HOUR_MS) } }];
    },
    "webhook.replay": (state, params, at) => {
      if (live(state).status === "disabled") refuse("WEBHOOK_DISABLED", "Enable the endpoint before it is told again.");
      const from = momentAfter(params.from, 0);
      const asked = momentAfter(params.until ?? at, 0);
      const until = asked > at ? at : asked;
      if (from > until) refuse("WEBHOOK_TIMES", "It ends before it begins, or begins in the future.");
      return [{ type: "webhook.replayed", data: { from, until } }];
    },
  },
  evolve: {
    "webhook.opened": (_state, { secret, at, ...data }) => ({
      ...data,
      ...{ status: "enabled", since: at, reason: null, stoppedAt: null, replay: null },
      secrets: [{ ...secret, madeAt: at, until: null }],
    }),
    "webhook.revised": (state, data) => ({ ...was(state), ...data }),
    "webhook.reverted": (state, data) => restoredState(was(state), data),
    "webhook.enabled": (state, { at }) => ({
      ...was(state),
      ...{ status: "enabled", since: at, reason: null, stoppedAt: null },
    }),
    "webhook.disabled": (state, { reason, at }) => ({ ...was(state), status: "disabled", reason, stoppedAt: at }),
    "webhook.renewed": (state, { secret, until, at }) => ({
      ...was(state),
      secrets: withSecret(was(state).secrets, { ...secret, madeAt: at, until: null }, until),
    }),
    "webhook.replayed": (state, data) => ({
      ...was(state),
      replay: { ...data, number: (was(state).replay?.number ?? 0) + 1 },
    }),
    "webhook.removed": (state) => ({ status: "removed", sellerId: was(state).sellerId }),
  },
  // telling twice is telling once: the message's id derives from the moment
  due: (state) => {
    if (state.status !== "disabled" || state.stoppedAt === null || state.reason === "ASKED") return [];
    return [{ at: state.stoppedAt, command: "message.tellWebhook", params: {} }];
  },
};
