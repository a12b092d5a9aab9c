import Joi from "../kernel/schema";
import { PUBLIC, type Contract, type Receipt } from "../kernel/contract";
import { countrySchema } from "../cart/cart.quote.contract";
import { currencySchema } from "../kernel/money";
import { idSchema, languageSchema, plainText, textSchema, versionSchema, type Text } from "../kernel/text";
import { groupSchema } from "../pricelist/pricelist.contract";
import { returnDaysSchema } from "../return/return.window.contract";

/** How a channel sells. What is left out is not limited. */
export interface ChannelTrade {
  /** ISO 3166-1, two capitals: where it delivers to. The first one's taxes are shown to who has said none. */
  readonly countries?: string[];
  /** Names of payment providers. */
  readonly paymentMethods?: string[];
  /** When the money is taken: with the orders (left out), or by each order for what it ships. */
  readonly capture?: "order" | "shipment";
  /** Ids of ways of shipping. */
  readonly shippingMethods?: string[];
  /** Stands before the numbers of its orders, from the next block of them on: `DE-`. Left out: the code, `MAIN-`. */
  readonly orderPrefix?: string;
  /** The customer group whose prices hold here for everybody. */
  readonly priceGroup?: string;
  /** So many days after the last parcel came, what was bought may be given back; left out: 14. */
  readonly returnDays?: number;
  /** Who pays for sending it back; left out: who bought. What is complained about, the seller does. */
  readonly returnShippingBy?: "customer" | "seller";
}

/** A storefront of the mall: one currency, its languages, and whether its prices contain tax. */
export interface OpenChannel extends ChannelTrade {
  /** Names the channel in URLs: `main`, `de-b2b`. */
  readonly code: string;
  readonly name: Text;
  readonly currency: string;
  /** The first one is the language that shoppers get who ask for none. */
  readonly languages: string[];
  readonly taxInclusive: boolean;
}

export interface ReviseChannel extends ChannelTrade {
  readonly id: string;
  readonly name?: Text;
  readonly languages?: string[];
}

export interface ChannelId {
  readonly id: string;
}

/** Back to the name and the languages of an earlier version. */
export interface RevertChannel extends ChannelId {
  readonly version: number;
}

export interface ChannelView extends OpenChannel {
  readonly id: string;
  readonly version: number;
  readonly status: "open" | "closed";
}

/** What other services need to know of a channel. */
export interface ChannelGlance extends ChannelTrade {
  readonly code: string;
  readonly status: "open" | "closed";
  readonly currency: string;
  readonly taxInclusive: boolean;
}

export interface ListChannels {
  readonly limit: number;
}

export interface ListedChannels {
  readonly items: ChannelView[];
}

export interface ChannelCalls {
  "channel.open": { params: OpenChannel; result: Receipt };
  "channel.revise": { params: ReviseChannel; result: Receipt };
  "channel.revert": { params: RevertChannel; result: Receipt };
  "channel.close": { params: ChannelId; result: Receipt };
  "channel.reopen": { params: ChannelId; result: Receipt };
  "channel.get": { params: ChannelId; result: ChannelView };
  "channel.peek": { params: ChannelId; result: ChannelGlance };
  "channel.list": { params: ListChannels; result: ListedChannels };
}

/** What stands before the numbers of a channel's orders; no two channels have the same. */
export const prefixOf = ({ code, orderPrefix }: Pick<OpenChannel, "code" | "orderPrefix">): string =>
  orderPrefix ?? `${code.toUpperCase()}-`;

const id = idSchema.required();
const name = textSchema(200);
const languages = Joi.array().items(languageSchema).unique().min(1).max(40);
const trade = {
  countries: Joi.array().items(countrySchema).unique().min(1).max(250),
  paymentMethods: Joi.array().items(idSchema).unique().min(1).max(20),
  capture: Joi.string().valid("order", "shipment"),
  shippingMethods: Joi.array().items(idSchema).unique().min(1).max(100),
  orderPrefix: plainText(8).pattern(/^[A-Z0-9][A-Z0-9-]*$/, "prefix of order numbers"),
  priceGroup: groupSchema,
  returnDays: returnDaysSchema,
  returnShippingBy: Joi.string().valid("customer", "seller"),
};
const platform = { permission: "channel.write", owner: "platform" } as const;

const content = {
  code: plainText(32)
    .pattern(/^[a-z0-9][a-z0-9-]*$/, "channel code")
    .required(),
  name: name.required(),
  currency: currencySchema.required(),
  languages: languages.required(),
  taxInclusive: Joi.boolean().required(),
  ...trade,
};
const view = Joi.object<ChannelView, true>({
  id,
  version: Joi.number().integer().min(1).required(),
  status: Joi.string().valid("open", "closed").required(),
  ...content,
});

export const channelContract: Contract<ChannelCalls> = {
  aggregate: "channel",
  actions: {
    "channel.open": {
      kind: "create",
      summary: "Open a channel: a storefront with its currency and languages",
      params: Joi.object<OpenChannel, true>(content),
      ...platform,
      http: { method: "POST", path: "/v1/channels" },
    },
    "channel.revise": {
      kind: "command",
      key: "id",
      summary: "Change a channel's name or languages, or how it sells; fields left out stay as they are",
      params: Joi.object<ReviseChannel, true>({ id, name, languages, ...trade }).min(2),
      ...platform,
      http: { method: "PATCH", path: "/v1/channels/{id}" },
    },
    "channel.revert": {
      kind: "command",
      key: "id",
      summary: "Bring back a channel's name and languages of an earlier version; reached by restoring its history",
      params: Joi.object<RevertChannel, true>({ id, version: versionSchema.required() }),
      restores: ["name", "languages"],
      ...platform,
    },
    "channel.close": {
      kind: "command",
      key: "id",
      summary: "Close a channel: nothing can be listed in it any more",
      params: Joi.object<ChannelId, true>({ id }),
      ...platform,
      http: { method: "POST", path: "/v1/channels/{id}/close" },
    },
    "channel.reopen": {
      kind: "command",
      key: "id",
      summary: "Open a closed channel again",
      params: Joi.object<ChannelId, true>({ id }),
      ...platform,
      http: { method: "POST", path: "/v1/channels/{id}/reopen" },
    },
    "channel.get": {
      kind: "query",
      key: "id",
      summary: "One channel",
      params: Joi.object<ChannelId, true>({ id }),
      result: view,
      permission: PUBLIC,
      owner: "platform",
      http: { method: "GET", path: "/v1/channels/{id}" },
    },
    "channel.peek": {
      kind: "query",
      key: "id",
      summary: "How a channel sells, and whether it is open, for other services",
      params: Joi.object<ChannelId, true>({ id }),
      permission: PUBLIC,
      owner: "platform",
    },
    "channel.list": {
      kind: "query",
      summary: "All channels",
      params: Joi.object<ListChannels, true>({ limit: Joi.number().integer().min(1).max(200).default(50) }),
      result: Joi.object<ListedChannels, true>({ items: Joi.array().items(view).max(200).required() }),
      permission: PUBLIC,
      owner: "platform",
      http: { method: "GET", path: "/v1/channels" },
    },
  },
};
