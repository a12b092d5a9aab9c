/**
 * Takes, keeps and gives back all uses of a quote. Each counter is a command of its own whose id derives from the use,
 * so that a repeated call counts nothing twice; when one of them is used up, those before it are given back. What was
 * given back stays so, however late what took it arrives.
 */
import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import { anyContract } from "../../models/kernel/contract";
import { derivedId } from "../../models/kernel/ids";
import { isRefusal } from "../../models/kernel/refusal";
import { countCommandId, redemptionContract, type UseOf, type Uses } from "../../models/redemption/redemption.contract";
import { limitsOf, type Limit, type Limits } from "../../models/redemption/redemption.uses.contract";
import { refuse } from "../../models/refusals";
import { typed, type CallMeta } from "../kernel/call";
import type { Node } from "../kernel/node";
import { procedureService, type CallSite } from "../kernel/service";

const asCounter = ({ principal, trace }: CallMeta, commandId?: string): CallMeta => ({
  principal: { id: principal.id, permissions: ["redemption.keep", "promotion.read"] },
  trace,
  ...(commandId !== undefined && { commandId }),
});

type Verb = "redemption.count" | "redemption.uncount" | "redemption.annul" | "redemption.confirm";

const one = ({ caller, meta }: CallSite, verb: Verb, useId: string) => {
  return ({ key, usesMax }: Limit): Promise<unknown> => {
    const counts = verb === "redemption.count" || verb === "redemption.annul";
    const commandId = counts ? countCommandId({ key, useId }) : derivedId(verb, key, useId);
    const call = typed<Calls>(caller, asCounter(meta, commandId));
    return verb === "redemption.count" ? call(verb, { key, useId, usesMax }) : call(verb, { key, useId });
  };
};

type Limited = readonly { readonly thing: string; readonly found: Limits }[];

/** A limit per customer cannot be held against somebody whom nobody knows. */
function refuseAnonymous(limited: Limited, { customerId }: UseOf): void {
  if (customerId === null && limited.some(({ found }) => found.usesPerCustomerMax !== null)) {
    refuse("COUPON_REFUSED", "The promotion is limited per customer: sign in to use it.", { why: "anonymous" });
  }
}

async function limitedIn({ promotions: used }: UseOf, { caller, meta }: CallSite): Promise<Limited> {
  const call = typed<Calls>(caller, asCounter(meta));
  const codes = used.flatMap(({ code }) => (code === undefined ? [] : [code]));
  const [promotions, coupons] = await Promise.all([
    Promise.all(used.map(({ promotionId }) => call("promotion.get", { id: promotionId }))),
    call("coupon.peek", { codes }),
  ]);
  return [
    ...promotions.map((found) => ({ thing: `promotion/${found.id}`, found })),
    ...coupons.items.map((found) => ({ thing: `coupon/${found.code}`, found })),
  ];
}

const limitsFor = (limited: Limited, { customerId }: UseOf): Limit[] =>
  limited.flatMap(({ thing, found }) => limitsOf(thing, found, customerId));

const keysOf = (limits: readonly Limit[]): Uses => ({ keys: limits.map(({ key }) => key) });

async function take(use: UseOf, site: CallSite): Promise<Uses> {
  const limited = await limitedIn(use, site);
  refuseAnonymous(limited, use);
  const limits = limitsFor(limited, use);
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

async function openAmong(limits: readonly Limit[], { caller, meta }: CallSite): Promise<Limit[]> {
  const call = typed<Calls>(caller, asCounter(meta));
  const found = await Promise.all(limits.map(({ key }) => call("redemption.get", { key })));
  return limits.filter((_limit, i) => (found[i]?.open ?? 0) > 0);
}

async function keep(use: UseOf, site: CallSite): Promise<Uses> {
  const open = await openAmong(keysTaken(use), site);
  await Promise.all(open.map(one(site, "redemption.confirm", use.useId)));
  return keysOf(open);
}

/** Also what is on its way still: it is annulled, unless it was counted. */
async function release(use: UseOf, site: CallSite): Promise<Uses> {
  const open = await openAmong(keysTaken(use), site);
  const limited = limitsFor(await limitedIn(use, site), use);
  const known = new Map([...limited, ...open].map((limit) => [limit.key, limit]));
  const { useId } = use;
  await Promise.all(
    [...known.values()].map(async (limit) => {
      try {
        await one(site, "redemption.annul", useId)(limit);
      } catch (error) {
        if (!isRefusal(error, "IDEMPOTENCY_KEY_REUSED")) throw error;
        await one(site, "redemption.uncount", useId)(limit);
      }
    }),
  );
  return keysOf([...known.values()]);
}

export const usesService = (node: Node): ServiceSchema =>
  procedureService({
    name: "redemption.uses",
    contract: anyContract(redemptionContract),
    procedures: {
      "redemption.take": take,
      "redemption.release": release,
      "redemption.keep": keep,
    },
    roles: node.roles,
  });
