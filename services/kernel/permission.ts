/** Who may call what: deny by default. `*` among a principal's permissions is every permission. */
import { PUBLIC, type ActionContract } from "../../models/kernel/contract";
import { Refusal } from "../../models/kernel/refusal";
import { ANONYMOUS, type Principal } from "./call";

/** @throws UNAUTHENTICATED for somebody unknown, FORBIDDEN for somebody known who lacks the permission */
export function permitted({ permission }: Pick<ActionContract, "permission">, principal: Principal | undefined): void {
  if (permission === PUBLIC) return;
  const { id, permissions } = principal ?? ANONYMOUS;
  if (permission !== "" && (permissions.includes("*") || permissions.includes(permission))) return;
  if (id === ANONYMOUS.id) {
    throw new Refusal("UNAUTHENTICATED", 401, `This needs the permission ${permission}: send a token.`, { permission });
  }
  throw new Refusal("FORBIDDEN", 403, `This needs the permission ${permission}, which you do not have.`, {
    permission,
  });
}
