/**
 * A role that is built in begins its history when it is first changed: its first version holds the definition that it
 * came with, and the change.
 */
import type { Aggregate } from "../kernel/aggregate";
import { refuse } from "../refusals";
import { builtinRoles, isBuiltin, type BuiltinRole } from "./role.builtin.contract";
import type { DefineRole, ReviseRole, RoleCalls } from "./role.contract";

export interface DefinedState extends DefineRole {
  readonly status: "defined" | "retired";
}

export type RoleState = { readonly status: "absent" } | DefinedState;

export type RoleEvent =
  | { readonly type: "role.defined"; readonly data: DefineRole }
  | { readonly type: "role.revised"; readonly data: Omit<ReviseRole, "id"> }
  | { readonly type: "role.retired"; readonly data: object };

export type RoleCommands = { [N in "role.define" | "role.revise" | "role.retire"]: RoleCalls[N]["params"] };

/** Must always be able to mend what others broke. */
const UNTOUCHED: BuiltinRole = "admin-owner";

/** The definition that a role came with. */
export const builtinDefinition = (id: BuiltinRole): DefineRole => ({
  id,
  name: { en: id.replaceAll("-", " ") },
  permissions: [...builtinRoles[id]],
});

const defined = (state: RoleState): DefinedState => state as DefinedState;

/** What has to happen before a role can be changed. */
function before(state: RoleState, id: string): readonly RoleEvent[] {
  if (id === UNTOUCHED) refuse("ROLE_FIXED", `The role ${UNTOUCHED} always has every permission: define another one.`);
  if (state.status === "retired") refuse("ROLE_RETIRED", "The role is retired: define one under another name.");
  if (state.status === "defined") return [];
  if (isBuiltin(id)) return [{ type: "role.defined", data: builtinDefinition(id) }];
  return refuse("NOT_FOUND", `There is no role "${id}".`, { id });
}

export const role: Aggregate<RoleState, RoleCommands, RoleEvent> = {
  name: "role",
  schema: 1,
  initial: { status: "absent" },
  decide: {
    "role.define": (state, params) => {
      const taken = state.status !== "absent" || isBuiltin(params.id);
      if (taken) refuse("ALREADY_EXISTS", `There is a role "${params.id}": revise it, or take another name.`);
      return [{ type: "role.defined", data: params }];
    },
    "role.revise": (state, { id, ...changes }) => [...before(state, id), { type: "role.revised", data: changes }],
    "role.retire": (state, { id }) => {
      if (state.status === "retired") return [];
      if (isBuiltin(id)) refuse("ROLE_FIXED", "A role that is built in cannot be retired: take permissions from it.");
      return [...before(state, id), { type: "role.retired", data: {} }];
    },
  },
  evolve: {
    "role.defined": (_state, data) => ({ status: "defined", ...data }),
    "role.revised": (state, changes) => ({ ...defined(state), ...changes }),
    "role.retired": (state) => ({ ...defined(state), status: "retired" }),
  },
};
