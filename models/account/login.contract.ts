import type { ObjectSchema } from "joi";
import Joi from "../kernel/schema";
import { PUBLIC, type Contract } from "../kernel/contract";
import { plainText } from "../kernel/text";
import { passwordSchema } from "../credential/credential.contract";
import { tokensSchema, type Tokens } from "../session/session.contract";
import { emailSchema } from "./account.contract";
import { codeSchema } from "./registration.contract";

export interface LogIn {
  readonly email: string;
  readonly password: string;
  /** From an earlier log-in on this device: what others try does not hold it up. */
  readonly device?: string;
  /** What the session will be listed as: `Firefox on Linux`. */
  readonly label?: string;
}

export interface LoggedIn extends Tokens {
  /** Keep it on the device and bring it to the next log-in. */
  readonly device: string;
}

/** The password was right, and a second factor is on. */
export interface SecondFactorWanted {
  readonly status: "second-factor";
  /** Bring it together with the code. */
  readonly challenge: string;
}

export interface SecondFactor {
  readonly challenge: string;
  /** Six digits, or a recovery code. */
  readonly code: string;
  readonly label?: string;
}

export type Begun = LoggedIn | SecondFactorWanted;

export interface LoginCalls {
  "login.begin": { params: LogIn; result: Begun };
  "login.second": { params: SecondFactor; result: LoggedIn };
}

const open = { kind: "procedure", permission: PUBLIC, owner: "platform" } as const;
const label = plainText(200).min(1);
const device = Joi.string().max(128);

export const loggedInSchema = (tokensSchema as ObjectSchema<LoggedIn>).keys({
  device: device.required().description("Keep it on the device and bring it to the next log-in"),
});

/** One of two; told apart by `status`. */
export const begunSchema = Joi.object<Begun>({
  status: Joi.string().valid("logged-in", "second-factor").required(),
  challenge: Joi.string().max(128),
  accountId: Joi.string().max(64),
  accessToken: Joi.string().max(8_192),
  tokenType: Joi.string().valid("Bearer"),
  expiresIn: Joi.number().integer(),
  refreshToken: Joi.string().max(256),
  device,
});

export const loginContract: Contract<LoginCalls> = {
  aggregate: "login",
  actions: {
    "login.begin": {
      ...open,
      key: "email",
      summary: "Log in",
      params: Joi.object<LogIn, true>({
        email: emailSchema.required(),
        password: passwordSchema.required(),
        device,
        label,
      }),
      result: begunSchema,
      http: { method: "POST", path: "/v1/sessions" },
    },
    "login.second": {
      ...open,
      key: "challenge",
      summary: "Finish a log-in with the second factor",
      params: Joi.object<SecondFactor, true>({
        challenge: codeSchema,
        code: Joi.string().max(64).required(),
        label,
      }),
      result: loggedInSchema,
      http: { method: "POST", path: "/v1/sessions/second-factor" },
    },
  },
};
