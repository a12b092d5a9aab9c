import type { Aggregate } from "../kernel/aggregate";
import type { Iso } from "../kernel/row";
import { changesOf, restoredState, type Restored, type Restoring } from "../kernel/restoring";
import { refuse } from "../refusals";
import { refuseMisfits, type CategoryRules } from "./product.attributes.aggregate";
import type { CreateProduct, ProductCalls, ProductContent, ReviseProduct, Variant } from "./product.contract";

interface Described extends ProductContent {
  readonly channels: readonly string[];
  /** Never changes: a seller's product stays that seller's. */
  readonly sellerId?: string;
}

export interface DraftProduct extends Described {
  readonly status: "draft";
  /** Set while the draft waits to be published by itself. */
  readonly publishAt: Iso | null;
}

export interface ShownProduct extends Described {
  readonly status: "published" | "withdrawn";
  readonly publishedAt: Iso;
}

export type ProductState = { readonly status: "absent" } | DraftProduct | ShownProduct;

export type ProductEvent =
  | { readonly type: "product.created"; readonly data: Described }
  | { readonly type: "product.revised"; readonly data: Partial<ProductContent> }
  | { readonly type: "product.reverted"; readonly data: Restored<ProductContent> }
  | { readonly type: "product.scheduled"; readonly data: { readonly publishAt: Iso } }
  | { readonly type: "product.published"; readonly data: { readonly at: Iso } }
  | { readonly type: "product.withdrawn"; readonly data: object }
  | { readonly type: "product.restored"; readonly data: object }
  | { readonly type: "product.listed"; readonly data: { readonly channelId: string } }
  | { readonly type: "product.unlisted"; readonly data: { readonly channelId: string } };

/** Added by the service, for a product that has or gets a category. */
interface Prepared {
  readonly rules?: CategoryRules;
}

export type ProductCommands = {
  [N in Exclude<keyof ProductCalls, Unlike>]: ProductCalls[N]["params"];
} & {
  readonly "product.create": CreateProduct & Prepared;
  readonly "product.revise": ReviseProduct & Prepared;
  readonly "product.revert": Restoring<ProductContent> & Prepared;
};

/** Queries, and the commands that are decided on more than their callers sent. */
type Unlike =
  | "product.search"
  | "product.suggest"
  | "product.traits"
  | "product.asked"
  | "product.get"
  | "product.peek"
  | "product.terms"
  | "product.create"
  | "product.revise"
  | "product.revert";

const CHANNELS_MAX = 100;

function existing(state: ProductState): DraftProduct | ShownProduct {
  if (state.status === "absent") return refuse("NOT_FOUND", "There is no such product.");
  return state;
}

function draft(state: ProductState): DraftProduct {
  const found = existing(state);
  if (found.status !== "draft") return refuse("PRODUCT_NOT_DRAFT", `The product is ${found.status}, not a draft.`);
  return found;
}

/** Every variant must choose one of the values of every option. */
function refuseUnknownChoice({ options = [], variants = [] }: Partial<ProductContent>): void {
  const chosen = (variant: Variant): boolean =>
    Object.keys(variant.options).length === options.length &&
    options.every(({ name, values }) => values.includes(variant.options[name] ?? ""));
  const odd = variants.find((variant) => !chosen(variant));
  if (odd) {
    refuse("PRODUCT_VARIANT_UNKNOWN", `Variant "${odd.id}" does not choose one value of every option.`, { id: odd.id });
  }
}

/** The state to which an event applies: `decide` has seen to it that there is one. */
const shown = (state: ProductState): ShownProduct => state as ShownProduct;

export const product: Aggregate<ProductState, ProductCommands, ProductEvent> = {
  name: "product",
  schema: 1,
  initial: { status: "absent" },
  decide: {
    "product.create": (state, { publish, rules, ...content }, now) => {
      if (state.status !== "absent") refuse("ALREADY_EXISTS", "This product exists already.");
      refuseUnknownChoice(content);
      refuseMisfits(content, rules);
      const created = { type: "product.created", data: content } as const;
      return publish === true ? [created, { type: "product.published", data: { at: now } }] : [created];
    },
    "product.revise": (state, { id: _id, rules, ...changes }) => {
      const after = { ...existing(state), ...changes };
      refuseUnknownChoice(after);
      if ("categoryId" in changes || "attributes" in changes) refuseMisfits(after, rules);
      return [{ type: "product.revised", data: changes }];
    },
    "product.revert": (state, { rules, ...old }) => {
      refuseUnknownChoice(old.content);
      refuseMisfits(old.content, rules);
      const changes = changesOf(existing(state), old);
      return changes === null ? [] : [{ type: "product.reverted", data: changes }];
    },
    "product.schedule": (state, { publishAt }) => {
      draft(state);
      return [{ type: "product.scheduled", data: { publishAt } }];
    },
    "product.publish": (state, _params, now) => {
      draft(state);
      return [{ type: "product.published", data: { at: now } }];
    },
    "product.withdraw": (state) => {
      if (existing(state).status !== "published") {
        refuse("PRODUCT_NOT_PUBLISHED", `The product is ${state.status}; only a published one can be withdrawn.`);
      }
      return [{ type: "product.withdrawn", data: {} }];
    },
    "product.restore": (state) => {
      if (existing(state).status !== "withdrawn") {
        refuse("PRODUCT_NOT_WITHDRAWN", `The product is ${state.status}; only a withdrawn one can be restored.`);
      }
      return [{ type: "product.restored", data: {} }];
    },
    "product.list": (state, { channelId }) => {
      const { channels } = existing(state);
      if (channels.includes(channelId)) return [];
      if (channels.length >= CHANNELS_MAX) {
        refuse("PRODUCT_CHANNELS_FULL", `A product is listed in ${CHANNELS_MAX} channels at most.`);
      }
      return [{ type: "product.listed", data: { channelId } }];
    },
    "product.unlist": (state, { channelId }) =>
      existing(state).channels.includes(channelId) ? [{ type: "product.unlisted", data: { channelId } }] : [],
  },
  evolve: {
    "product.created": (_state, data) => ({ status: "draft", publishAt: null, ...data }),
    "product.revised": (state, data) => ({ ...shown(state), ...data }),
    "product.reverted": (state, data) => restoredState(shown(state), data),
    "product.scheduled": (state, { publishAt }) => ({ ...(state as DraftProduct), publishAt }),
    "product.published": (state, { at }) => {
      const { publishAt: _publishAt, ...described } = state as DraftProduct;
      return { ...described, status: "published", publishedAt: at };
    },
    "product.withdrawn": (state) => ({ ...shown(state), status: "withdrawn" }),
    "product.restored": (state) => ({ ...shown(state), status: "published" }),
    "product.listed": (state, { channelId }) => ({ ...shown(state), channels: [...shown(state).channels, channelId] }),
    "product.unlisted": (state, { channelId }) => ({
      ...shown(state),
      channels: shown(state).channels.filter((id) => id !== channelId),
    }),
  },
  due: (state) =>
    state.status === "draft" && state.publishAt !== null
      ? [{ at: state.publishAt, command: "product.publish", params: {} }]
      : [],
};
