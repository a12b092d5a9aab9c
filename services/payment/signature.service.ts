/**
 * Signatures of webhooks, in the form that Stripe made common: `t=<seconds>,v1=<hex>` over `<seconds>.<payload>`. What
 * is older than five minutes is stale, whoever signed it.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import { refuse } from "../../models/refusals";

export const TOLERANCE_SECONDS = 300;

const macOf = (secret: string, seconds: number, payload: string): Buffer =>
  createHmac("sha256", secret).update(`${seconds}.${payload}`).digest();

export function sign(secret: string, payload: string, nowMs: number): string {
  const seconds = Math.floor(nowMs / 1_000);
  return `t=${seconds},v1=${macOf(secret, seconds, payload).toString("hex")}`;
}

/** @throws WEBHOOK_INVALID, WEBHOOK_STALE */
export function checkSignature(secret: string, payload: string, signature: string, nowMs: number): void {
  const [, seconds = "", mac = ""] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(signature) ?? [];
  const at = Number(seconds);
  const good = seconds !== "" && timingSafeEqual(macOf(secret, at, payload), Buffer.from(mac, "hex"));
  if (!good) refuse("WEBHOOK_INVALID", "The webhook is not signed with the secret that was agreed on.");
  if (Math.abs(nowMs / 1_000 - at) > TOLERANCE_SECONDS) {
    refuse("WEBHOOK_STALE", `The webhook was signed more than ${TOLERANCE_SECONDS} seconds ago.`);
  }
}
