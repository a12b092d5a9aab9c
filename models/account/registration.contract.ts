import Joi from "../kernel/schema";
import { PUBLIC, type Contract } from "../kernel/contract";
import { passwordSchema } from "../credential/credential.contract";
import { emailSchema, languageOfAccount, nameSchema, type Language } from "./account.contract";

export interface Register {
  readonly email: string;
  readonly password: string;
  readonly name?: string;
  readonly language?: Language;
}

export interface Code {
  readonly code: string;
}

/** The same whether the address is known or not: what there is to know comes by mail. */
export interface Sent {
  readonly status: "sent";
}

export interface Done {
  readonly status: "done";
}

export interface RegistrationCalls {
  "registration.begin": { params: Register; result: Sent };
  "registration.verify": { params: Code; result: Done };
}

const open = { kind: "procedure", permission: PUBLIC, owner: "platform" } as const;
export const codeSchema = Joi.string().max(128).required();
export const sentSchema = Joi.object<Sent>({ status: Joi.string().valid("sent").required() });
export const doneSchema = Joi.object<Done>({ status: Joi.string().valid("done").required() });

export const registrationContract: Contract<RegistrationCalls> = {
  aggregate: "registration",
  actions: {
    "registration.begin": {
      ...open,
      key: "email",
      summary: "Register; a code to verify the address comes by mail",
      params: Joi.object<Register, true>({
        email: emailSchema.required(),
        password: passwordSchema.required(),
        name: nameSchema,
        language: languageOfAccount,
      }),
      result: sentSchema,
      http: { method: "POST", path: "/v1/accounts" },
    },
    "registration.verify": {
      ...open,
      summary: "Verify an address with the code from the mail",
      params: Joi.object<Code, true>({ code: codeSchema }),
      result: doneSchema,
      http: { method: "POST", path: "/v1/accounts/verify" },
    },
  },
};
