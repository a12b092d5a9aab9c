import Joi from "../kernel/schema";
import type { Contract, Receipt } from "../kernel/contract";
import { idSchema, languageSchema, plainText, versionSchema } from "../kernel/text";
import {
  listSchema,
  merchandisingSchema,
  momentSchema,
  nameSchema,
  previewSchema,
  prioritySchema,
  type MerchandisingList,
  type MerchandisingPreview,
  type MerchandisingView,
} from "./merchandising.result.contract";
import { ruleSchema, type MerchandisingRule } from "./merchandising.rule.contract";

/** What a rule says of itself. */
export interface MerchandisingContent {
  /** For those who write rules. */
  readonly name: string;
  /** Id of the channel in which it holds; left out: in every one. */
  readonly channel?: string;
  /** Slug of the section to which it is limited. */
  readonly section?: string;
  /** Not before this moment, and not from that one on. */
  readonly from?: string;
  readonly until?: string;
  /** Of several rules that speak, those of the highest come first; 0 when left out. */
  readonly priority?: number;
  readonly rule: MerchandisingRule;
}

export interface CreateMerchandising extends MerchandisingContent {
  /** Begin at once instead of leaving it off. */
  readonly on?: boolean;
}

export interface MerchandisingId {
  readonly id: string;
}

/** Null takes a moment away. The channel stays what it is: who may write a rule depends on it. */
export interface ReviseMerchandising
  extends MerchandisingId, Partial<Pick<MerchandisingContent, "name" | "priority" | "rule">> {
  readonly from?: string | null;
  readonly until?: string | null;
}

export interface RevertMerchandising extends MerchandisingId {
  readonly version: number;
}

export interface ListMerchandising {
  readonly channel?: string;
  readonly section?: string;
  readonly kind?: MerchandisingRule["kind"];
  readonly status?: "off" | "on";
  readonly limit: number;
  readonly cursor?: string;
}

export interface PreviewMerchandising extends MerchandisingId {
  readonly q?: string;
  readonly lang?: string;
  readonly category?: string[];
  readonly collection?: string;
  /** Rules are taken as they will be scheduled then; left out: now. */
  readonly at?: string;
  readonly limit: number;
}

export interface MerchandisingCalls {
  "merchandising.create": { params: CreateMerchandising; result: Receipt };
  "merchandising.revise": { params: ReviseMerchandising; result: Receipt };
  "merchandising.revert": { params: RevertMerchandising; result: Receipt };
  "merchandising.enable": { params: MerchandisingId; result: Receipt };
  "merchandising.disable": { params: MerchandisingId; result: Receipt };
  "merchandising.list": { params: ListMerchandising; result: MerchandisingList };
  "merchandising.get": { params: MerchandisingId; result: MerchandisingView };
  "merchandising.preview": { params: PreviewMerchandising; result: MerchandisingPreview };
}

const id = idSchema.required();
const byId = Joi.object<MerchandisingId, true>({ id });
const ofChannel = { owner: "platform", channel: { field: "channel" } } as const;
const write = { permission: "merchandising.write", ...ofChannel } as const;
const read = { kind: "query", permission: "merchandising.read", ...ofChannel } as const;
const command = (summary: string) => ({ kind: "command", key: "id", summary, ...write }) as const;

export const merchandisingContract: Contract<MerchandisingCalls> = {
  aggregate: "merchandising",
  actions: {
    "merchandising.create": {
      kind: "create",
      summary: "Write a rule of merchandising: a ranking, synonyms or a redirect, off or on at once",
      params: Joi.object<CreateMerchandising>({
        name: nameSchema.required(),
        channel: idSchema,
        section: idSchema,
        from: momentSchema,
        until: momentSchema,
        priority: prioritySchema,
        rule: ruleSchema.required(),
        on: Joi.boolean(),
      }),
      ...write,
      http: { method: "POST", path: "/v1/merchandising" },
    },
    "merchandising.revise": {
      ...command("Change a rule; fields left out stay as they are"),
      params: Joi.object<ReviseMerchandising>({
        id,
        name: nameSchema,
        from: momentSchema.allow(null),
        until: momentSchema.allow(null),
        priority: prioritySchema,
        rule: ruleSchema,
      }).min(2),
      http: { method: "PATCH", path: "/v1/merchandising/{id}" },
    },
    "merchandising.revert": {
      ...command("Bring back what a rule said at an earlier version; reached by restoring its history"),
      params: Joi.object<RevertMerchandising, true>({ id, version: versionSchema.required() }),
      restores: ["name", "from", "until", "priority", "rule"],
    },
    "merchandising.enable": {
      ...command("Let a rule speak, within its schedule"),
      params: byId,
      http: { method: "POST", path: "/v1/merchandising/{id}/enable" },
    },
    "merchandising.disable": {
      ...command("Silence a rule"),
      params: byId,
      http: { method: "POST", path: "/v1/merchandising/{id}/disable" },
    },
    "merchandising.list": {
      ...read,
      summary: "The rules of merchandising, those of the highest priority first",
      params: Joi.object<ListMerchandising, true>({
        channel: idSchema,
        section: idSchema,
        kind: Joi.string().valid("ranking", "synonyms", "redirect"),
        status: Joi.string().valid("off", "on"),
        limit: Joi.number().integer().min(1).max(100).default(50),
        cursor: Joi.string().max(2_000),
      }),
      result: listSchema,
      http: { method: "GET", path: "/v1/merchandising" },
    },
    "merchandising.get": {
      ...read,
      summary: "A rule of merchandising as it stands; what it was is in its history",
      params: byId,
      result: merchandisingSchema,
      http: { method: "GET", path: "/v1/merchandising/{id}" },
    },
    "merchandising.preview": {
      ...read,
      summary: "A search with a rule, on or off, beside the same search without it",
      params: Joi.object<PreviewMerchandising, true>({
        id,
        q: plainText(300).allow(""),
        lang: languageSchema,
        category: Joi.array().items(plainText(500)).single().max(50),
        collection: idSchema,
        at: momentSchema,
        limit: Joi.number().integer().min(1).max(50).default(10),
      }),
      result: previewSchema,
      http: { method: "GET", path: "/v1/merchandising/{id}/preview" },
    },
  },
};
