/**
 * How often somebody may try. Failures are counted per account and source, so that guessing from elsewhere does not
 * lock the owner out; the source is the device where it proves that it logged in before (nobody else can use up its
 * attempts), and the network otherwise. Above that an account takes a bounded number of failures from all strangers
 * together, and a network one over all accounts: against many sources, and against many accounts. A device that
 * logged in before is bound by neither. So an attacker who uses up the strangers' share keeps its owner only from
 * devices that were never used, for an hour at most.
 */
import { refuseKernel } from "../../models/kernel/refusal";
import { randomId } from "../../models/kernel/ids";
import type { Pepper } from "./pepper";
import type { Limit, Throttle } from "./throttle";

const MINUTE_MS = 60_000;

export interface Counted {
  readonly key: string;
  readonly limit: Limit;
}

/**
 * Counts on all keys, so that none is free while another is full.
 * @throws ATTEMPTS_EXCEEDED with `retryAfterSeconds`
 */
export async function attempt(throttle: Throttle, counted: readonly Counted[]): Promise<void> {
  const waits = await Promise.all(counted.map(({ key, limit }) => throttle.take(key, limit)));
  const waitMs = Math.max(0, ...waits);
  if (waitMs === 0) return;
  const retryAfterSeconds = Math.ceil(waitMs / 1_000);
  refuseKernel("ATTEMPTS_EXCEEDED", `Too many attempts: try again in ${retryAfterSeconds} s.`, { retryAfterSeconds });
}

/** Eight groups, where the short form leaves out zeros. */
function groupsOf(address: string): readonly string[] {
  const [left = [], right] = address.split("::").map((half) => half.split(":").filter((group) => group !== ""));
  if (right === undefined) return left;
  return [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill("0"), ...right];
}

/** The part of an address that one customer of a network provider has: all of IPv4, the first half of IPv6. */
export function networkOf(address = "unknown"): string {
  const isSix = address.includes(":") && !address.includes(".");
  return isSix ? groupsOf(address.toLowerCase()).slice(0, 4).join(":") : address.replace(/^::ffff:/i, "");
}

const DEVICE = "device";

/** What a device keeps after a log-in; good for this account alone. */
export function deviceToken(pepper: Pepper, accountKey: string, id: string = randomId()): string {
  return `${id}.${pepper.mac(DEVICE, accountKey, id)}`;
}

/** The device's id, or null for one that never logged in to this account. */
export function deviceOf(pepper: Pepper, accountKey: string, token: string | undefined): string | null {
  const [id = "", mac = ""] = (token ?? "").split(".");
  return pepper.isMac(mac, DEVICE, accountKey, id) ? id : null;
}

export interface Tried {
  readonly accountKey: string;
  readonly device: string | null;
  readonly address: string | undefined;
}

export const LOGIN_LIMITS = {
  source: { max: 5, windowMs: 15 * MINUTE_MS },
  strangers: { max: 50, windowMs: 60 * MINUTE_MS },
  network: { max: 100, windowMs: 15 * MINUTE_MS },
} as const;

export function loginAttempts({ accountKey, device, address }: Tried): readonly Counted[] {
  if (device !== null) return [{ key: `login/${accountKey}/device/${device}`, limit: LOGIN_LIMITS.source }];
  const network = networkOf(address);
  return [
    { key: `login/${accountKey}/from/${network}`, limit: LOGIN_LIMITS.source },
    { key: `login/${accountKey}`, limit: LOGIN_LIMITS.strangers },
    { key: `login-from/${network}`, limit: LOGIN_LIMITS.network },
  ];
}

/** For what sends a mail: few for one address, more from one network. */
export const mailAttempts = (accountKey: string, address: string | undefined): readonly Counted[] => [
  { key: `mail/${accountKey}`, limit: { max: 5, windowMs: 60 * MINUTE_MS } },
  { key: `mail-from/${networkOf(address)}`, limit: { max: 60, windowMs: 60 * MINUTE_MS } },
];

/** For codes of six digits: a million of them, so that five an hour are found in years. */
export const codeAttempts = (accountId: string): readonly Counted[] => [
  { key: `code/${accountId}`, limit: { max: 5, windowMs: 15 * MINUTE_MS } },
];
