/** Choosing a new password without the old one. Asking takes the same steps whether there is an account or not. */
import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import { anyContract } from "../../models/kernel/contract";
import { derivedId } from "../../models/kernel/ids";
import { passwordContract, type ForgotPassword, type ResetPassword } from "../../models/account/password.contract";
import type { Done, Sent } from "../../models/account/registration.contract";
import { refuse } from "../../models/refusals";
import { attempt, mailAttempts } from "../kernel/attempts";
import { asMall, typed } from "../kernel/call";
import { emailKeyOf } from "../kernel/email-key";
import { challengeIdOf, codeOf } from "../kernel/one-time-code";
import type { Node } from "../kernel/node";
import { weakness } from "../kernel/password-rules";
import { procedureService, type CallSite } from "../kernel/service";
import { holderOf } from "./login.service";
import { passwordChanged, resetPassword } from "./texts.mail";

const RESET_MINUTES = 60;

async function forgot(node: Node, { email }: ForgotPassword, { caller, meta }: CallSite): Promise<Sent> {
  const { pepper, throttle, mailer, publicUrl } = node.identity;
  const emailKey = emailKeyOf(pepper, email);
  await attempt(throttle, mailAttempts(emailKey, meta.address));
  const id = await holderOf(node, `account.email/${emailKey}`, emailKey);
  const call = (step: string) => typed<Calls>(caller, asMall(meta, step));
  const account = await call("account")("account.peek", { id });
  const known = account.status === "active" && account.emailKey === emailKey;
  const challengeId = derivedId("challenge", meta.commandId ?? "", emailKey);
  const issued = { id: challengeId, purpose: "reset", accountId: known ? id : null, minutes: RESET_MINUTES } as const;
  await call("issue")("challenge.issue", issued);
  const code = codeOf(pepper, challengeId);
  // to the address that was verified, never to the one that was typed
  if (known && account.email !== null) {
    mailer.send({ to: account.email, ...resetPassword(account.language, { code, url: publicUrl }) });
  }
  return { status: "sent" };
}

async function reset(node: Node, { code, password }: ResetPassword, { caller, meta }: CallSite): Promise<Done> {
  const { pepper, mailer } = node.identity;
  const weak = weakness(password);
  if (weak !== null) refuse("PASSWORD_WEAK", `Choose another password. ${weak}`);
  const invalid = (): never => refuse("CODE_INVALID", "This code is not good, was used already, or has expired.");
  const challengeId = challengeIdOf(pepper, code);
  if (challengeId === null) return invalid();
  const call = (step: string, by?: string) => typed<Calls>(caller, asMall(meta, step, by));
  const { accountId } = await call("peek")("challenge.peek", { id: challengeId });
  if (accountId === null) return invalid();
  await call("redeem", accountId)("challenge.redeem", { id: challengeId, purpose: "reset" });
  await call("choose", accountId)("credential.choose", { id: accountId, password });
  const { email, language } = await call("account")("account.peek", { id: accountId });
  if (email !== null) mailer.send({ to: email, ...passwordChanged(language) });
  return { status: "done" };
}

export const passwordService = (node: Node): ServiceSchema =>
  procedureService({
    name: "password",
    contract: anyContract(passwordContract),
    roles: node.roles,
    procedures: {
      "password.forgot": (params: ForgotPassword, site) => forgot(node, params, site),
      "password.reset": (params: ResetPassword, site) => reset(node, params, site),
    },
  });
