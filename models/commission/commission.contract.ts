/**
 * What the mall takes of a sale. A rule holds for a channel, a category, a product, a seller, or any of them together;
 * the most specific one wins: a product's before a category's (the nearer the deeper), that before a seller's, that
 * before a channel's, that before the one for everything.
 */
import Joi from "../kernel/schema";
import type { Contract, Receipt } from "../kernel/contract";
import { derivedId } from "../kernel/ids";
import { idSchema, versionSchema } from "../kernel/text";

/** Left out: for all of them. */
export interface CommissionScope {
  readonly channelId?: string;
  readonly categoryId?: string;
  readonly productId?: string;
  readonly sellerId?: string;
}

export interface SetCommission extends CommissionScope {
  /** Hundredths of a percent of what is paid for the line. */
  readonly rateBp: number;
}

export interface CommissionView extends SetCommission {
  readonly id: string;
  readonly version: number;
  readonly status: "active" | "ended";
}

/** Rules that name this seller, this channel; left out: whatever they name. */
export interface ListCommissions {
  readonly sellerId?: string;
  readonly channelId?: string;
  readonly status?: CommissionView["status"];
  readonly limit: number;
  /** The id of the last one of the page before. */
  readonly after?: string;
}

export interface ListedCommissions {
  readonly items: CommissionView[];
}

export interface SoldLine {
  readonly productId: string;
  readonly categoryId?: string;
}

export interface ResolveCommission {
  readonly channelId: string;
  readonly sellerId: string;
  readonly lines: SoldLine[];
}

/** The rule that holds, and which version of it; none: nothing is taken. */
export interface AppliedCommission {
  readonly rateBp: number;
  readonly ruleId: string | null;
  readonly version: number | null;
}

export interface ResolvedCommission {
  /** One per line, in their order. */
  readonly lines: AppliedCommission[];
}

export interface CommissionCalls {
  "commission.set": { params: SetCommission; result: Receipt };
  "commission.end": { params: CommissionScope; result: Receipt };
  "commission.get": { params: CommissionScope; result: CommissionView };
  "commission.list": { params: ListCommissions; result: ListedCommissions };
  "commission.resolve": { params: ResolveCommission; result: ResolvedCommission };
}

const ANY = "*";
const LINES_MAX = 200;

export const commissionIdOf = ({ channelId, categoryId, productId, sellerId }: CommissionScope): string =>
  derivedId("commission", channelId ?? ANY, categoryId ?? ANY, productId ?? ANY, sellerId ?? ANY);

/** Every scope that could hold for a line, the most specific first. `line` is its category and those above it. */
export function scopesFor(
  sold: SoldLine,
  line: readonly string[],
  of: { channelId: string; sellerId: string },
): CommissionScope[] {
  const products = [{ productId: sold.productId }, {}];
  const categories = [...line.map((categoryId) => ({ categoryId })), {}];
  const sellers = [{ sellerId: of.sellerId }, {}];
  const channels = [{ channelId: of.channelId }, {}];
  return products.flatMap((product) =>
    categories.flatMap((category) =>
      sellers.flatMap((seller) => channels.map((channel) => ({ ...product, ...category, ...seller, ...channel }))),
    ),
  );
}

const scope = { channelId: idSchema, categoryId: idSchema, productId: idSchema, sellerId: idSchema };
const rateBp = Joi.number().integer().min(0).max(10_000).required();
export const appliedCommissionSchema = Joi.object<AppliedCommission, true>({
  rateBp,
  ruleId: idSchema.allow(null).required(),
  version: versionSchema.allow(null).required(),
});
const status = Joi.string().valid("active", "ended");
const view = Joi.object<CommissionView, true>({
  ...scope,
  id: idSchema.required(),
  version: versionSchema.required(),
  status: status.required(),
  rateBp,
});
const PAGE_MAX = 200;
const onOne = { keyOf: commissionIdOf, owner: "platform" } as const;
const write = { ...onOne, kind: "command", permission: "commission.write" } as const;
const path = "/v1/commissions";

export const commissionContract: Contract<CommissionCalls> = {
  aggregate: "commission",
  actions: {
    "commission.set": {
      ...write,
      summary: "Say what the mall takes, for all or for some",
      params: Joi.object<SetCommission, true>({ ...scope, rateBp }),
      http: { method: "PUT", path },
    },
    "commission.end": {
      ...write,
      summary: "End a rule: from now on a less specific one holds",
      params: Joi.object<CommissionScope, true>(scope),
      http: { method: "POST", path: `${path}/end` },
    },
    "commission.get": {
      ...onOne,
      kind: "query",
      permission: "commission.read",
      summary: "The rule for exactly this scope",
      params: Joi.object<CommissionScope, true>(scope),
      result: view,
      http: { method: "GET", path },
    },
    "commission.list": {
      kind: "query",
      permission: "commission.read",
      owner: "platform",
      summary: "The rules by which the mall takes its part, by their ids",
      params: Joi.object<ListCommissions, true>({
        sellerId: idSchema,
        channelId: idSchema,
        status,
        limit: Joi.number().integer().min(1).max(PAGE_MAX).default(50),
        after: idSchema,
      }),
      result: Joi.object<ListedCommissions, true>({ items: Joi.array().items(view).max(PAGE_MAX).required() }),
      http: { method: "GET", path: `${path}/rules` },
    },
    "commission.resolve": {
      kind: "query",
      permission: "commission.read",
      owner: "platform",
      summary: "What the mall takes of each line of a sale, and by which rule",
      params: Joi.object<ResolveCommission, true>({
        channelId: idSchema.required(),
        sellerId: idSchema.required(),
        lines: Joi.array()
          .items(Joi.object<SoldLine, true>({ productId: idSchema.required(), categoryId: idSchema }))
          .max(LINES_MAX)
          .required(),
      }),
      result: Joi.object<ResolvedCommission, true>({
        lines: Joi.array().items(appliedCommissionSchema).max(LINES_MAX).required(),
      }),
    },
  },
};
