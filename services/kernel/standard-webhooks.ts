/**
 * Signatures of what the mall tells outside, as the Standard Webhooks specification says (standardwebhooks.com): an
 * HMAC-SHA256 over id, time and body, so that nobody can change what was told, nor tell it again as something new.
 * While a secret is replaced, each of those that are good signs, and a receiver takes whichever it knows.
 */
import { createHmac, randomBytes } from "node:crypto";

const SECRET_BYTES = 32;
const PREFIX = "whsec_";

export const newSigningKey = (): Buffer => randomBytes(SECRET_BYTES);

/** As receivers are given it. */
export const secretText = (key: Buffer): string => PREFIX + key.toString("base64");

export interface Signed {
  /** Names what is told: the same each time that it is told. */
  readonly id: string;
  /** Seconds since 1970, of this attempt. */
  readonly timestamp: number;
  readonly body: string;
}

export function signatureOf(key: Buffer, { id, timestamp, body }: Signed): string {
  return `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`;
}

/** The headers that a receiver checks. */
export const signedHeaders = (keys: readonly Buffer[], signed: Signed): Readonly<Record<string, string>> => ({
  "webhook-id": signed.id,
  "webhook-timestamp": String(signed.timestamp),
  "webhook-signature": keys.map((key) => signatureOf(key, signed)).join(" "),
});
