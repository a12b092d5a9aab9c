import type { Aggregate } from "../kernel/aggregate";
import { changesOf, restoredState, type Restored, type Restoring } from "../kernel/restoring";
import { refuse } from "../refusals";
import { ATTRIBUTES_MAX, type AttributeDefinition } from "./category.attributes.contract";
import type { CategoryCalls, CategoryContent, CreateCategory } from "./category.contract";

export interface KeptCategory extends CategoryContent {
  readonly status: "active" | "retired";
  readonly position: number;
  /** Null at the top of the tree. */
  readonly parentId: string | null;
  /** Its own definitions; what it inherits follows from those above it. */
  readonly attributes: readonly AttributeDefinition[];
}

export type CategoryState = { readonly status: "absent" } | KeptCategory;

export type CategoryEvent =
  | { readonly type: "category.created"; readonly data: CreateCategory }
  | { readonly type: "category.revised"; readonly data: Partial<CategoryContent> }
  | { readonly type: "category.reverted"; readonly data: Restored<Restorable> }
  | { readonly type: "category.defined"; readonly data: AttributeDefinition }
  | { readonly type: "category.undefined"; readonly data: { readonly name: string } }
  | { readonly type: "category.moved"; readonly data: { readonly from: string | null; readonly to: string | null } }
  | { readonly type: "category.retired"; readonly data: object }
  | { readonly type: "category.reinstated"; readonly data: object };

/** What may be brought back; where it lies in the tree, its address and whether it is retired stay. */
type Restorable = Partial<Pick<KeptCategory, "name" | "description" | "position" | "attributes">>;

type Unlike = `category.${"revert" | "tree" | "get" | "peek"}`;
export type CategoryCommands = {
  [N in Exclude<keyof CategoryCalls, Unlike>]: CategoryCalls[N]["params"];
} & { readonly "category.revert": Restoring<Restorable> };

function existing(state: CategoryState): KeptCategory {
  if (state.status === "absent") return refuse("NOT_FOUND", "There is no such category.");
  return state;
}

/** A choice has values and nothing else has; only numbers have a unit. */
function refuseOdd({ name, type, values, unit }: AttributeDefinition): void {
  const odd = (what: string): never => refuse("CATEGORY_ATTRIBUTE_ODD", `The attribute "${name}" ${what}.`, { name });
  if (type === "choice" && values === undefined) odd("is a choice, but no values are given to choose from");
  if (type !== "choice" && values !== undefined) odd(`is a ${type}: only a choice has values`);
  if (type !== "number" && unit !== undefined) odd(`is a ${type}: only a number has a unit`);
}

/** The state to which an event applies: `decide` has seen to it that there is one. */
const kept = (state: CategoryState): KeptCategory => state as KeptCategory;

const without = (attributes: readonly AttributeDefinition[], name: string): readonly AttributeDefinition[] =>
  attributes.filter((definition) => definition.name !== name);

/** Defined anew it keeps its place. */
function defined(all: readonly AttributeDefinition[], definition: AttributeDefinition): readonly AttributeDefinition[] {
  const known = all.some(({ name }) => name === definition.name);
  return known ? all.map((one) => (one.name === definition.name ? definition : one)) : [...all, definition];
}

/**
 * That a parent exists, that no category comes to lie below itself, and how deep the tree may be concerns several
 * categories: the service sees to it before it sends the command.
 */
export const category: Aggregate<CategoryState, CategoryCommands, CategoryEvent> = {
  name: "category",
  schema: 1,
  initial: { status: "absent" },
  decide: {
    "category.create": (state, params) => {
      if (state.status !== "absent") refuse("ALREADY_EXISTS", "This category exists already.");
      params.attributes?.forEach(refuseOdd);
      return [{ type: "category.created", data: params }];
    },
    "category.revise": (state, { id: _id, ...changes }) => {
      existing(state);
      return [{ type: "category.revised", data: changes }];
    },
    "category.revert": (state, old) => {
      const changes = changesOf(existing(state), old);
      return changes === null ? [] : [{ type: "category.reverted", data: changes }];
    },
    "category.define": (state, { id: _id, ...definition }) => {
      refuseOdd(definition);
      if (without(existing(state).attributes, definition.name).length >= ATTRIBUTES_MAX) {
        refuse("CATEGORY_ATTRIBUTES_MAX", `A category defines ${ATTRIBUTES_MAX} attributes at most.`);
      }
      return [{ type: "category.defined", data: definition }];
    },
    "category.undefine": (state, { name }) =>
      existing(state).attributes.some((definition) => definition.name === name)
        ? [{ type: "category.undefined", data: { name } }]
        : [],
    "category.move": (state, { parentId: to }) => {
      const { parentId: from } = existing(state);
      return from === to ? [] : [{ type: "category.moved", data: { from, to } }];
    },
    "category.retire": (state) =>
      existing(state).status === "retired" ? [] : [{ type: "category.retired", data: {} }],
    "category.reinstate": (state) =>
      existing(state).status === "active" ? [] : [{ type: "category.reinstated", data: {} }],
  },
  evolve: {
    "category.created": (_state, { parentId = null, position = 0, attributes = [], ...content }) => ({
      status: "active",
      ...content,
      parentId,
      position,
      attributes,
    }),
    "category.revised": (state, changes) => ({ ...kept(state), ...changes }),
    "category.reverted": (state, data) => restoredState(kept(state), data),
    "category.defined": (state, definition) => ({
      ...kept(state),
      attributes: defined(kept(state).attributes, definition),
    }),
    "category.undefined": (state, { name }) => ({
      ...kept(state),
      attributes: without(kept(state).attributes, name),
    }),
    "category.moved": (state, { to }) => ({ ...kept(state), parentId: to }),
    "category.retired": (state) => ({ ...kept(state), status: "retired" }),
    "category.reinstated": (state) => ({ ...kept(state), status: "active" }),
  },
  // a retired category keeps its slug: reinstating it must not collide with a newer one
  claims: (state) => (state.status === "absent" ? [] : [`category.slug/${state.slug}`]),
};
