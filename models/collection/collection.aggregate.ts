import type { Aggregate } from "../kernel/aggregate";
import { changesOf, restoredState, type Restored, type Restoring } from "../kernel/restoring";
import { refuse } from "../refusals";
import type { CollectionCalls, CollectionContent } from "./collection.contract";
import { PRODUCTS_MAX } from "./collection.result.contract";
import type { CollectionRule } from "./collection.rule.contract";

interface ByHand {
  readonly by: "hand";
  /** Ids, in the order of the shelf. */
  readonly products: readonly string[];
}

interface ByRule {
  readonly by: "rule";
  readonly rule: CollectionRule;
}

export type Filling = ByHand | ByRule;

interface Described extends CollectionContent {
  readonly filling: Filling;
}

export interface KeptCollection extends Described {
  readonly status: "draft" | "published";
}

export type CollectionState = { readonly status: "absent" } | KeptCollection;

type Restorable = Pick<Described, "title" | "description" | "filling">;

export type CollectionEvent =
  | { readonly type: "collection.created"; readonly data: Described }
  | { readonly type: "collection.revised"; readonly data: Partial<Described> }
  | { readonly type: "collection.reverted"; readonly data: Restored<Restorable> }
  | { readonly type: "collection.included"; readonly data: { readonly productId: string; readonly position: number } }
  | { readonly type: "collection.excluded"; readonly data: { readonly productId: string } }
  | { readonly type: "collection.published"; readonly data: object }
  | { readonly type: "collection.unpublished"; readonly data: object };

type Unlike = "collection.revert" | "collection.list" | "collection.drafts" | "collection.get";

export type CollectionCommands = {
  [N in Exclude<keyof CollectionCalls, Unlike>]: CollectionCalls[N]["params"];
} & { readonly "collection.revert": Restoring<Restorable> };

function existing(state: CollectionState): KeptCollection {
  if (state.status === "absent") return refuse("NOT_FOUND", "There is no such collection.");
  return state;
}

function byHand(state: CollectionState): ByHand {
  const { filling, slug } = existing(state);
  if (filling.by === "hand") return filling;
  return refuse("COLLECTION_BY_RULE", "A rule fills this collection; revise it to fill it by hand.", { slug });
}

const asksNothing = (value: unknown): boolean => value === "" || (Array.isArray(value) && value.length === 0);

/** A rule must ask something, else the whole mall would be in it; and something that can be. */
function refuseOdd({ lang: _lang, ...rule }: CollectionRule): void {
  if (Object.values(rule).every(asksNothing)) {
    refuse("COLLECTION_RULE_ODD", "The rule asks for nothing, so that everything would be in the collection.");
  }
  const { priceMin = 0, priceMax = priceMin } = rule;
  if (priceMin > priceMax) {
    refuse("COLLECTION_RULE_ODD", "The rule asks for a price that is above its own upper bound.", {
      priceMin,
      priceMax,
    });
  }
}

/** The contract sees to it that at most one of the two is given. */
function filled({ products, rule }: { products?: string[]; rule?: CollectionRule }): Filling | null {
  if (products !== undefined) return { by: "hand", products };
  if (rule === undefined) return null;
  refuseOdd(rule);
  return { by: "rule", rule };
}

const without = (products: readonly string[], productId: string): readonly string[] =>
  products.filter((id) => id !== productId);

/** Where a product is to stand; never behind the end. */
function placeOf(products: readonly string[], productId: string, position: number | undefined): number {
  const at = products.indexOf(productId);
  const others = at === -1 ? products.length : products.length - 1;
  return Math.min(position ?? (at === -1 ? others : at), others);
}

/** The state to which an event applies: `decide` has seen to it that there is one. */
const kept = (state: CollectionState): KeptCollection => state as KeptCollection;

function refilled(state: CollectionState, change: (products: readonly string[]) => readonly string[]): KeptCollection {
  const { products } = kept(state).filling as ByHand;
  return { ...kept(state), filling: { by: "hand", products: change(products) } };
}

export const collection: Aggregate<CollectionState, CollectionCommands, CollectionEvent> = {
  name: "collection",
  schema: 1,
  initial: { status: "absent" },
  decide: {
    "collection.create": (state, { publish, products, rule, ...content }) => {
      if (state.status !== "absent") refuse("ALREADY_EXISTS", "This collection exists already.");
      const filling = filled({ ...(products && { products }), ...(rule && { rule }) }) ?? { by: "hand", products: [] };
      const created = { type: "collection.created", data: { ...content, filling } } as const;
      return publish === true ? [created, { type: "collection.published", data: {} }] : [created];
    },
    "collection.revise": (state, { id: _id, products, rule, ...content }) => {
      existing(state);
      const filling = filled({ ...(products && { products }), ...(rule && { rule }) });
      return [{ type: "collection.revised", data: { ...content, ...(filling && { filling }) } }];
    },
    "collection.revert": (state, old) => {
      const changes = changesOf(existing(state), old);
      return changes === null ? [] : [{ type: "collection.reverted", data: changes }];
    },
    "collection.include": (state, { productId, position }) => {
      const { products } = byHand(state);
      const place = placeOf(products, productId, position);
      if (products[place] === productId) return [];
      if (without(products, productId).length >= PRODUCTS_MAX) {
        refuse("COLLECTION_FULL", `A collection holds ${PRODUCTS_MAX} products at most; take one out first.`);
      }
      return [{ type: "collection.included", data: { productId, position: place } }];
    },
    "collection.exclude": (state, { productId }) =>
      byHand(state).products.includes(productId) ? [{ type: "collection.excluded", data: { productId } }] : [],
    "collection.publish": (state) =>
      existing(state).status === "published" ? [] : [{ type: "collection.published", data: {} }],
    "collection.unpublish": (state) =>
      existing(state).status === "draft" ? [] : [{ type: "collection.unpublished", data: {} }],
  },
  evolve: {
    "collection.created": (_state, data) => ({ status: "draft", ...data }),
    "collection.revised": (state, changes) => ({ ...kept(state), ...changes }),
    "collection.reverted": (state, data) => restoredState(kept(state), data),
    "collection.included": (state, { productId, position }) =>
      refilled(state, (products) => {
        const others = without(products, productId);
        return [...others.slice(0, position), productId, ...others.slice(position)];
      }),
    "collection.excluded": (state, { productId }) => refilled(state, (products) => without(products, productId)),
    "collection.published": (state) => ({ ...kept(state), status: "published" }),
    "collection.unpublished": (state) => ({ ...kept(state), status: "draft" }),
  },
  // a draft keeps its slug: publishing it must not collide with a newer one
  claims: (state) => (state.status === "absent" ? [] : [`collection.slug/${state.slug}`]),
};
