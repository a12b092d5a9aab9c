import Joi from "../kernel/schema";
import type { Contract, Receipt } from "../kernel/contract";
import { idSchema, plainText } from "../kernel/text";

/** What an account proves itself by. The id is the account's. Nothing of it is ever shown. */
export interface CredentialId {
  readonly id: string;
}

export interface SetPassword extends CredentialId {
  readonly passwordHash: string;
  /** True where only the cost of the hash changes: whoever is logged in stays so. */
  readonly keepSessions?: boolean;
}

export interface EnrolSecondFactor extends CredentialId {
  readonly totpSecret: string;
  /** MACs over the codes. */
  readonly recoveryHashes: readonly string[];
}

/** A time step of the second factor, counted from 1970 in periods of 30 seconds. */
export interface UseStep extends CredentialId {
  readonly step: number;
}

export interface UseRecovery extends CredentialId {
  readonly recoveryHash: string;
}

export interface ChoosePassword extends CredentialId {
  readonly password: string;
}

export interface PrepareSecondFactor extends CredentialId {
  /** What the authenticator shows it as. */
  readonly label: string;
}

/** Told once, and never again. */
export interface Prepared {
  readonly secret: string;
  readonly uri: string;
  readonly recoveryCodes: readonly string[];
}

export interface ProveSecondFactor extends CredentialId {
  readonly code: string;
}

export interface CredentialGlance {
  /** Raised to end all sessions. 0: there is no credential. */
  readonly epoch: number;
  readonly hasPassword: boolean;
  readonly secondFactor: "off" | "pending" | "on";
}

export interface Checked extends CredentialGlance {
  readonly right: boolean;
}

export interface CredentialCalls {
  "credential.set": { params: SetPassword; result: Receipt };
  "credential.open": { params: CredentialId; result: Receipt };
  "credential.renew": { params: CredentialId; result: Receipt };
  "credential.enrol": { params: EnrolSecondFactor; result: Receipt };
  "credential.confirm": { params: UseStep; result: Receipt };
  "credential.step": { params: UseStep; result: Receipt };
  "credential.recover": { params: UseRecovery; result: Receipt };
  "credential.disenrol": { params: CredentialId; result: Receipt };
  "credential.peek": { params: CredentialId; result: CredentialGlance };
  "credential.choose": { params: ChoosePassword; result: null };
  "credential.check": { params: ChoosePassword; result: Checked };
  "credential.prepare": { params: PrepareSecondFactor; result: Prepared };
  "credential.prove": { params: ProveSecondFactor; result: null };
}

export const PASSWORD_LENGTH_MAX = 256;
export const RECOVERY_CODES = 10;
export const passwordSchema = plainText(PASSWORD_LENGTH_MAX).min(1);

const id = idSchema.required();
const byId = Joi.object<CredentialId, true>({ id });
const mac = Joi.string().pattern(/^[0-9a-z]{32}$/, "mac");
const internal = { permission: "credential.keep", owner: "platform" } as const;
const command = { kind: "command", key: "id", ...internal } as const;
const step = Joi.number().integer().min(0).required();
const withPassword = Joi.object<ChoosePassword, true>({ id, password: passwordSchema.required() });

export const credentialContract: Contract<CredentialCalls> = {
  aggregate: "credential",
  actions: {
    "credential.set": {
      ...command,
      summary: "Keep the hash of a password",
      params: Joi.object<SetPassword, true>({
        id,
        passwordHash: Joi.string().max(300).required(),
        keepSessions: Joi.boolean(),
      }),
    },
    "credential.open": { ...command, summary: "Begin without a password", params: byId },
    "credential.renew": { ...command, summary: "End every session of the account", params: byId },
    "credential.enrol": {
      ...command,
      summary: "Prepare a second factor",
      params: Joi.object<EnrolSecondFactor>({
        id,
        totpSecret: Joi.string()
          .pattern(/^[A-Z2-7]{16,64}$/, "base32")
          .required(),
        recoveryHashes: Joi.array().items(mac).length(RECOVERY_CODES).required(),
      }),
    },
    "credential.confirm": {
      ...command,
      summary: "Switch the second factor on",
      params: Joi.object<UseStep, true>({ id, step }),
    },
    "credential.step": {
      ...command,
      summary: "Use up a time step of the second factor",
      params: Joi.object<UseStep, true>({ id, step }),
    },
    "credential.recover": {
      ...command,
      summary: "Use up a recovery code",
      params: Joi.object<UseRecovery, true>({ id, recoveryHash: mac.required() }),
    },
    "credential.disenrol": { ...command, summary: "Switch the second factor off", params: byId },
    "credential.peek": {
      kind: "query",
      key: "id",
      summary: "What an account can prove itself by",
      params: byId,
      ...internal,
    },
    "credential.choose": {
      kind: "procedure",
      key: "id",
      summary: "Hash a password and keep it",
      params: withPassword,
      ...internal,
    },
    "credential.check": {
      kind: "procedure",
      key: "id",
      summary: "Tell whether a password is right; as slow for an account that does not exist",
      params: withPassword,
      ...internal,
    },
    "credential.prepare": {
      kind: "procedure",
      key: "id",
      summary: "Make the seed of a second factor, and recovery codes",
      params: Joi.object<PrepareSecondFactor, true>({ id, label: plainText(254).required() }),
      ...internal,
    },
    "credential.prove": {
      kind: "procedure",
      key: "id",
      summary: "Use a code of the second factor up, or refuse it",
      params: Joi.object<ProveSecondFactor, true>({ id, code: Joi.string().max(128).required() }),
      ...internal,
    },
  },
};
