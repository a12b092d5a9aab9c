import Joi from "../kernel/schema";
import { PUBLIC, type Contract, type Receipt } from "../kernel/contract";
import { idSchema, languageSchema, plainText, textSchema, versionSchema, type Text } from "../kernel/text";
import { verbsOn } from "../kernel/verbs";
import { filterSchemas } from "../product/product.search.contract";
import type { RuleFilter } from "../merchandising/merchandising.rule.contract";

/** Which products are in a section: all that is said must hold, any of the values of a field. */
export interface SectionView extends RuleFilter {
  readonly q?: string;
  readonly lang?: string;
  /** In one of these published collections: slugs or ids. */
  readonly collections?: string[];
}

/** What a section says of itself. */
export interface SectionContent {
  /** Names it in addresses and searches, in the whole mall: `outlet`. */
  readonly slug: string;
  readonly name: Text;
  readonly description?: Text;
  /** Id of the channel of which it is a corner; left out: of every one. */
  readonly channel?: string;
  readonly view: SectionView;
}

export type OpenSection = SectionContent;

export interface SectionId {
  readonly id: string;
}

/** Slug and channel stay what they are: rules and links name them. */
export type ReviseSection = SectionId & Partial<Pick<SectionContent, "name" | "description" | "view">>;

export interface RevertSection extends SectionId {
  readonly version: number;
}

export interface ShownSection {
  readonly id: string;
  readonly version: number;
  readonly status: "open" | "closed";
  readonly slug: string;
  readonly name: Text;
  readonly description: Text;
  /** Null: of every channel. */
  readonly channel: string | null;
  readonly view: SectionView;
}

export interface ListSections {
  readonly channel?: string;
  readonly limit: number;
}

export interface ListedSections {
  readonly items: ShownSection[];
}

export interface SectionCalls {
  "section.open": { params: OpenSection; result: Receipt };
  "section.revise": { params: ReviseSection; result: Receipt };
  "section.revert": { params: RevertSection; result: Receipt };
  "section.close": { params: SectionId; result: Receipt };
  "section.reopen": { params: SectionId; result: Receipt };
  "section.list": { params: ListSections; result: ListedSections };
  "section.get": { params: SectionId; result: ShownSection };
}

export const SECTIONS_MAX = 500;

const id = idSchema.required();
const ofChannel = { owner: "platform", channel: { field: "channel" } } as const;
const write = { permission: "section.write", ...ofChannel } as const;
const read = { kind: "query", permission: PUBLIC, owner: "platform" } as const;
const { brand, category, attribute, seller, condition, currency, priceMin, priceMax, inStock } = filterSchemas;

export const sectionSlugSchema = plainText(64).pattern(/^[a-z0-9][a-z0-9-]*$/, "slug");
const content = {
  name: textSchema(200),
  description: textSchema(5_000),
  view: Joi.object<SectionView, true>({
    ...{ brand, category, attribute, seller, condition, currency, priceMin, priceMax, inStock },
    q: plainText(300),
    lang: languageSchema,
    collections: Joi.array().items(idSchema).unique().min(1).max(5),
  }).or("q", "collections", "brand", "category", "attribute", "seller", "condition", "priceMin", "priceMax", "inStock"),
};

const shownSchema = Joi.object<ShownSection, true>({
  id,
  version: versionSchema.required(),
  status: Joi.string().valid("open", "closed").required(),
  slug: sectionSlugSchema.required(),
  name: content.name.required(),
  description: Joi.object<Text>().pattern(Joi.string(), Joi.string().allow("")).required(),
  channel: idSchema.allow(null).required().description("Null: of every channel"),
  view: content.view.required(),
});

const verb = verbsOn({ path: "/v1/sections", ...write });

export const sectionContract: Contract<SectionCalls> = {
  aggregate: "section",
  actions: {
    "section.open": {
      kind: "create",
      summary: "Open a section: a corner of a channel with a catalogue and rankings of its own",
      params: Joi.object<OpenSection, true>({
        slug: sectionSlugSchema.required(),
        ...content,
        name: content.name.required(),
        channel: idSchema,
        view: content.view.required(),
      }),
      ...write,
      http: { method: "POST", path: "/v1/sections" },
    },
    "section.revise": {
      kind: "command",
      key: "id",
      summary: "Change what a section says of itself, or what is in it; fields left out stay as they are",
      params: Joi.object<ReviseSection, true>({ id, ...content }).min(2),
      ...write,
      http: { method: "PATCH", path: "/v1/sections/{id}" },
    },
    "section.revert": {
      kind: "command",
      key: "id",
      summary: "Bring back what was in a section at an earlier version; reached by restoring its history",
      params: Joi.object<RevertSection, true>({ id, version: versionSchema.required() }),
      restores: ["name", "description", "view"],
      ...write,
    },
    "section.close": { ...verb("close", "Close a section: nothing is found in it any more"), ...write },
    "section.reopen": { ...verb("reopen", "Open a closed section again"), ...write },
    "section.list": {
      ...read,
      summary: "The open sections, by slug",
      params: Joi.object<ListSections, true>({
        channel: idSchema,
        limit: Joi.number().integer().min(1).max(SECTIONS_MAX).default(100),
      }),
      result: Joi.object<ListedSections, true>({ items: Joi.array().items(shownSchema).max(SECTIONS_MAX).required() }),
      http: { method: "GET", path: "/v1/sections" },
    },
    "section.get": {
      ...read,
      summary: "An open section by its slug or id; its products are found by `/v1/products?section=`",
      params: Joi.object<SectionId, true>({ id }),
      result: shownSchema,
      http: { method: "GET", path: "/v1/sections/{id}" },
    },
  },
};
