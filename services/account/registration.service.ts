/**
 * Registering takes the same steps and the same time whether the address is known or not: an account that is yet to be
 * verified is opened in either case, and only the mail says more. An account holds its address from the moment that
 * it is verified, so that nobody can keep an address from its owner; one that never is, is erased by a timer.
 */
import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import { anyContract } from "../../models/kernel/contract";
import { derivedId } from "../../models/kernel/ids";
import { VERIFY_MINUTES } from "../../models/account/account.contract";
import {
  registrationContract,
  type Code,
  type Done,
  type Register,
  type Sent,
} from "../../models/account/registration.contract";
import { refuse } from "../../models/refusals";
import { asMall, typed, type TypedCall } from "../kernel/call";
import { attempt, mailAttempts } from "../kernel/attempts";
import { emailKeyOf } from "../kernel/email-key";
import { challengeIdOf, codeOf } from "../kernel/one-time-code";
import type { Node } from "../kernel/node";
import { weakness } from "../kernel/password-rules";
import { procedureService, type CallSite } from "../kernel/service";
import { alreadyThere, verifyAddress } from "./texts.mail";

interface Steps {
  readonly accountId: string;
  readonly challengeId: string;
  readonly call: (step: string) => TypedCall<Calls>;
}

function stepsOf({ caller, meta }: CallSite, emailKey: string): Steps {
  const accountId = derivedId("account", meta.commandId ?? "", emailKey);
  return {
    accountId,
    challengeId: derivedId("challenge", accountId),
    call: (step) => typed<Calls>(caller, asMall(meta, step, accountId)),
  };
}

async function begin(node: Node, params: Register, site: CallSite): Promise<Sent> {
  const { email, password, name, language = "en" } = params;
  const { pepper, throttle, mailer, publicUrl } = node.identity;
  const weak = weakness(password, [email, name ?? ""]);
  if (weak !== null) refuse("PASSWORD_WEAK", `Choose another password. ${weak}`);
  const emailKey = emailKeyOf(pepper, email);
  await attempt(throttle, mailAttempts(emailKey, site.meta.address));
  const { accountId, challengeId, call } = stepsOf(site, emailKey);
  const opened = { id: accountId, email, emailKey, language, ...(name !== undefined && { name }) };
  await call("open")("account.open", opened);
  await call("choose")("credential.choose", { id: accountId, password });
  const issued = { id: challengeId, purpose: "verify", accountId, minutes: VERIFY_MINUTES } as const;
  await call("issue")("challenge.issue", issued);
  const known = await node.claims.find(`account.email/${emailKey}`);
  const code = codeOf(pepper, challengeId);
  const text = known === null ? verifyAddress(language, { code, url: publicUrl }) : alreadyThere(language);
  mailer.send({ to: email, ...text });
  return { status: "sent" };
}

async function verify(node: Node, { code }: Code, { caller, meta }: CallSite): Promise<Done> {
  const challengeId = challengeIdOf(node.identity.pepper, code);
  const invalid = (): never => refuse("CODE_INVALID", "This code is not good, was used already, or has expired.");
  if (challengeId === null) return invalid();
  const call = (step: string, by?: string) => typed<Calls>(caller, asMall(meta, step, by));
  const { accountId } = await call("peek")("challenge.peek", { id: challengeId });
  if (accountId === null) return invalid();
  await call("redeem", accountId)("challenge.redeem", { id: challengeId, purpose: "verify" });
  await call("verify", accountId)("account.verify", { id: accountId });
  return { status: "done" };
}

export const registrationService = (node: Node): ServiceSchema =>
  procedureService({
    name: "registration",
    contract: anyContract(registrationContract),
    roles: node.roles,
    procedures: {
      "registration.begin": (params: Register, site) => begin(node, params, site),
      "registration.verify": (params: Code, site) => verify(node, params, site),
    },
  });
