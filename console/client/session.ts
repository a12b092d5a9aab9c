/**
 * Who is signed in. The refresh token is kept, and good once: of several tabs only one uses it at a time, and the
 * others take what that one got. The access token lives in memory. An administrator's token of the command line is
 * kept for this tab alone.
 */
import type { Grant } from "../../models/account/account.contract";
import type { Me } from "../../models/account/me.contract";
import type { Begun, LoggedIn } from "../../models/account/login.contract";
import type { Tokens } from "../../models/session/session.contract";
import { keep, kept } from "../app/kept";
import { createStore } from "../app/store";
import { addresses } from "./addresses";
import { noteBearer } from "./deeds";
import { isProblem, problemOf, unreachable } from "./problem";

export interface Person {
  readonly id: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly grants: readonly Grant[];
  /** Holds every permission: the token of `stoa token`. */
  readonly all: boolean;
}

/** Undefined: not known yet. Null: nobody. */
export const person = createStore<Person | null | undefined>(undefined);

const REFRESH = "refresh";
const DEVICE = "device";
const ADMIN = "stoa.admin";
let access: string | null = null;

function hold(token: string | null): void {
  access = token;
  noteBearer(token);
}

export const bearer = (): string | null => access;

/** Resolves when it is known whether anybody is signed in: what is somebody's own is not asked for before. */
export const whoIsKnown = (): Promise<void> =>
  new Promise((resolve) => {
    if (person.get() !== undefined) {
      resolve();
      return;
    }
    const end = person.listen(() => {
      end();
      resolve();
    });
  });

/** Without a token, and without a second try: for what one gets a token by. */
export async function post(address: string, body: object): Promise<unknown> {
  const [, path = "/"] = address.split(" ");
  const headers = { "content-type": "application/json" };
  const response = await fetch(path, { method: "POST", headers, body: JSON.stringify(body) }).catch(() => {
    throw unreachable();
  });
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok) return answer;
  throw problemOf(response.status, answer);
}

function take({ accessToken, refreshToken }: Tokens): void {
  hold(accessToken);
  keep(REFRESH, refreshToken);
}

/** The mall has heard it and said no; not: it cannot be reached, is not well, or wants to be asked later. */
const isRefused = (error: unknown): boolean =>
  isProblem(error) && error.status >= 400 && error.status < 500 && error.status !== 429;

async function refresh(): Promise<boolean> {
  const refreshToken = kept(REFRESH);
  if (refreshToken === null) return false;
  try {
    take((await post(addresses["session.refresh"], { refreshToken })) as Tokens);
    return true;
  } catch (error) {
    // a mall that does not answer has ended nothing
    if (!isRefused(error)) throw error;
    // the session may have been ended elsewhere: then nobody is signed in any more
    if (kept(REFRESH) === refreshToken) keep(REFRESH, null);
    return false;
  }
}

let renewing: Promise<boolean> | null = null;

/** Gets the next access token. @returns false where nobody is signed in any more. @throws Problem */
export function renewed(): Promise<boolean> {
  const alone = async (): Promise<boolean> => {
    const ok = await navigator.locks
      .request("stoa-refresh", async () => refresh())
      .finally(() => {
        renewing = null;
      });
    if (!ok && person.get()) forget();
    return ok;
  };
  renewing ??= alone();
  return renewing;
}

/**
 * Resolves when who was signed in has a token again, where anybody was: what is asked for without it would be turned
 * away, and stand among the denials as a stranger's.
 */
export async function tokenIsThere(): Promise<void> {
  if (access !== null || kept(REFRESH) === null) return;
  // a mall that does not answer says so to the question itself
  await renewed().catch(() => undefined);
}

function forget(): void {
  hold(null);
  keep(REFRESH, null);
  sessionStorage.removeItem(ADMIN);
  person.set(null);
}

async function whoAmI(): Promise<Person | null> {
  const response = await fetch("/v1/me", { headers: { authorization: `Bearer ${access ?? ""}` } });
  if (!response.ok) return null;
  const { id, name, email, grants } = (await response.json()) as Me;
  return { id, name, email, grants, all: false };
}

interface Claims {
  readonly sub?: string;
  readonly permissions?: readonly string[];
}

/** What a token of the command line says of itself; the mall checks it with every request. */
function claimsOf(token: string): Claims {
  const [, middle = ""] = token.split(".");
  try {
    return JSON.parse(atob(middle.replaceAll("-", "+").replaceAll("_", "/"))) as Claims;
  } catch {
    return {};
  }
}

/** @returns whether it is a token at all */
export function enterByToken(token: string): boolean {
  const { sub, permissions = [] } = claimsOf(token);
  if (sub === undefined) return false;
  access = token;
  sessionStorage.setItem(ADMIN, token);
  person.set({ id: sub, name: sub, email: null, grants: [], all: permissions.includes("*") });
  return true;
}

/** Somebody has come in. */
export async function entered(tokens: LoggedIn): Promise<void> {
  take(tokens);
  keep(DEVICE, tokens.device);
  person.set(await whoAmI());
}

/** The session was begun anew: with another password, the tokens from before are good no more. */
export const goOnWith = take;

/** What somebody may do has changed: asked for anew, with a token that knows of it. */
export async function lookAgain(): Promise<void> {
  if (await renewed()) person.set(await whoAmI());
}

/** As which the session is listed. */
export const browserName = (): string => /(Firefox|Edg|Chrome|Safari)/.exec(navigator.userAgent)?.[1] ?? "Browser";

/** @returns the challenge that a second factor is wanted for, or null. @throws Problem */
export async function signIn(email: string, password: string): Promise<string | null> {
  const device = kept(DEVICE) ?? undefined;
  const label = browserName();
  const begun = (await post(addresses["login.begin"], { email, password, device, label })) as Begun;
  if (begun.status === "second-factor") return begun.challenge;
  await entered(begun);
  return null;
}

/** @throws Problem */
export async function signInSecond(challenge: string, code: string): Promise<void> {
  await entered((await post(addresses["login.second"], { challenge, code })) as LoggedIn);
}

export async function signOut(): Promise<void> {
  const token = access;
  const wasAccount = kept(REFRESH) !== null;
  forget();
  if (token === null || !wasAccount) return;
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  // whether or not the mall heard it, nobody is signed in here
  await fetch("/v1/me/logout", { method: "POST", headers, body: "{}" }).catch(() => null);
}

/** Finds out who was signed in when the page was last open. */
export async function resume(): Promise<void> {
  const admin = sessionStorage.getItem(ADMIN);
  if (admin !== null && enterByToken(admin)) return;
  try {
    person.set((await renewed()) ? await whoAmI() : null);
  } catch {
    // the mall cannot be reached: whoever it was is still so when it can
    person.set(null);
  }
}
