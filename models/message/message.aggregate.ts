/** A message on its way: queued → sending → sent, or, after some attempts, failed. */
import type { Language } from "../account/account.contract";
import { momentAfter, type Aggregate } from "../kernel/aggregate";
import type { Iso } from "../kernel/row";
import { refuse } from "../refusals";
import type { MessageHit, MessageId, QueueMessage } from "./message.contract";
import type { Attempt, RecordAttempt } from "./message.inside.contract";
import type { Template } from "./message.letter.contract";

/** What the service makes of a letter. */
export interface WrittenMessage extends Omit<QueueMessage, "letter"> {
  readonly template: Template;
  readonly subject: string;
  readonly text: string;
}

export interface KeptMessage extends Omit<MessageHit, "version"> {
  readonly language: Language;
  /** Personal, as subject and text: null once the person's key is destroyed. */
  readonly recipient: string | null;
  readonly subject: string | null;
  readonly text: string | null;
  /** When the next attempt is due, or the one under way was begun. */
  readonly at: Iso;
}

export type MessageState = { readonly status: "absent" } | KeptMessage;

interface At {
  readonly at: Iso;
}

export type MessageEvent =
  | { readonly type: "message.queued"; readonly data: WrittenMessage & At }
  | { readonly type: "message.attempted"; readonly data: At }
  | { readonly type: "message.sent"; readonly data: At }
  | { readonly type: "message.put-off"; readonly data: { readonly reason: string; readonly until: Iso } & At }
  | { readonly type: "message.failed"; readonly data: { readonly reason: string } & At }
  | { readonly type: "message.requeued"; readonly data: At };

export interface MessageCommands {
  readonly "message.queue": WrittenMessage;
  readonly "message.attempt": Attempt;
  readonly "message.record": RecordAttempt;
  readonly "message.resend": MessageId;
}

const MINUTE_MS = 60_000;
/** Pauses after the first, second, … attempt; after the last attempt there is none. */
const PAUSES_MINUTES = [1, 5, 30, 120, 720];
export const ATTEMPTS_MAX = PAUSES_MINUTES.length + 1;
/** Longer than any attempt takes: kernel/mail gives up after a minute. */
export const ATTEMPT_MAX_MS = 5 * MINUTE_MS;

const was = (state: MessageState): KeptMessage => state as KeptMessage;

/** @throws MESSAGE_STATUS */
function standing(state: MessageState, wanted: KeptMessage["status"]): KeptMessage {
  if (state.status === "absent") return refuse("NOT_FOUND", "There is no such message.");
  if (state.status === wanted) return state;
  return refuse("MESSAGE_STATUS", `The message is ${state.status}, not ${wanted}: look at it again.`, {
    status: state.status,
  });
}

function recorded({ attempts }: KeptMessage, { outcome, reason = "UNKNOWN" }: RecordAttempt, at: Iso): MessageEvent {
  if (outcome === "sent") return { type: "message.sent", data: { at } };
  const pause = PAUSES_MINUTES[attempts - 1];
  // what may have gone out is not sent twice
  if (outcome !== "no" || pause === undefined) return { type: "message.failed", data: { reason, at } };
  return { type: "message.put-off", data: { reason, until: momentAfter(at, pause * MINUTE_MS), at } };
}

export const message: Aggregate<MessageState, MessageCommands, MessageEvent> = {
  name: "message",
  schema: 1,
  initial: { status: "absent" },
  decide: {
    "message.queue": (state, params, at) =>
      state.status === "absent" ? [{ type: "message.queued", data: { ...params, at } }] : [],
    "message.attempt": (state, { attempt }, at) => {
      const { attempts } = standing(state, "queued");
      if (attempt !== attempts + 1) refuse("MESSAGE_STATUS", `Attempt ${attempt} was made already.`, { attempts });
      return [{ type: "message.attempted", data: { at } }];
    },
    "message.record": (state, params, at) => {
      if (state.status === "absent") return refuse("NOT_FOUND", "There is no such message.");
      // of an attempt that was given up meanwhile
      if (state.status !== "sending" || state.attempts !== params.attempt) return [];
      return [recorded(state, params, at)];
    },
    "message.resend": (state, _params, at) => {
      standing(state, "failed");
      return [{ type: "message.requeued", data: { at } }];
    },
  },
  evolve: {
    "message.queued": (_state, { at, ...data }) => ({
      ...data,
      ...{ status: "queued", attempts: 0, queuedAt: at, sentAt: null, reason: null, at },
    }),
    "message.attempted": (state, { at }) => ({
      ...was(state),
      ...{ status: "sending", attempts: was(state).attempts + 1, at },
    }),
    "message.sent": (state, { at }) => ({ ...was(state), status: "sent", sentAt: at, reason: null, at }),
    "message.put-off": (state, { reason, until }) => ({ ...was(state), status: "queued", reason, at: until }),
    "message.failed": (state, { reason, at }) => ({ ...was(state), status: "failed", reason, at }),
    "message.requeued": (state, { at }) => ({ ...was(state), status: "queued", attempts: 0, at }),
  },
  due: (state) => {
    if (state.status !== "queued" && state.status !== "sending") return [];
    const { id, status, attempts, at } = state;
    if (status === "queued") return [{ at, command: "message.deliver", params: { id, attempt: attempts + 1 } }];
    // nobody recorded what came of it: whoever sent it has died
    const lost = { id, attempt: attempts, outcome: "unknown", reason: "INTERRUPTED" } as const;
    return [{ at: momentAfter(at, ATTEMPT_MAX_MS), command: "message.record", params: lost }];
  },
};
