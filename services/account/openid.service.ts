/**
 * Logging in by an OpenID provider. Who was here before is known by issuer and subject; whoever has an account under
 * the address that the provider verified is linked to it once; for everybody else an account is opened. A second
 * factor that is on is wanted here as well.
 */
import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import { anyContract } from "../../models/kernel/contract";
import { derivedId } from "../../models/kernel/ids";
import type { Begun } from "../../models/account/login.contract";
import {
  openIdContract,
  type FinishOpenId,
  type OfferedOpenId,
  type OpenIdStep,
} from "../../models/account/openid.contract";
import { refuse } from "../../models/refusals";
import { asMall, typed, type TypedCall } from "../kernel/call";
import { emailKeyOf } from "../kernel/email-key";
import { challengeIdOf, codeOf } from "../kernel/one-time-code";
import type { OpenId, Person, Ties } from "../kernel/openid";
import type { Node } from "../kernel/node";
import { procedureService, type CallSite } from "../kernel/service";
import { holderOf, passed } from "./login.service";

const MINUTES = 10;

type Call = (step: string) => TypedCall<Calls>;

const stepsOf =
  ({ caller, meta }: CallSite): Call =>
  (step) =>
    typed<Calls>(caller, asMall(meta, step));

const unproven = (): never => refuse("CREDENTIALS_INVALID", "The provider did not confirm this log-in: begin again.");

function providerOf(node: Node): OpenId {
  const { openId } = node.identity;
  return (
    openId ?? refuse("NOT_FOUND", "This mall has no OpenID provider: set STOA_OPENID_ISSUER and what goes with it.")
  );
}

/** Worked out from the challenge, so that nothing of them is stored. */
function tiesOf(node: Node, challengeId: string): Ties {
  const tie = (name: string): string => node.identity.pepper.mac(`openid ${name}`, challengeId);
  return { state: tie("state"), nonce: tie("nonce"), verifier: tie("verifier 1") + tie("verifier 2") };
}

async function begin(node: Node, site: CallSite): Promise<OpenIdStep> {
  const provider = providerOf(node);
  const id = derivedId("challenge", site.meta.commandId ?? "", "openid");
  await stepsOf(site)("issue")("challenge.issue", { id, purpose: "oidc", accountId: null, minutes: MINUTES });
  return { challenge: codeOf(node.identity.pepper, id), url: await provider.url(tiesOf(node, id)) };
}

/** The account of somebody who was never here before. */
async function opened(call: Call, person: Person, keys: { readonly loginKey: string; readonly emailKey: string }) {
  const id = derivedId("account", keys.loginKey, keys.emailKey, person.email ?? "");
  const { email, name } = person;
  if (email === null) return refuse("ACCOUNT_UNVERIFIED", "The provider does not say that your address is verified.");
  const { status } = await call("known")("account.peek", { id });
  if (status === "none") {
    const { emailKey } = keys;
    await call("open")("account.open", { id, email, emailKey, language: "en", ...(name !== null && { name }) });
  }
  await call("credential")("credential.open", { id });
  await call("verify")("account.verify", { id });
  return id;
}

async function accountOf(node: Node, person: Person, site: CallSite): Promise<string> {
  const call = stepsOf(site);
  const { pepper } = node.identity;
  const loginKey = pepper.mac("account.login", person.issuer, person.subject);
  const known = await holderOf(node, `account.login/${loginKey}`, loginKey);
  const account = await call("known by login")("account.peek", { id: known });
  if (account.status === "active" && account.loginKeys.includes(loginKey)) return known;
  if (person.email === null)
    return refuse("ACCOUNT_UNVERIFIED", "The provider does not say that your address is yours.");
  const emailKey = emailKeyOf(pepper, person.email);
  const holder = await holderOf(node, `account.email/${emailKey}`, emailKey);
  const named = await call("known by address")("account.peek", { id: holder });
  const owns = named.status === "active" && named.emailKey === emailKey;
  const id = owns ? holder : await opened(call, person, { loginKey, emailKey });
  await call("link")("account.link", { id, loginKey });
  return id;
}

async function finish(node: Node, params: FinishOpenId, site: CallSite): Promise<Begun> {
  const { pepper } = node.identity;
  const { challenge, code, state, iss, label } = params;
  const provider = providerOf(node);
  const id = challengeIdOf(pepper, challenge);
  // the state that the provider brought back must be that of the log-in that was begun here
  if (id === null || !pepper.isMac(state, "openid state", id)) return unproven();
  await stepsOf(site)("redeem")("challenge.redeem", { id, purpose: "oidc" });
  const person = await provider.person(tiesOf(node, id), { code, iss });
  if (person === null) return unproven();
  const accountId = await accountOf(node, person, site);
  const { emailKey } = await stepsOf(site)("account")("account.peek", { id: accountId });
  return passed(node, { accountId, emailKey: emailKey ?? accountId, device: null, label }, site);
}

export const openIdService = (node: Node): ServiceSchema =>
  procedureService({
    name: "openid",
    contract: anyContract(openIdContract),
    roles: node.roles,
    procedures: {
      "openid.offered": (): Promise<OfferedOpenId> => Promise.resolve({ provider: node.identity.openId?.host ?? null }),
      "openid.begin": (_params: object, site) => begin(node, site),
      "openid.finish": (params: FinishOpenId, site) => finish(node, params, site),
    },
  });
