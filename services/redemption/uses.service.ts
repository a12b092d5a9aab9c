/**
 * Takes, keeps and gives back all uses of a quote. Each counter is a command of its own whose id derives from the use,
 * so that a repeated call counts nothing twice; when one of them is used up, those before it are given back.
 */
import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import { anyContract } from "../../models/kernel/contract";
import { derivedId } from "../../models/kernel/ids";
import { isRefusal } from "../../models/kernel/refusal";
import { redemptionContract, type UseOf, type Uses } from "../../models/redemption/redemption.contract";
import { limitsOf, type Limit } from "../../models/redemption/redemption.uses.contract";
import { refuse } from "../../models/refusals";
import { typed, type CallMeta } from "../kernel/call";
import type { Node } from "../kernel/node";
import { procedureService, type CallSite } from "../kernel/service";

const asCounter = ({ principal, trace }: CallMeta, commandId?: string): CallMeta => ({
  principal: { id: principal.id, permissions: ["redemption.keep", "promotion.read"] },
  trace,
  ...(commandId !== undefined && { commandId }),
});

type Verb = "redemption.count" | "redemption.uncount" | "redemption.confirm";

const one = ({ caller, meta }: CallSite, verb: Verb, useId: string) => {
  return ({ key, usesMax }: Limit): Promise<unknown> => {
    const call = typed<Calls>(caller, asCounter(meta, derivedId(verb, key, useId)));
    return verb === "redemption.count" ? call(verb, { key, useId, usesMax }) : call(verb, { key, useId });
  };
};

/** A limit per customer cannot be held against somebody whom nobody knows. */
function refuseAnonymous(perCustomer: boolean, { customerId }: UseOf): void {
  if (perCustomer && customerId === null) {
    refuse("COUPON_REFUSED", "The promotion is limited per customer: sign in to use it.", { why: "anonymous" });
  }
}

async function limitsIn(use: UseOf, { caller, meta }: CallSite): Promise<Limit[]> {
  const call = typed<Calls>(caller, asCounter(meta));
  const codes = use.promotions.flatMap(({ code }) => (code === undefined ? [] : [code]));
  const [promotions, coupons] = await Promise.all([
    Promise.all(use.promotions.map(({ promotionId }) => call("promotion.get", { id: promotionId }))),
    call("coupon.peek", { codes }),
  ]);
  const limited = [
    ...promotions.map((found) => ({ thing: `promotion/${found.id}`, found })),
    ...coupons.items.map((found) => ({ thing: `coupon/${found.code}`, found })),
  ];
  refuseAnonymous(
    limited.some(({ found }) => found.usesPerCustomerMax !== null),
    use,
  );
  return limited.flatMap(({ thing, found }) => limitsOf(thing, found, use.customerId));
}

const keysOf = (limits: readonly Limit[]): Uses => ({ keys: limits.map(({ key }) => key) });

async function take(use: UseOf, site: CallSite): Promise<Uses> {
  const limits = await limitsIn(use, site);
  const taken: Limit[] = [];
  for (const limit of limits) {
    try {
      await one(site, "redemption.count", use.useId)(limit);
      taken.push(limit);
    } catch (error) {
      if (isRefusal(error, "PROMOTION_USED_UP")) {
        await Promise.all(taken.map(one(site, "redemption.uncount", use.useId)));
      }
      throw error;
    }
  }
  return keysOf(limits);
}

/** Whatever may have been taken: limits may have been changed since. */
function keysTaken({ promotions, customerId }: UseOf): Limit[] {
  const things = promotions.flatMap(({ promotionId, code }) => [
    `promotion/${promotionId}`,
    ...(code === undefined ? [] : [`coupon/${code}`]),
  ]);
  const any = { usesMax: 1, usesPerCustomerMax: 1 };
  return [...new Set(things)].flatMap((thing) => limitsOf(thing, any, customerId));
}

const all = (verb: Verb) => async (use: UseOf, site: CallSite) => {
  const call = typed<Calls>(site.caller, asCounter(site.meta));
  const counters = await Promise.all(
    keysTaken(use).map(async (limit) => ({ limit, ...(await call("redemption.get", { key: limit.key })) })),
  );
  const taken = counters.filter(({ open }) => open > 0).map(({ limit }) => limit);
  await Promise.all(taken.map(one(site, verb, use.useId)));
  return keysOf(taken);
};

export const usesService = (node: Node): ServiceSchema =>
  procedureService({
    name: "redemption.uses",
    contract: anyContract(redemptionContract),
    procedures: {
      "redemption.take": take,
      "redemption.release": all("redemption.uncount"),
      "redemption.keep": all("redemption.confirm"),
    },
    roles: node.roles,
  });
