import Joi from "../kernel/schema";
import { PUBLIC, type Contract, type Receipt } from "../kernel/contract";
import { idSchema, plainText } from "../kernel/text";
import { grantsSchema, type Grant } from "../account/account.contract";

/**
 * One log-in on one device. An account has a fixed number of places for sessions; the id names the place, the family
 * the log-in that has it now.
 */
export interface StartSession {
  readonly id: string;
  readonly accountId: string;
  readonly family: string;
  /** Of the account's credential: raising that ends the session. */
  readonly epoch: number;
  /** What the person will know it by: `Firefox on Linux`. */
  readonly label?: string;
  readonly secondFactor: boolean;
  /** The family of a session that makes room. */
  readonly replaces?: string;
}

export interface RotateSession {
  readonly id: string;
  readonly family: string;
  /** Of the refresh token that was shown. */
  readonly generation: number;
}

export type EndReason = "logged-out" | "refresh token used twice" | "replaced";

export interface EndSession {
  readonly id: string;
  /** Only this log-in; left out: whichever has the place. */
  readonly family?: string;
  readonly reason: EndReason;
}

export interface SessionRef {
  readonly id: string;
  readonly family: string;
}

export interface OpenSession {
  readonly accountId: string;
  readonly label?: string;
  readonly secondFactor: boolean;
}

/** What a log-in gives. */
export interface Tokens {
  readonly status: "logged-in";
  readonly accountId: string;
  readonly accessToken: string;
  readonly tokenType: "Bearer";
  /** Seconds. */
  readonly expiresIn: number;
  /** Good once: each use gives the next. */
  readonly refreshToken: string;
}

export interface Standing {
  readonly live: boolean;
  readonly grants: readonly Grant[];
}

export interface ListedSession {
  readonly id: string;
  readonly family: string;
  readonly label: string | null;
  readonly startedAt: string;
  readonly refreshedAt: string;
  readonly secondFactor: boolean;
}

export interface SessionList {
  readonly items: readonly ListedSession[];
}

export interface SessionCalls {
  "session.start": { params: StartSession; result: Receipt };
  "session.rotate": { params: RotateSession; result: Receipt };
  "session.end": { params: EndSession; result: Receipt };
  "session.open": { params: OpenSession; result: Tokens };
  "session.refresh": { params: { readonly refreshToken: string }; result: Tokens };
  "session.standing": { params: SessionRef & { readonly accountId: string }; result: Standing };
  "session.list": { params: { readonly accountId: string }; result: SessionList };
}

export const SESSIONS_MAX = 20;
export const REFRESH_TOKEN_LENGTH_MAX = 256;

const id = idSchema.required();
const moment = Joi.string().isoDate().required();
const internal = { permission: "session.keep", owner: "platform" } as const;
const command = { kind: "command", key: "id", ...internal } as const;
const label = plainText(200).min(1);

export const tokensSchema = Joi.object<Tokens>({
  status: Joi.string().valid("logged-in").required(),
  accountId: id,
  accessToken: Joi.string().max(8_192).required(),
  tokenType: Joi.string().valid("Bearer").required(),
  expiresIn: Joi.number().integer().min(1).required().description("Seconds"),
  refreshToken: Joi.string().max(REFRESH_TOKEN_LENGTH_MAX).required().description("Good once; each use gives the next"),
});

export const sessionListSchema = Joi.object<SessionList>({
  items: Joi.array()
    .items(
      Joi.object<ListedSession>({
        id,
        family: id,
        label: label.allow(null).required(),
        startedAt: moment,
        refreshedAt: moment,
        secondFactor: Joi.boolean().required(),
      }),
    )
    .max(SESSIONS_MAX)
    .required(),
});

export const standingSchema = Joi.object<Standing>({ live: Joi.boolean().required(), grants: grantsSchema.required() });

export const sessionContract: Contract<SessionCalls> = {
  aggregate: "session",
  actions: {
    "session.start": {
      ...command,
      summary: "Begin a session",
      params: Joi.object<StartSession, true>({
        id,
        accountId: id,
        family: id,
        epoch: Joi.number().integer().min(0).required(),
        label,
        secondFactor: Joi.boolean().required(),
        replaces: idSchema,
      }),
    },
    "session.rotate": {
      ...command,
      summary: "Replace a session's refresh token; one that was used before ends the session",
      params: Joi.object<RotateSession, true>({
        id,
        family: id,
        generation: Joi.number().integer().min(0).required(),
      }),
    },
    "session.end": {
      ...command,
      summary: "End a session",
      params: Joi.object<EndSession, true>({
        id,
        family: idSchema,
        reason: Joi.string<EndReason>().valid("logged-out", "refresh token used twice", "replaced").required(),
      }),
    },
    "session.open": {
      kind: "procedure",
      key: "accountId",
      summary: "Find a place for a session and begin it",
      params: Joi.object<OpenSession, true>({ accountId: id, label, secondFactor: Joi.boolean().required() }),
      ...internal,
    },
    "session.refresh": {
      kind: "procedure",
      summary: "Get the next access token; the refresh token is used up by it",
      params: Joi.object<{ readonly refreshToken: string }, true>({
        refreshToken: Joi.string().max(REFRESH_TOKEN_LENGTH_MAX).required(),
      }),
      result: tokensSchema,
      permission: PUBLIC,
      owner: "platform",
      http: { method: "POST", path: "/v1/sessions/refresh" },
    },
    "session.standing": {
      kind: "query",
      key: "id",
      summary: "Whether a session goes on, and what its account may do now",
      params: Joi.object<SessionRef & { readonly accountId: string }, true>({ id, family: id, accountId: id }),
      result: standingSchema,
      ...internal,
    },
    "session.list": {
      kind: "query",
      key: "accountId",
      summary: "An account's sessions",
      params: Joi.object<{ readonly accountId: string }, true>({ accountId: id }),
      result: sessionListSchema,
      ...internal,
    },
  },
};
