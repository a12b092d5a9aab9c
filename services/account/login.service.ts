/**
 * Logging in. Whatever is wrong (the address, the password, that there is no such account) is told in the same words
 * and takes the same steps: a password is hashed in every case.
 */
import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import { anyContract } from "../../models/kernel/contract";
import { derivedId } from "../../models/kernel/ids";
import {
  loginContract,
  type Begun,
  type LoggedIn,
  type LogIn,
  type SecondFactor,
} from "../../models/account/login.contract";
import { refuse } from "../../models/refusals";
import { attempt, codeAttempts, deviceOf, deviceToken, loginAttempts } from "../kernel/attempts";
import { asMall, typed } from "../kernel/call";
import { emailKeyOf } from "../kernel/email-key";
import { challengeIdOf, codeOf } from "../kernel/one-time-code";
import type { Node } from "../kernel/node";
import { procedureService, type CallSite } from "../kernel/service";

const SECOND_MINUTES = 5;

/** The account that holds a claim, or an id that nobody has: then the same is read and found missing. */
export async function holderOf(node: Node, claim: string, otherwise: string): Promise<string> {
  const holder = await node.claims.find(claim);
  return holder?.startsWith("account/") ? holder.slice("account/".length) : derivedId("nobody", otherwise);
}

interface Proven {
  readonly accountId: string;
  readonly emailKey: string;
  readonly device: string | null;
  readonly label?: string | undefined;
}

async function loggedIn(
  node: Node,
  { accountId, emailKey, device, label }: Proven,
  { site, secondFactor }: { readonly site: CallSite; readonly secondFactor: boolean },
): Promise<LoggedIn> {
  const call = typed<Calls>(site.caller, asMall(site.meta, "open", accountId));
  const opened = { accountId, secondFactor, ...(label !== undefined && { label }) };
  const tokens = await call("session.open", opened);
  return { ...tokens, device: deviceToken(node.identity.pepper, emailKey, device ?? undefined) };
}

/** The first factor is proven: a session, or what the second factor is to be brought with. */
export async function passed(node: Node, proven: Proven, site: CallSite): Promise<Begun> {
  const { accountId } = proven;
  const call = (step: string) => typed<Calls>(site.caller, asMall(site.meta, step, accountId));
  const { secondFactor } = await call("credential")("credential.peek", { id: accountId });
  if (secondFactor !== "on") return loggedIn(node, proven, { site, secondFactor: false });
  const id = derivedId("challenge", site.meta.commandId ?? "", accountId);
  const issued = { id, purpose: "second-factor", accountId, minutes: SECOND_MINUTES } as const;
  await call("issue")("challenge.issue", issued);
  return { status: "second-factor", challenge: codeOf(node.identity.pepper, id) };
}

async function begin(node: Node, params: LogIn, site: CallSite): Promise<Begun> {
  const { email, password, label } = params;
  const { meta, caller } = site;
  const { pepper, throttle } = node.identity;
  const emailKey = emailKeyOf(pepper, email);
  const device = deviceOf(pepper, emailKey, params.device);
  const tried = loginAttempts({ accountKey: emailKey, device, address: meta.address });
  await attempt(throttle, tried);
  const accountId = await holderOf(node, `account.email/${emailKey}`, emailKey);
  const call = (step: string) => typed<Calls>(caller, asMall(meta, step, accountId));
  const { right } = await call("check")("credential.check", { id: accountId, password });
  const account = await call("account")("account.peek", { id: accountId });
  // a claim may be stale: the account itself says whose address it is
  if (!right || account.status !== "active" || account.emailKey !== emailKey) {
    return refuse("CREDENTIALS_INVALID", "Address and password do not belong together.");
  }
  await Promise.all(tried.map(({ key }) => throttle.giveBack(key)));
  return passed(node, { accountId, emailKey, device, label }, site);
}

async function second(node: Node, { challenge, code, label }: SecondFactor, site: CallSite): Promise<LoggedIn> {
  const { pepper, throttle } = node.identity;
  const { caller, meta } = site;
  const id = challengeIdOf(pepper, challenge);
  const call = (step: string, by?: string) => typed<Calls>(caller, asMall(meta, step, by));
  const { accountId, purpose } = await call("peek")("challenge.peek", { id: id ?? "none" });
  if (id === null || accountId === null || purpose !== "second-factor") {
    return refuse("CODE_INVALID", "This log-in has expired or was finished: log in again.");
  }
  const tried = codeAttempts(accountId);
  await attempt(throttle, tried);
  await call("prove", accountId)("credential.prove", { id: accountId, code });
  await call("redeem", accountId)("challenge.redeem", { id, purpose });
  await Promise.all(tried.map(({ key }) => throttle.giveBack(key)));
  const { emailKey } = await call("account")("account.peek", { id: accountId });
  const proven = { accountId, emailKey: emailKey ?? accountId, device: null, label };
  return loggedIn(node, proven, { site, secondFactor: true });
}

export const loginService = (node: Node): ServiceSchema =>
  procedureService({
    name: "login",
    contract: anyContract(loginContract),
    roles: node.roles,
    procedures: {
      "login.begin": (params: LogIn, site) => begin(node, params, site),
      "login.second": (params: SecondFactor, site) => second(node, params, site),
    },
  });
