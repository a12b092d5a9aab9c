import Joi from "../kernel/schema";
import type { Contract } from "../kernel/contract";
import { idSchema } from "../kernel/text";
import { sessionListSchema, type SessionList } from "../session/session.contract";
import { grantsSchema, languageOfAccount, type Grant, type Language } from "./account.contract";
import { ownData, type OwnDataCalls } from "./own-data.contract";
import { doneSchema, type Done } from "./registration.contract";

/** What somebody does with their own account; whose it is says the token. */
export interface Me {
  readonly id: string;
  readonly email: string | null;
  readonly name: string | null;
  readonly language: Language;
  readonly grants: readonly Grant[];
  readonly hasPassword: boolean;
  readonly secondFactor: "off" | "pending" | "on";
  /** True where the mall wants one for some of the grants: until it was logged in with, they permit nothing. */
  readonly secondFactorWanted: boolean;
}

export interface MeCalls extends OwnDataCalls {
  "me.get": { params: object; result: Me };
  "me.sessions": { params: object; result: SessionList };
  "me.logout": { params: object; result: Done };
  "me.logoutEverywhere": { params: object; result: Done };
  "me.end": { params: { readonly id: string }; result: Done };
}

const own = { permission: "account.self", owner: "caller" } as const;
const nothing = Joi.object<object, true>({});

const me = Joi.object<Me>({
  id: idSchema.required(),
  email: Joi.string().max(254).allow(null).required(),
  name: Joi.string().max(200).allow(null).required(),
  language: languageOfAccount.required(),
  grants: grantsSchema.required(),
  hasPassword: Joi.boolean().required(),
  secondFactor: Joi.string().valid("off", "pending", "on").required(),
  secondFactorWanted: Joi.boolean().required(),
});

export const meContract: Contract<MeCalls> = {
  aggregate: "me",
  actions: {
    "me.get": {
      ...own,
      kind: "query",
      summary: "One's own account",
      params: nothing,
      result: me,
      http: { method: "GET", path: "/v1/me" },
    },
    "me.sessions": {
      ...own,
      kind: "query",
      summary: "Where one is logged in",
      params: nothing,
      result: sessionListSchema,
      http: { method: "GET", path: "/v1/me/sessions" },
    },
    "me.logout": {
      ...own,
      kind: "procedure",
      summary: "Log out here",
      params: nothing,
      result: doneSchema,
      http: { method: "POST", path: "/v1/me/logout" },
    },
    "me.logoutEverywhere": {
      ...own,
      kind: "procedure",
      summary: "Log out everywhere",
      params: nothing,
      result: doneSchema,
      http: { method: "POST", path: "/v1/me/logout-everywhere" },
    },
    "me.end": {
      ...own,
      kind: "procedure",
      summary: "Log out on another device",
      params: Joi.object<{ readonly id: string }, true>({ id: idSchema.required() }),
      result: doneSchema,
      http: { method: "DELETE", path: "/v1/me/sessions/{id}" },
    },
    ...ownData,
  },
};
