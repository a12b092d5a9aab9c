import Joi from "../kernel/schema";
import type { Contract, Receipt } from "../kernel/contract";
import { idSchema, OWN_LANGUAGES, plainText, type OwnLanguage } from "../kernel/text";

/** In which somebody is written to. */
export type Language = OwnLanguage;

/** A role that somebody holds: for what is the party's, or (null) for the whole mall, in all channels or in these. */
export interface Grant {
  readonly role: string;
  readonly party: string | null;
  readonly channels?: readonly string[];
}

/** Whoever logs in. The id is the principal's id everywhere. */
export interface OpenAccount {
  readonly id: string;
  /** As it was typed, for writing to; `emailKey` is what it is found by. */
  readonly email: string;
  /** A MAC over the normalised address: unique among verified accounts. */
  readonly emailKey: string;
  readonly name?: string;
  readonly language: Language;
}

export interface AccountId {
  readonly id: string;
}

export interface ReviseAccount extends AccountId {
  readonly name?: string;
  readonly language?: Language;
}

export interface LinkAccount extends AccountId {
  /** A MAC over issuer and subject of an OpenID provider. */
  readonly loginKey: string;
}

export interface GrantRole extends AccountId, Grant {}

export interface AccountView {
  readonly id: string;
  readonly version: number;
  readonly status: "unverified" | "active" | "erased";
  readonly email: string | null;
  readonly name: string | null;
  readonly language: Language;
  readonly grants: readonly Grant[];
}

export interface FindAccount {
  readonly email: string;
}

export interface FoundAccount {
  /** Null: nobody has verified this address here. */
  readonly accountId: string | null;
}

/** What other services must know of an account. */
export interface AccountGlance {
  readonly status: "none" | "unverified" | "active" | "erased";
  readonly email: string | null;
  readonly emailKey: string | null;
  readonly loginKeys: readonly string[];
  readonly language: Language;
  readonly grants: readonly Grant[];
}

export interface AccountCalls {
  "account.open": { params: OpenAccount; result: Receipt };
  "account.verify": { params: AccountId; result: Receipt };
  "account.expire": { params: AccountId; result: Receipt };
  "account.revise": { params: ReviseAccount; result: Receipt };
  "account.link": { params: LinkAccount; result: Receipt };
  "account.grant": { params: GrantRole; result: Receipt };
  "account.revoke": { params: GrantRole; result: Receipt };
  "account.erase": { params: AccountId; result: Receipt };
  "account.forget": { params: AccountId; result: Receipt };
  "account.get": { params: AccountId; result: AccountView };
  "account.find": { params: FindAccount; result: FoundAccount };
  "account.peek": { params: AccountId; result: AccountGlance };
}

/** An account that is not verified within a day is erased. */
export const VERIFY_MINUTES = 24 * 60;
export const GRANTS_MAX = 50;
const CHANNELS_MAX = 100;

const id = idSchema.required();
const key = Joi.string().pattern(/^[0-9a-z]{32}$/, "key");
export const languageOfAccount = Joi.string<Language>().valid(...OWN_LANGUAGES);
export const emailSchema = plainText(254).email({ tlds: { allow: false } });
export const nameSchema = plainText(200).min(1);
const byId = Joi.object<AccountId, true>({ id });
const internal = { permission: "account.keep", owner: "platform" } as const;

export const grantFields = {
  role: Joi.string()
    .pattern(/^[a-z][a-z0-9-]{0,63}$/, "role")
    .required(),
  party: idSchema.allow(null).required().description("Whose things it is for; null is the whole mall"),
  channels: Joi.array().items(idSchema).min(1).max(CHANNELS_MAX),
};
// not strict: Joi has no word for read-only lists
const grantParams = Joi.object<GrantRole>({ id, ...grantFields });
export const grantsSchema = Joi.array().items(Joi.object<Grant>(grantFields)).max(GRANTS_MAX);

/** Not staff of a seller, who can do no more than the seller. */
const ofTheMall = ({ party }: GrantRole): boolean => party === null;

const view = Joi.object<AccountView>({
  id,
  version: Joi.number().integer().min(1).required(),
  status: Joi.string().valid("unverified", "active", "erased").required(),
  email: emailSchema.allow(null).required(),
  name: nameSchema.allow(null).required(),
  language: languageOfAccount.required(),
  grants: grantsSchema.required(),
});

export const accountContract: Contract<AccountCalls> = {
  aggregate: "account",
  actions: {
    "account.open": {
      kind: "command",
      key: "id",
      summary: "Open an account that is yet to be verified",
      params: Joi.object<OpenAccount, true>({
        id,
        email: emailSchema.required(),
        emailKey: key.required(),
        name: nameSchema,
        language: languageOfAccount.required(),
      }),
      ...internal,
    },
    "account.verify": { kind: "command", key: "id", summary: "Verify an account's address", params: byId, ...internal },
    "account.expire": {
      kind: "command",
      key: "id",
      summary: "Erase an account that was never verified",
      params: byId,
      ...internal,
    },
    "account.revise": {
      kind: "command",
      key: "id",
      summary: "Change an account's name or language",
      params: Joi.object<ReviseAccount, true>({ id, name: nameSchema, language: languageOfAccount }).or(
        "name",
        "language",
      ),
      permission: "account.write",
      owner: { field: "id" },
      http: { method: "PATCH", path: "/v1/accounts/{id}" },
    },
    "account.link": {
      kind: "command",
      key: "id",
      summary: "Let an account log in by an OpenID provider",
      params: Joi.object<LinkAccount, true>({ id, loginKey: key.required() }),
      ...internal,
    },
    "account.grant": {
      kind: "command",
      key: "id",
      summary: "Grant a role to an account; one for the whole mall, which a second person approves",
      params: grantParams,
      permission: "account.grant",
      owner: "platform",
      fourEyes: ofTheMall,
      http: { method: "POST", path: "/v1/accounts/{id}/grants" },
    },
    "account.revoke": {
      kind: "command",
      key: "id",
      summary: "Take a role back from an account",
      params: grantParams,
      permission: "account.grant",
      owner: "platform",
      http: { method: "POST", path: "/v1/accounts/{id}/grants/revoke" },
    },
    "account.erase": {
      kind: "command",
      key: "id",
      summary: "Erase a person: what is kept of them cannot be read any more",
      params: byId,
      permission: "account.erase",
      owner: { field: "id" },
      http: { method: "POST", path: "/v1/accounts/{id}/erase" },
    },
    "account.forget": {
      kind: "command",
      key: "id",
      summary: "Destroy an erased person's key",
      params: byId,
      ...internal,
    },
    "account.get": {
      kind: "query",
      key: "id",
      summary: "One account",
      params: byId,
      result: view,
      permission: "account.read",
      owner: { field: "id" },
      discloses: { of: ({ id: person, email, name }) => (email === null && name === null ? [] : [person]) },
      http: { method: "GET", path: "/v1/accounts/{id}" },
    },
    // an address stands in no query string: those are logged everywhere
    "account.find": {
      kind: "procedure",
      summary: "Find the account of somebody who wrote from an address",
      params: Joi.object<FindAccount, true>({ email: emailSchema.required() }),
      result: Joi.object<FoundAccount, true>({ accountId: idSchema.allow(null).required() }),
      permission: "account.read",
      owner: "platform",
      http: { method: "POST", path: "/v1/accounts/find" },
    },
    "account.peek": {
      kind: "query",
      key: "id",
      summary: "What an account is, for other services",
      params: byId,
      ...internal,
    },
  },
};
