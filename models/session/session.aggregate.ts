import type { Aggregate } from "../kernel/aggregate";
import { refuse } from "../refusals";
import type { EndReason, EndSession, RotateSession, StartSession } from "./session.contract";

/** Over when it was not used for so long, and in any case at its end; added by the service, which has a clock. */
export interface Times {
  readonly idleUntil: string;
  readonly endsAt: string;
}

/** `label` is personal: null once the person's key is destroyed. */
export interface LiveSession extends Omit<StartSession, "replaces" | "label">, Times {
  readonly status: "live";
  readonly label?: string | null;
  /** How often the refresh token was replaced. */
  readonly generation: number;
  readonly startedAt: string;
  readonly refreshedAt: string;
}

export type SessionState =
  | { readonly status: "absent" }
  | LiveSession
  | { readonly status: "ended"; readonly accountId: string; readonly family: string; readonly reason: EndReason };

type Started = Omit<StartSession, "replaces"> & Times & { readonly at: string };

export type SessionEvent =
  | { readonly type: "session.started"; readonly data: Started }
  | {
      readonly type: "session.rotated";
      readonly data: { readonly generation: number; readonly idleUntil: string; readonly at: string };
    }
  | { readonly type: "session.ended"; readonly data: { readonly reason: EndReason } };

export interface SessionCommands {
  readonly "session.start": StartSession & Times;
  readonly "session.rotate": RotateSession & Pick<Times, "idleUntil">;
  readonly "session.end": EndSession;
}

const isOver = ({ idleUntil, endsAt }: LiveSession, now: string): boolean => now >= idleUntil || now >= endsAt;
const live = (state: SessionState): LiveSession => state as LiveSession;
const ended = (reason: EndReason): SessionEvent => ({ type: "session.ended", data: { reason } });

function rotate(state: SessionState, params: SessionCommands["session.rotate"], now: string): readonly SessionEvent[] {
  const { family, generation, idleUntil } = params;
  const over = (): never => refuse("SESSION_ENDED", "This session is over: log in again.");
  if (state.status !== "live" || state.family !== family || isOver(state, now)) return over();
  // somebody has a token that was replaced: its thief or its owner, and nobody can tell which
  if (generation < state.generation) return [ended("refresh token used twice")];
  if (generation > state.generation) return over();
  const data = { generation: generation + 1, idleUntil: idleUntil < state.endsAt ? idleUntil : state.endsAt, at: now };
  return [{ type: "session.rotated", data }];
}

export const session: Aggregate<SessionState, SessionCommands, SessionEvent> = {
  name: "session",
  schema: 1,
  initial: { status: "absent" },
  decide: {
    "session.start": (state, { replaces, ...started }, now) => {
      const taken = state.status === "live" && !isOver(state, now) && state.family !== replaces;
      if (taken) refuse("ALREADY_EXISTS", "This place is taken by another session.");
      return [{ type: "session.started", data: { ...started, at: now } }];
    },
    "session.rotate": rotate,
    "session.end": (state, { family, reason }) => {
      if (state.status !== "live" || (family !== undefined && family !== state.family)) return [];
      return [ended(reason)];
    },
  },
  evolve: {
    "session.started": (_state, { at, ...data }) => ({
      status: "live",
      ...data,
      generation: 0,
      startedAt: at,
      refreshedAt: at,
    }),
    "session.rotated": (state, { at, ...data }) => ({ ...live(state), ...data, refreshedAt: at }),
    "session.ended": (state, { reason }) => {
      const { accountId, family } = live(state);
      return { status: "ended", accountId, family, reason };
    },
  },
};
