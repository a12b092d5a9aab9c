/**
 * Logging in by an OpenID provider: away to its pages, and back with what it says. The challenge stays in this tab, so
 * that what a provider sends back is good nowhere else.
 */
import type { Begun } from "../../models/account/login.contract";
import type { OpenIdStep } from "../../models/account/openid.contract";
import { addresses } from "./addresses";
import { HERE, Problem } from "./problem";
import { browserName, entered, post } from "./session";

const CHALLENGE = "stoa.openid";
const NEXT = "stoa.openid.next";

/** Leaves for the provider. @param next where to go on afterwards. @throws Problem */
export async function leaveForProvider(next: string | null): Promise<void> {
  const { challenge, url } = (await post(addresses["openid.begin"], {})) as OpenIdStep;
  sessionStorage.setItem(CHALLENGE, challenge);
  if (next === null) sessionStorage.removeItem(NEXT);
  else sessionStorage.setItem(NEXT, next);
  location.assign(url);
}

/** Where somebody wanted to go who left for the provider. */
export const nextAfterProvider = (): string | null => sessionStorage.getItem(NEXT);

/**
 * Goes on with what stands in the address. @param gone what to say where nothing was begun in this tab
 * @returns the challenge that a second factor is wanted for, or null. @throws Problem
 */
export async function backFromProvider(search: URLSearchParams, gone: string): Promise<string | null> {
  const challenge = sessionStorage.getItem(CHALLENGE);
  const [code, state] = [search.get("code"), search.get("state")];
  if (challenge === null || code === null || state === null) throw new Problem(HERE, 0, gone);
  sessionStorage.removeItem(CHALLENGE);
  const iss = search.get("iss");
  const answer = { challenge, code, state, ...(iss !== null && { iss }), label: browserName() };
  const begun = (await post(addresses["openid.finish"], answer)) as Begun;
  if (begun.status === "second-factor") return begun.challenge;
  await entered(begun);
  return null;
}
