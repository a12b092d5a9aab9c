/** What the queries of merchandising answer, as types and as schemas. */
import Joi from "../kernel/schema";
import { idSchema, plainText } from "../kernel/text";
import { ruleSchema, type MerchandisingRule } from "./merchandising.rule.contract";

export const nameSchema = plainText(200).min(1);
/** To the millisecond in UTC, so that moments compare as texts. */
export const momentSchema = Joi.string()
  .isoDate()
  .max(30)
  .pattern(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/, "moment in UTC with milliseconds");
export const prioritySchema = Joi.number().integer().min(0).max(1_000);
/** Rules that a channel may have; so many of one channel are kept in memory. */
export const RULES_MAX = 1_000;

export interface MerchandisingView {
  readonly id: string;
  readonly version: number;
  /** `on`: it speaks, from `from` until `until` where these are given. */
  readonly status: "off" | "on";
  readonly name: string;
  /** Null: in every channel. */
  readonly channel: string | null;
  /** Slug of the section to which it is limited; null: it holds in all of the channel. */
  readonly section: string | null;
  readonly from: string | null;
  readonly until: string | null;
  readonly priority: number;
  readonly rule: MerchandisingRule;
}

export interface MerchandisingList {
  readonly items: MerchandisingView[];
  readonly total: number;
  readonly cursor: string | null;
}

/** One product of a preview. */
export interface PreviewedProduct {
  readonly id: string;
  readonly title: Readonly<Record<string, string>>;
  readonly score: number | null;
  /** Its place with the other ranking, counted from 1; null when it is not among the first there. */
  readonly other: number | null;
}

/** The first of a search with the rule, as if it were on at that moment, and without it. */
export interface MerchandisingPreview {
  /** The rule's. */
  readonly channel: string | null;
  readonly with: PreviewedProduct[];
  readonly without: PreviewedProduct[];
  /** The rule speaks on this search. */
  readonly speaks: boolean;
  /** Where the search would be led to. */
  readonly redirect: string | null;
}

const moment = momentSchema.allow(null).required();

export const merchandisingSchema = Joi.object<MerchandisingView, true>({
  id: idSchema.required(),
  version: Joi.number().integer().min(1).required(),
  status: Joi.string().valid("off", "on").required(),
  name: nameSchema.required(),
  channel: idSchema.allow(null).required().description("Null: in every channel"),
  section: idSchema.allow(null).required().description("The section to which it is limited; null: all of the channel"),
  from: moment,
  until: moment,
  priority: prioritySchema.required(),
  rule: ruleSchema.required(),
});

export const listSchema = Joi.object<MerchandisingList, true>({
  items: Joi.array().items(merchandisingSchema).max(100).required(),
  total: Joi.number().integer().min(0).required(),
  cursor: Joi.string().allow(null).required(),
});

const previewed = Joi.array()
  .items(
    Joi.object<PreviewedProduct, true>({
      id: idSchema.required(),
      title: Joi.object().pattern(Joi.string(), Joi.string().allow("")).required(),
      score: Joi.number().allow(null).required(),
      other: Joi.number().integer().min(1).allow(null).required().description("Its place in the other ranking"),
    }),
  )
  .max(50)
  .required();

export const previewSchema = Joi.object<MerchandisingPreview, true>({
  channel: idSchema.allow(null).required().description("The rule's"),
  with: previewed,
  without: previewed,
  speaks: Joi.boolean().required(),
  redirect: Joi.string().allow(null).required(),
});
