/**
 * What the roles of the mall permit, kept in memory on every node so that a check costs no call. Definitions carry
 * the version that they were given in; an older one that arrives late changes nothing. Roles that are built in hold
 * from the start and until a definition of the same name is learnt.
 */
import type { Roles } from "./permission";

export interface RoleBook extends Roles {
  /** Definitions of the same role with a lower version are ignored. No permissions: the role permits nothing. */
  learn(role: string, version: number, permissions: readonly string[]): void;
  /** The version that is known of a role; 0 for what is built in, undefined for a role that is not known. */
  version(role: string): number | undefined;
}

interface Known {
  readonly version: number;
  readonly permissions: ReadonlySet<string>;
}

export function createRoleBook(builtin: Readonly<Record<string, readonly string[]>>): RoleBook {
  const known = new Map<string, Known>(
    Object.entries(builtin).map(([role, permissions]) => [role, { version: 0, permissions: new Set(permissions) }]),
  );
  return {
    permits(role, permission) {
      const permissions = known.get(role)?.permissions;
      return permissions !== undefined && (permissions.has(permission) || permissions.has("*"));
    },
    version: (role) => known.get(role)?.version,
    learn(role, version, permissions) {
      if ((known.get(role)?.version ?? -1) >= version) return;
      known.set(role, { version, permissions: new Set(permissions) });
    },
  };
}
