import Joi from "../kernel/schema";
import { PUBLIC, type Contract } from "../kernel/contract";
import { passwordSchema } from "../credential/credential.contract";
import { emailSchema } from "./account.contract";
import { codeSchema, doneSchema, sentSchema, type Done, type Sent } from "./registration.contract";

export interface ForgotPassword {
  readonly email: string;
}

export interface ResetPassword {
  readonly code: string;
  readonly password: string;
}

export interface PasswordCalls {
  "password.forgot": { params: ForgotPassword; result: Sent };
  "password.reset": { params: ResetPassword; result: Done };
}

const open = { kind: "procedure", permission: PUBLIC, owner: "platform" } as const;

export const passwordContract: Contract<PasswordCalls> = {
  aggregate: "password",
  actions: {
    "password.forgot": {
      ...open,
      key: "email",
      summary: "Ask for a code to choose a new password; it comes by mail, if there is an account",
      params: Joi.object<ForgotPassword, true>({ email: emailSchema.required() }),
      result: sentSchema,
      http: { method: "POST", path: "/v1/passwords/forgot" },
    },
    "password.reset": {
      ...open,
      summary: "Choose a new password with the code from the mail; it ends every session",
      params: Joi.object<ResetPassword, true>({ code: codeSchema, password: passwordSchema.required() }),
      result: doneSchema,
      http: { method: "POST", path: "/v1/passwords/reset" },
    },
  },
};
