import Joi from "../kernel/schema";
import type { Contract } from "../kernel/contract";
import { plainText } from "../kernel/text";
import { passwordSchema, RECOVERY_CODES, type Prepared } from "../credential/credential.contract";
import { tokensSchema, type Tokens } from "../session/session.contract";
import { codeSchema, doneSchema, type Code, type Done } from "./registration.contract";

/** How people change what they prove themselves by. */
export interface WithPassword {
  readonly password: string;
}

export interface ChangePassword extends WithPassword {
  readonly current: string;
  readonly label?: string;
}

export interface DropSecondFactor extends WithPassword {
  readonly code: string;
}

export interface ProofCalls {
  "proof.password": { params: ChangePassword; result: Tokens };
  "proof.prepare": { params: WithPassword; result: Prepared };
  "proof.confirm": { params: Code; result: Done };
  "proof.drop": { params: DropSecondFactor; result: Done };
}

const own = { kind: "procedure", permission: "account.self", owner: "caller" } as const;
const password = passwordSchema.required();

const prepared = Joi.object<Prepared>({
  secret: Joi.string().max(64).required().description("For an authenticator that cannot read the address; told once"),
  uri: Joi.string().max(512).required().description("otpauth://…, to be shown as a QR code"),
  recoveryCodes: Joi.array().items(Joi.string().max(64)).length(RECOVERY_CODES).required(),
});

export const proofContract: Contract<ProofCalls> = {
  aggregate: "proof",
  actions: {
    "proof.password": {
      ...own,
      summary: "Change one's password; it ends every session and begins a new one",
      params: Joi.object<ChangePassword, true>({
        current: password,
        password,
        label: plainText(200).min(1),
      }),
      result: tokensSchema,
      http: { method: "POST", path: "/v1/me/password" },
    },
    "proof.prepare": {
      ...own,
      summary: "Prepare a second factor; it is on once it is confirmed",
      params: Joi.object<WithPassword, true>({ password }),
      result: prepared,
      http: { method: "POST", path: "/v1/me/second-factor" },
    },
    "proof.confirm": {
      ...own,
      summary: "Switch the second factor on with its first code",
      params: Joi.object<Code, true>({ code: codeSchema }),
      result: doneSchema,
      http: { method: "POST", path: "/v1/me/second-factor/confirm" },
    },
    "proof.drop": {
      ...own,
      summary: "Switch the second factor off",
      params: Joi.object<DropSecondFactor, true>({ password, code: codeSchema }),
      result: doneSchema,
      http: { method: "POST", path: "/v1/me/second-factor/off" },
    },
  },
};
