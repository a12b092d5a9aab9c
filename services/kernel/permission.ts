/**
 * Who may call an action. Denied unless the contract says otherwise: an action is open only by the word PUBLIC, and an
 * empty permission opens nothing. Checked at the action, for every caller alike; the gateway is only one of them.
 */
import { PUBLIC, type ActionContract } from "../../models/kernel/contract";
import { refuseKernel } from "../../models/kernel/refusal";
import { ANONYMOUS, type Principal } from "./call";

/** Held by the admin: every permission, except that an action which declares none stays closed. */
const EVERY = "*";

export const holds = (principal: Principal, permission: string): boolean =>
  permission !== "" && (principal.permissions.includes(permission) || principal.permissions.includes(EVERY));

/** @throws UNAUTHENTICATED for somebody who has not logged in, FORBIDDEN for somebody who has */
export function permitted(
  action: Pick<ActionContract, "permission" | "summary">,
  principal: Principal = ANONYMOUS,
): void {
  const { permission, summary } = action;
  if (permission === PUBLIC || holds(principal, permission)) return;
  const needs = `"${summary}" needs the permission ${permission || "(none is declared, so nobody has it)"}`;
  if (principal.id === ANONYMOUS.id) {
    refuseKernel("UNAUTHENTICATED", `${needs}: send a token as "Authorization: Bearer …".`, { permission });
  }
  refuseKernel("FORBIDDEN", `${needs}, which ${principal.id} does not have.`, { permission });
}
