/** What people do with their own accounts. Whose it is says the token alone: no param can name another's. */
import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import { anyContract } from "../../models/kernel/contract";
import { meContract, type Me } from "../../models/account/me.contract";
import type { Done } from "../../models/account/registration.contract";
import { refuse } from "../../models/refusals";
import { asMall, typed, type TypedCall } from "../kernel/call";
import type { Node } from "../kernel/node";
import { procedureService, type CallSite } from "../kernel/service";
import { dataOf, takeData } from "./own-data.service";

const DONE: Done = { status: "done" };

const steps =
  ({ caller, meta }: CallSite) =>
  (step: string): TypedCall<Calls> =>
    typed<Calls>(caller, asMall(meta, step));

async function get(node: Node, site: CallSite): Promise<Me> {
  const { id } = site.meta.principal;
  const call = steps(site);
  const { status } = await call("peek")("account.peek", { id });
  if (status === "none") refuse("NOT_FOUND", `${id} is no account: this token was given out by \`stoa token\`.`);
  const [{ email, name, language, grants }, { hasPassword, secondFactor }] = await Promise.all([
    call("get")("account.get", { id }),
    call("credential")("credential.peek", { id }),
  ]);
  const secondFactorWanted = node.identity.adminSecondFactor && grants.some(({ party }) => party === null);
  return { id, email, name, language, grants, hasPassword, secondFactor, secondFactorWanted };
}

async function logout(site: CallSite): Promise<Done> {
  const { session } = site.meta.principal;
  if (session) await steps(site)("end")("session.end", { ...session, reason: "logged-out" });
  return DONE;
}

/** Raises the credential's epoch: every session of an earlier one is over, whatever its place. */
async function logoutEverywhere(site: CallSite): Promise<Done> {
  await steps(site)("renew")("credential.renew", { id: site.meta.principal.id });
  return DONE;
}

async function end(sessionId: string, site: CallSite): Promise<Done> {
  const call = steps(site);
  const { items } = await call("list")("session.list", { accountId: site.meta.principal.id });
  const found = items.find(({ id }) => id === sessionId);
  if (!found) return refuse("NOT_FOUND", "You have no such session.");
  await call("end")("session.end", { id: sessionId, family: found.family, reason: "logged-out" });
  return DONE;
}

export const meService = (node: Node): ServiceSchema =>
  procedureService({
    name: "me",
    contract: anyContract(meContract),
    roles: node.roles,
    procedures: {
      "me.get": (_params: object, site) => get(node, site),
      "me.sessions": (_params: object, site) =>
        steps(site)("list")("session.list", { accountId: site.meta.principal.id }),
      "me.logout": (_params: object, site) => logout(site),
      "me.logoutEverywhere": (_params: object, site) => logoutEverywhere(site),
      "me.end": ({ id }: { readonly id: string }, site) => end(id, site),
      "me.takeData": (_params: object, site) => takeData(site),
      "me.data": (_params: object, site) => dataOf(site),
    },
  });
