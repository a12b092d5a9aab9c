import type { ServiceSchema } from "moleculer";
import { contracts } from "../../models/contracts";
import { erased } from "../../models/kernel/aggregate";
import { anyContract } from "../../models/kernel/contract";
import type { Row } from "../../models/kernel/row";
import { refuse } from "../../models/refusals";
import { builtinDefinition, role, type DefinedState, type RoleState } from "../../models/role/role.aggregate";
import { builtinRoles, isBuiltin, type BuiltinRole } from "../../models/role/role.builtin.contract";
import {
  roleContract,
  ROLES_MAX,
  type ListedRoles,
  type ReviseRole,
  type RoleId,
  type RoleView,
} from "../../models/role/role.contract";
import { followHeads } from "../kernel/follow-heads";
import { historyReader, newestOrRefuse } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { aggregateService } from "../kernel/service";

/** What some action of the mall needs. */
const known = new Set(contracts.flatMap(({ actions }) => Object.values(actions).map(({ permission }) => permission)));

function withKnown<P extends Pick<ReviseRole, "permissions">>(params: P): Promise<P> {
  const unknown = (params.permissions ?? []).filter((permission) => !known.has(permission));
  if (unknown.length > 0) {
    refuse("ROLE_PERMISSION_UNKNOWN", `No action needs ${unknown.join(", ")}: a permission that opens nothing.`, {
      unknown,
    });
  }
  return Promise.resolve(params);
}

const viewOf = (state: DefinedState, version: number): RoleView => ({
  ...state,
  version,
  builtin: isBuiltin(state.id),
});
const unchanged = (id: BuiltinRole): RoleView => viewOf({ ...builtinDefinition(id), status: "defined" }, 0);

/** The roles as this node knows them; whoever asks for permissions asks `node.roles`, which learns the same. */
function createKnown(node: Node) {
  const views = new Map<string, RoleView>(
    Object.keys(builtinRoles)
      .filter(isBuiltin)
      .map((id) => [id, unchanged(id)]),
  );
  return {
    views,
    learn: ({ version, state }: Pick<Row, "version" | "state">): void => {
      const read = state as RoleState;
      if (read.status === "absent" || (views.get(read.id)?.version ?? -1) >= version) return;
      views.set(read.id, viewOf(read, version));
      node.roles.learn(read.id, version, read.status === "retired" ? [] : read.permissions);
    },
  };
}

export const roleService = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "role");
  const { views, learn } = createKnown(node);
  const heads = followHeads({ histories: node.histories("role"), heard: learn, log: node.log });
  const service = aggregateService(
    {
      ...node,
      // the node that changed a role goes by it at once
      committed: (commits) => {
        for (const { body } of commits) learn(JSON.parse(body) as Row);
        node.committed(commits);
      },
    },
    {
      contract: anyContract(roleContract),
      aggregate: erased(role),
      prepare: { "role.define": withKnown, "role.revise": withKnown },
      queries: {
        "role.get": async ({ id }: RoleId): Promise<RoleView> => {
          if (isBuiltin(id) && (await reader.newest(id)) === null) return unchanged(id);
          const { state, version } = await newestOrRefuse<RoleState>(reader, id, "role");
          return viewOf(state, version);
        },
        "role.list": async (): Promise<ListedRoles> => {
          await heads.refresh();
          return { items: [...views.values()].slice(0, ROLES_MAX) };
        },
      },
    },
  );
  return { ...service, started: () => heads.start(), stopped: () => heads.stop() };
};
