import type { Model } from "../kernel/model";

const CREDENTIALS = ["passwordHash", "totpSecret", "recoveryHashes"];

/** Sealed with the key of the account's person, and shown to nobody, in histories either. */
export const credentialModel: Model = {
  aggregate: "credential",
  personal: { subject: ({ id }) => (typeof id === "string" ? id : null), fields: CREDENTIALS },
  secret: CREDENTIALS,
};
