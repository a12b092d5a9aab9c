/**
 * Logging in. Whatever is wrong (the address, the password, that there is no such account) is told in the same words
 * and takes the same steps: a password is hashed in every case.
 */
import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import { anyContract } from "../../models/kernel/contract";
import { derivedId } from "../../models/kernel/ids";
import { loginContract, type LoggedIn, type LogIn, type SecondFactorWanted } from "../../models/account/login.contract";
import { refuse } from "../../models/refusals";
import { attempt, deviceOf, deviceToken, loginAttempts } from "../kernel/attempts";
import { asMall, typed } from "../kernel/call";
import { emailKeyOf } from "../kernel/email-key";
import type { Node } from "../kernel/node";
import { procedureService, type CallSite } from "../kernel/service";

/** The account that holds the address, or an id that nobody has: then the same is read and found missing. */
async function accountOf(node: Node, emailKey: string): Promise<string> {
  const holder = await node.claims.find(`account.email/${emailKey}`);
  return holder?.startsWith("account/") ? holder.slice("account/".length) : derivedId("nobody", emailKey);
}

async function begin(node: Node, params: LogIn, { caller, meta }: CallSite): Promise<LoggedIn | SecondFactorWanted> {
  const { email, password, label } = params;
  const { pepper, throttle } = node.identity;
  const emailKey = emailKeyOf(pepper, email);
  const device = deviceOf(pepper, emailKey, params.device);
  const tried = loginAttempts({ accountKey: emailKey, device, address: meta.address });
  await attempt(throttle, tried);
  const accountId = await accountOf(node, emailKey);
  const call = (step: string) => typed<Calls>(caller, asMall(meta, step, accountId));
  const { right } = await call("check")("credential.check", { id: accountId, password });
  const account = await call("account")("account.peek", { id: accountId });
  // a claim may be stale: the account itself says whose address it is
  if (!right || account.status !== "active" || account.emailKey !== emailKey) {
    return refuse("CREDENTIALS_INVALID", "Address and password do not belong together.");
  }
  await Promise.all(tried.map(({ key }) => throttle.giveBack(key)));
  const opened = { accountId, secondFactor: false, ...(label !== undefined && { label }) };
  const tokens = await call("open")("session.open", opened);
  return { ...tokens, device: deviceToken(pepper, emailKey, device ?? undefined) };
}

export const loginService = (node: Node): ServiceSchema =>
  procedureService({
    name: "login",
    contract: anyContract(loginContract),
    roles: node.roles,
    procedures: { "login.begin": (params: LogIn, site) => begin(node, params, site) },
  });
