/** Whose address it is: for those of the mall whom somebody has written to. */
import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import { accountContract, type FindAccount, type FoundAccount } from "../../models/account/account.contract";
import { anyContract } from "../../models/kernel/contract";
import { asMall, typed } from "../kernel/call";
import { emailKeyOf } from "../kernel/email-key";
import type { Node } from "../kernel/node";
import { procedureService, type CallSite } from "../kernel/service";
import { holderOf } from "./login.service";

async function find(node: Node, { email }: FindAccount, { caller, meta }: CallSite): Promise<FoundAccount> {
  const emailKey = emailKeyOf(node.identity.pepper, email);
  const id = await holderOf(node, `account.email/${emailKey}`, emailKey);
  // a claim may be stale: the account itself says whose address it is
  const account = await typed<Calls>(caller, asMall(meta, "find"))("account.peek", { id });
  return { accountId: account.status === "active" && account.emailKey === emailKey ? id : null };
}

export const accountFinder = (node: Node): ServiceSchema =>
  procedureService({
    name: "account-finder",
    contract: anyContract(accountContract),
    roles: node.roles,
    procedures: { "account.find": (params: FindAccount, site) => find(node, params, site) },
  });
