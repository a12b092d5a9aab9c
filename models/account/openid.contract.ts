import Joi from "../kernel/schema";
import { PUBLIC, type Contract } from "../kernel/contract";
import { plainText } from "../kernel/text";
import { begunSchema, type Begun } from "./login.contract";
import { codeSchema } from "./registration.contract";

export interface OpenIdStep {
  /** Keep it where the log-in was begun, and bring it back: an answer of the provider is good only there. */
  readonly challenge: string;
  /** Send the person there. */
  readonly url: string;
}

export interface FinishOpenId {
  readonly challenge: string;
  /** As the provider sent them back. */
  readonly code: string;
  readonly state: string;
  readonly iss?: string;
  readonly label?: string;
}

export interface OfferedOpenId {
  /** The host of the provider that people may log in by; null where the mall has none. */
  readonly provider: string | null;
}

export interface OpenIdCalls {
  "openid.offered": { params: object; result: OfferedOpenId };
  "openid.begin": { params: object; result: OpenIdStep };
  "openid.finish": { params: FinishOpenId; result: Begun };
}

const open = { kind: "procedure", permission: PUBLIC, owner: "platform" } as const;

export const openIdContract: Contract<OpenIdCalls> = {
  aggregate: "openid",
  actions: {
    "openid.offered": {
      kind: "query",
      permission: PUBLIC,
      owner: "platform",
      summary: "By which OpenID provider one may log in",
      params: Joi.object<object, true>({}),
      result: Joi.object<OfferedOpenId, true>({ provider: Joi.string().max(255).allow(null).required() }),
      http: { method: "GET", path: "/v1/sessions/openid" },
    },
    "openid.begin": {
      ...open,
      summary: "Begin to log in by the OpenID provider",
      params: Joi.object<object, true>({}),
      result: Joi.object<OpenIdStep>({ challenge: codeSchema, url: Joi.string().max(4_096).required() }),
      http: { method: "POST", path: "/v1/sessions/openid" },
    },
    "openid.finish": {
      ...open,
      summary: "Log in with what the OpenID provider sent back",
      params: Joi.object<FinishOpenId, true>({
        challenge: codeSchema,
        code: Joi.string().max(2_048).required(),
        state: Joi.string().max(128).required(),
        iss: Joi.string().max(1_024),
        label: plainText(200).min(1),
      }),
      result: begunSchema,
      http: { method: "POST", path: "/v1/sessions/openid/finish" },
    },
  },
};
