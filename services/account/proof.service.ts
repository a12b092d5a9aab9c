/** What people change about how they prove who they are: each time they prove it again first. */
import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import { anyContract } from "../../models/kernel/contract";
import type { Prepared } from "../../models/credential/credential.contract";
import type { Tokens } from "../../models/session/session.contract";
import {
  proofContract,
  type ChangePassword,
  type DropSecondFactor,
  type WithPassword,
} from "../../models/account/proof.contract";
import type { Code, Done } from "../../models/account/registration.contract";
import { refuse } from "../../models/refusals";
import { attempt, codeAttempts, loginAttempts } from "../kernel/attempts";
import { asMall, typed, type TypedCall } from "../kernel/call";
import type { Node } from "../kernel/node";
import { weakness } from "../kernel/password-rules";
import { procedureService, type CallSite } from "../kernel/service";
import { passwordChanged } from "./texts.mail";

const DONE: Done = { status: "done" };

const steps =
  ({ caller, meta }: CallSite) =>
  (step: string): TypedCall<Calls> =>
    typed<Calls>(caller, asMall(meta, step));

/** Counted apart from log-ins: a stolen session must not guess, nor keep its owner from logging in. */
async function prove(node: Node, password: string, site: CallSite): Promise<void> {
  const { id } = site.meta.principal;
  const tried = loginAttempts({ accountKey: id, device: "session", address: undefined });
  await attempt(node.identity.throttle, tried);
  const { right } = await steps(site)("check")("credential.check", { id, password });
  if (!right) refuse("CREDENTIALS_INVALID", "This is not your password.");
  await Promise.all(tried.map(({ key }) => node.identity.throttle.giveBack(key)));
}

async function change(node: Node, { current, password, label }: ChangePassword, site: CallSite): Promise<Tokens> {
  const { id } = site.meta.principal;
  const call = steps(site);
  const { email, name, language } = await call("account")("account.get", { id });
  const weak = weakness(password, [email ?? "", name ?? ""]);
  if (weak !== null) refuse("PASSWORD_WEAK", `Choose another password. ${weak}`);
  await prove(node, current, site);
  await call("choose")("credential.choose", { id, password });
  if (email !== null) node.identity.mailer.send({ to: email, ...passwordChanged(language) });
  // every session is over now; whoever changed it goes on in a new one
  const { secondFactor } = await call("credential")("credential.peek", { id });
  const opened = { accountId: id, secondFactor: secondFactor === "on", ...(label !== undefined && { label }) };
  return call("open")("session.open", opened);
}

async function prepare(node: Node, { password }: WithPassword, site: CallSite): Promise<Prepared> {
  const { id } = site.meta.principal;
  await prove(node, password, site);
  const { email } = await steps(site)("account")("account.peek", { id });
  return steps(site)("prepare")("credential.prepare", { id, label: email ?? id });
}

/** Six digits are quickly tried out: few attempts, also by who is logged in. */
async function proveCode(node: Node, code: string, site: CallSite): Promise<void> {
  const { id } = site.meta.principal;
  const tried = codeAttempts(id);
  await attempt(node.identity.throttle, tried);
  await steps(site)("prove")("credential.prove", { id, code });
  await Promise.all(tried.map(({ key }) => node.identity.throttle.giveBack(key)));
}

async function drop(node: Node, { password, code }: DropSecondFactor, site: CallSite): Promise<Done> {
  await prove(node, password, site);
  await proveCode(node, code, site);
  await steps(site)("disenrol")("credential.disenrol", { id: site.meta.principal.id });
  return DONE;
}

export const proofService = (node: Node): ServiceSchema =>
  procedureService({
    name: "proof",
    contract: anyContract(proofContract),
    roles: node.roles,
    procedures: {
      "proof.password": (params: ChangePassword, site) => change(node, params, site),
      "proof.prepare": (params: WithPassword, site) => prepare(node, params, site),
      "proof.confirm": async ({ code }: Code, site) => {
        await proveCode(node, code, site);
        return DONE;
      },
      "proof.drop": (params: DropSecondFactor, site) => drop(node, params, site),
    },
  });
