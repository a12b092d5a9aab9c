/**
 * How somebody comes to work for a seller. Each step is a commit of the membership; what is sent to the account follows
 * from that commit, under ids that derive from it, so that every step may be repeated: by the caller, by the timer that
 * the membership keeps as long as its grant is not settled, by both at once.
 */
import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import { anyContract } from "../../models/kernel/contract";
import type { WriteMark } from "../../models/kernel/contract";
import { derivedId } from "../../models/kernel/ids";
import { isRefusal } from "../../models/kernel/refusal";
import {
  membershipContract,
  type InviteStaff,
  type Joined,
  type JoinSeller,
  type MembershipHit,
  type MembershipId,
  type MembershipNote,
} from "../../models/membership/membership.contract";
import { refuse } from "../../models/refusals";
import { sellerContract } from "../../models/seller/seller.contract";
import type { SellerId, Settled } from "../../models/seller/seller.review.contract";
import { attempt, mailAttempts } from "../kernel/attempts";
import { asMall, typed, type CallMeta, type TypedCall } from "../kernel/call";
import { emailKeyOf } from "../kernel/email-key";
import { challengeIdOf, codeOf } from "../kernel/one-time-code";
import type { Node } from "../kernel/node";
import { procedureService, type CallSite } from "../kernel/service";
import { invitation } from "./texts.mail";

type Steps = (step: string) => TypedCall<Calls>;

const stepsOf =
  ({ caller, meta }: CallSite): Steps =>
  (step) =>
    typed<Calls>(caller, asMall(meta, step));

/** What was written goes into the caller's token. */
interface Wrote {
  readonly wrote: readonly WriteMark[];
}

async function invite(node: Node, params: InviteStaff, site: CallSite): Promise<MembershipNote & Wrote> {
  const { pepper, throttle, mailer, publicUrl } = node.identity;
  const { sellerId, email, role } = params;
  const call = stepsOf(site);
  await call("admit")("seller.admit", { id: sellerId });
  const { name } = await call("name")("seller.peek", { id: sellerId });
  const emailKey = emailKeyOf(pepper, email);
  await attempt(throttle, mailAttempts(emailKey, site.meta.address));
  const id = derivedId("membership", site.meta.commandId ?? "", sellerId, emailKey);
  const { wrote } = await call("offer")("membership.offer", { id, sellerId, email, role, emailKey });
  mailer.send({ to: email, ...invitation({ seller: name, code: codeOf(pepper, id), url: publicUrl }) });
  return { id, status: "sent", wrote: [wrote] };
}

async function join(node: Node, { code }: JoinSeller, site: CallSite): Promise<Joined> {
  const id = challengeIdOf(node.identity.pepper, code);
  const call = stepsOf(site);
  const accountId = site.meta.principal.id;
  if (id === null) return refuse("CODE_INVALID", "This code is none of ours, or was changed.");
  try {
    await call("accept")("membership.accept", { id, accountId });
  } catch (error) {
    // a code of another kind names no membership
    if (isRefusal(error, "NOT_FOUND")) return refuse("CODE_INVALID", "This code is no invitation.");
    throw error;
  }
  const { sellerId, role } = await settle({ id }, site);
  return { sellerId, role };
}

/** What follows from where the membership stands. The ids derive from its version, whoever takes the step. */
async function settle({ id }: MembershipId, { caller, meta }: CallSite): Promise<MembershipHit> {
  const found = await typed<Calls>(caller, asMall(meta, "peek"))("membership.peek", { id });
  const { version, accountId, role, sellerId, status } = found;
  if (accountId === null) return found;
  const own: CallMeta = { ...meta, commandId: derivedId("membership", id, String(version)) };
  const call = (step: string) => typed<Calls>(caller, asMall(own, step));
  const grant = { id: accountId, role, party: sellerId };
  if (status === "accepted") {
    await call("grant")("account.grant", grant);
    await call("confirm")("membership.confirm", { id });
  }
  if (status === "leaving") {
    await call("revoke")("account.revoke", grant);
    await call("release")("membership.release", { id });
  }
  return found;
}

/**
 * Who applied becomes the owner, once the seller is let in. What a program of the mall applied for, with a token and
 * without an account, has nobody for an owner until somebody is invited or granted that.
 */
async function found({ id }: SellerId, { caller, meta }: CallSite): Promise<Settled> {
  const own: CallMeta = { ...meta, commandId: derivedId("seller", id, "settle") };
  const call = (step: string) => typed<Calls>(caller, asMall(own, step));
  const { status, accountId } = await call("read")("seller.application", { id });
  if (status !== "active") return { id };
  const applicant = await call("applicant")("account.peek", { id: accountId });
  if (applicant.status === "active") {
    const membershipId = derivedId("membership", id, accountId);
    await call("found")("membership.found", { id: membershipId, sellerId: id, role: "seller-owner", accountId });
    await call("settle")("membership.settle", { id: membershipId });
  }
  await call("establish")("seller.establish", { id });
  return { id };
}

export const foundingSaga = (node: Node): ServiceSchema =>
  procedureService({
    name: "founding",
    contract: anyContract(sellerContract),
    roles: node.roles,
    procedures: { "seller.settle": (params: SellerId, site) => found(params, site) },
  });

export const staffSaga = (node: Node): ServiceSchema =>
  procedureService({
    name: "staff",
    contract: anyContract(membershipContract),
    roles: node.roles,
    procedures: {
      "membership.invite": (params: InviteStaff, site) => invite(node, params, site),
      "membership.join": (params: JoinSeller, site) => join(node, params, site),
      "membership.settle": (params: MembershipId, site) => settle(params, site),
    },
  });
