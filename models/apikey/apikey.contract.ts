import Joi from "../kernel/schema";
import type { Contract, Receipt } from "../kernel/contract";
import { idSchema, plainText } from "../kernel/text";
import type { Grant } from "../account/account.contract";
import { doneSchema, type Done } from "../account/registration.contract";

/** A key by which a program acts for an account, within its scopes; an account has a fixed number of places. */
export interface MakeKey {
  readonly name: string;
  /** Permissions: what the key may do of what the account may do. */
  readonly scopes: readonly string[];
}

export interface IssueKey extends MakeKey {
  readonly id: string;
  readonly accountId: string;
  /** How a person recognises it. */
  readonly prefix: string;
  /** A MAC over the secret part. */
  readonly keyHash: string;
}

export interface KeyId {
  readonly id: string;
}

export interface TouchKey extends KeyId {
  /** `2026-01-31` */
  readonly day: string;
}

export interface MadeKey {
  readonly id: string;
  /** The whole key; told now and never again. */
  readonly key: string;
  readonly prefix: string;
}

export interface ListedKey extends MakeKey {
  readonly id: string;
  readonly prefix: string;
  readonly madeAt: string;
  /** The last day, in UTC, on which it was used; null: not yet. */
  readonly usedOn: string | null;
}

/** What a key may be given. */
export interface KeyScope {
  /** A permission: `offer.write`. */
  readonly scope: string;
  /** What it opens: the summaries of actions, in English. */
  readonly opens: readonly string[];
}

export interface KeyList {
  readonly items: readonly ListedKey[];
  /** What a further key of one's own may be given: what one may do, but for what no program may do. */
  readonly scopes: readonly KeyScope[];
}

/** Whom a key acts for; `accountId` is null for a key that is not good. */
export interface KeyHolder {
  readonly accountId: string | null;
  readonly grants: readonly Grant[];
  readonly scopes: readonly string[];
}

export interface ApiKeyCalls {
  "apikey.issue": { params: IssueKey; result: Receipt };
  "apikey.revoke": { params: KeyId; result: Receipt };
  "apikey.touch": { params: TouchKey; result: Receipt };
  "apikey.make": { params: MakeKey; result: MadeKey };
  "apikey.end": { params: KeyId; result: Done };
  "apikey.list": { params: object; result: KeyList };
  "apikey.check": { params: { readonly key: string }; result: KeyHolder };
}

export const KEYS_MAX = 20;
export const SCOPES_MAX = 50;
/** So many permissions the mall may have, and so many actions one of them may open. */
const PERMISSIONS_MAX = 500;
const OPENS_MAX = 200;
/** What a program must not do in a person's name, whatever the person may. */
export const NEVER_BY_KEY: readonly string[] = [
  "account.self",
  "account.erase",
  "account.grant",
  "account.keep",
  "credential.keep",
  "apikey.keep",
];

const id = idSchema.required();
const name = plainText(100).min(1).required();
const prefix = Joi.string().max(32).required();
const scope = Joi.string()
  .pattern(/^[a-z]+\.[a-z-]+$/, "permission")
  .max(64)
  .invalid(...NEVER_BY_KEY);
const scopes = Joi.array().items(scope).min(1).max(SCOPES_MAX).required();
const internal = { permission: "apikey.keep", owner: "platform" } as const;
const own = { permission: "account.self", owner: "caller" } as const;
const command = { kind: "command", key: "id", ...internal } as const;

const listed = Joi.object<ListedKey>({
  id,
  name,
  prefix,
  scopes: Joi.array().items(Joi.string().max(64)).max(SCOPES_MAX).required(),
  madeAt: Joi.string().isoDate().required(),
  usedOn: Joi.string().max(10).allow(null).required().description("The last day, in UTC, on which it was used"),
});

const scopeSchema = Joi.object<KeyScope>({
  scope: Joi.string().max(64).required(),
  opens: Joi.array().items(Joi.string().max(500)).max(OPENS_MAX).required().description("Summaries of actions"),
});

export const apiKeyContract: Contract<ApiKeyCalls> = {
  aggregate: "apikey",
  actions: {
    "apikey.issue": {
      ...command,
      summary: "Keep a new key",
      params: Joi.object<IssueKey>({
        id,
        accountId: id,
        name,
        scopes,
        prefix,
        keyHash: Joi.string()
          .pattern(/^[0-9a-z]{32}$/, "mac")
          .required(),
      }),
    },
    "apikey.revoke": { ...command, summary: "End a key", params: Joi.object<KeyId, true>({ id }) },
    "apikey.touch": {
      ...command,
      summary: "Note on which day a key was last used",
      params: Joi.object<TouchKey, true>({ id, day: Joi.string().isoDate().max(10).required() }),
    },
    "apikey.make": {
      ...own,
      kind: "procedure",
      summary: "Make a key for a program; it is told once",
      params: Joi.object<MakeKey>({ name, scopes }),
      result: Joi.object<MadeKey>({ id, key: Joi.string().max(128).required(), prefix }),
      http: { method: "POST", path: "/v1/me/api-keys" },
    },
    "apikey.end": {
      ...own,
      kind: "procedure",
      summary: "Revoke a key",
      params: Joi.object<KeyId, true>({ id }),
      result: doneSchema,
      http: { method: "DELETE", path: "/v1/me/api-keys/{id}" },
    },
    "apikey.list": {
      ...own,
      kind: "query",
      summary: "One's keys, and what a further one may be given",
      params: Joi.object<object, true>({}),
      result: Joi.object<KeyList>({
        items: Joi.array().items(listed).max(KEYS_MAX).required(),
        scopes: Joi.array().items(scopeSchema).max(PERMISSIONS_MAX).required(),
      }),
      http: { method: "GET", path: "/v1/me/api-keys" },
    },
    "apikey.check": {
      ...internal,
      kind: "procedure",
      summary: "Whom a key acts for",
      params: Joi.object<{ readonly key: string }, true>({ key: Joi.string().max(128).required() }),
    },
  },
};
