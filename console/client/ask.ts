/**
 * The one door to the mall. Who asks (token), what was written (consistency token), that a command is done once
 * (idempotency key) and what went wrong (problem) are seen to here, and nowhere else.
 */
import type { Calls } from "../../models/contracts";
import { language } from "../app/taste";
import { addresses, type Action } from "./addresses";
import { visitor } from "./deeds";
import { isProblem, problemOf, unreachable } from "./problem";
import { bearer, renewed, tokenIsThere } from "./session";
import { wire, type Params, type Wired } from "./wire";
import { forgetWrites, noteWrite, writesSeen } from "./writes";

export interface Asking {
  readonly signal?: AbortSignal;
  /** Of the thing as it was shown: whoever changed it meanwhile is not overwritten. */
  readonly version?: number;
}

/** What is answered instead of a receipt where a second person has to agree. */
export interface Pending {
  readonly approval: { readonly id: string; readonly status: string };
}

export const isPending = (answer: unknown): answer is Pending =>
  typeof answer === "object" && answer !== null && "approval" in answer;

const AGAIN_MS = 400;
const ATTEMPTS_MAX = 3;

const pause = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));

/** What was written here is to be seen, and what was done is gone by. */
function noteReader(headers: Headers): void {
  const [seen, who] = [writesSeen(), visitor()];
  if (seen !== null) headers.set("stoa-token", seen);
  if (who !== null) headers.set("stoa-visitor", who);
}

function headersOf({ method, body }: Wired, key: string, { version }: Asking): Headers {
  const headers = new Headers({ accept: "application/json", "accept-language": language.get() });
  const token = bearer();
  if (token !== null) headers.set("authorization", `Bearer ${token}`);
  if (body !== null) headers.set("content-type", "application/json");
  if (method !== "GET") headers.set("idempotency-key", key);
  if (version !== undefined) headers.set("if-match", `"${version}"`);
  if (method === "GET") noteReader(headers);
  return headers;
}

async function once(wired: Wired, key: string, asking: Asking): Promise<unknown> {
  const { signal } = asking;
  const init = { method: wired.method, headers: headersOf(wired, key, asking), body: wired.body };
  const response = await fetch(wired.url, { ...init, ...(signal && { signal }) }).catch((error: unknown) => {
    throw signal?.aborted === true ? error : unreachable();
  });
  noteWrite(response.headers.get("stoa-token"));
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok) return answer;
  throw problemOf(response.status, answer, response.headers.get("content-language") ?? undefined);
}

/** Whether asking again may help, after what had to be done for it. */
async function mayHelp(error: unknown, attempt: number): Promise<boolean> {
  if (attempt >= ATTEMPTS_MAX) return false;
  if (isProblem(error, "TOKEN_INVALID")) {
    forgetWrites();
    return true;
  }
  if (isProblem(error, "UNAUTHENTICATED")) return attempt === 1 && (await renewed());
  if (!isProblem(error, "READ_BEHIND", "SERVICE_UNAVAILABLE", "MAILBOX_FULL", "RATE_LIMITED", "UNREACHABLE")) {
    return false;
  }
  await pause(AGAIN_MS * attempt);
  return true;
}

/** Any address of the mall; `ask` is the typed way. @throws Problem, or AbortError when the signal said so */
export async function askAt<T>(address: string, params: Params, asking: Asking = {}): Promise<T> {
  const wired = wire(address, params);
  // the same for every attempt: whatever was done, is done once
  const key = crypto.randomUUID();
  await tokenIsThere();
  for (let attempt = 1; ; attempt++) {
    try {
      return (await once(wired, key, asking)) as T;
    } catch (error) {
      if (!(await mayHelp(error, attempt))) throw error;
    }
  }
}

/** Asks for an action by its name. @throws Problem, or AbortError when the signal said so */
export const ask = <N extends Action>(
  name: N,
  params: Calls[N]["params"],
  asking: Asking = {},
): Promise<Calls[N]["result"]> => askAt(addresses[name], params as Params, asking);

/** Saves a file that only its owner may have. @throws Problem */
export async function saveFile(url: string, name: string): Promise<void> {
  const token = bearer();
  const response = await fetch(url, { headers: token === null ? {} : { authorization: `Bearer ${token}` } });
  if (!response.ok) throw problemOf(response.status, await response.json().catch(() => null));
  const address = URL.createObjectURL(await response.blob());
  const link = Object.assign(document.createElement("a"), { href: address, download: name });
  link.click();
  URL.revokeObjectURL(address);
}
