/**
 * What somebody may look at: the widgets of boards have permissions as actions have, and are guarded by the same
 * guards. An order's page is asked for by the action that reads the order, which knows whose it is.
 */
import {
  liveWidgets,
  type BoardKind,
  type LiveNamespace,
  type WatchAsk,
  type WidgetDeclared,
  type WidgetName,
} from "../../../models/live/live.contract";
import type { ActionContract } from "../../../models/kernel/contract";
import { refuseKernel } from "../../../models/kernel/refusal";
import type { CallMeta, Principal } from "../../kernel/call";
import { holdsMallWide, pass, permitted, type Guarded, type Roles } from "../../kernel/permission";

export interface PermitDeps {
  readonly roles: Roles;
  readonly call: (action: string, params: object, options: { meta: CallMeta }) => Promise<unknown>;
}

/** Which boards each namespace shows. */
const SHOWN: Readonly<Record<LiveNamespace, readonly BoardKind[]>> = {
  "/seller": ["seller"],
  "/shopper": ["order"],
  "/admin": ["seller", "order", "channel"],
};

const OWNERS: Readonly<Record<Exclude<BoardKind, "order">, ActionContract["owner"]>> = {
  seller: { field: "sellerId" },
  channel: "platform",
};

const declaredOf = (board: BoardKind): readonly (readonly [WidgetName, WidgetDeclared])[] =>
  Object.entries(liveWidgets[board]) as [WidgetName, WidgetDeclared][];

const guardedBy = (
  board: Exclude<BoardKind, "order">,
  name: string,
  { permission, summary }: WidgetDeclared,
): Guarded => ({
  name: `live.${board}.${name}`,
  action: { permission, summary, owner: OWNERS[board] },
});

/** Refuses who has nothing to look at in a namespace. @throws UNAUTHENTICATED, FORBIDDEN */
export function enter({ roles }: PermitDeps, namespace: LiveNamespace, principal: Principal): void {
  // an order may be looked at with the key that came by mail: whoever it is
  if (namespace === "/shopper") return;
  if (namespace === "/admin") {
    const widgets = SHOWN[namespace].flatMap(declaredOf);
    if (widgets.some(([, { permission }]) => holdsMallWide(roles, principal, permission))) return;
    const [name, declared] = declaredOf("channel")[0] ?? [];
    if (name && declared) permitted(roles, guardedBy("channel", name, declared), principal);
    refuseKernel("FORBIDDEN", "This place is for those who look after the mall.");
  }
  const widgets = declaredOf("seller");
  const faults = widgets.flatMap(([name, declared]) => {
    try {
      permitted(roles, guardedBy("seller", name, declared), principal);
      return [];
    } catch (error) {
      return [error];
    }
  });
  if (faults.length === widgets.length) throw faults[0];
}

/** Of the widgets that were asked for. @throws VALIDATION_FAILED for one that the board does not have */
function asked(ask: WatchAsk): readonly (readonly [WidgetName, WidgetDeclared])[] {
  const declared = declaredOf(ask.board);
  const stranger = ask.widgets?.find((name) => !declared.some(([known]) => known === name));
  if (stranger !== undefined) {
    const known = declared.map(([name]) => name).join(", ");
    refuseKernel("VALIDATION_FAILED", `A ${ask.board} has no widget "${stranger}"; it has ${known}.`);
  }
  return declared.filter(([name]) => ask.widgets?.includes(name) ?? true);
}

/** Asks the order's own action: its guard knows the state. @throws FORBIDDEN, NOT_FOUND */
async function mayReadOrder(
  { call }: PermitDeps,
  { id, key }: Pick<WatchAsk, "id" | "key">,
  meta: CallMeta,
): Promise<void> {
  if (key === undefined) await call("order.get", { id }, { meta });
  else await call("order.track", { id, key }, { meta });
}

/** The widgets that somebody may see of those asked for. @throws FORBIDDEN where that is none, or one was named */
export async function admitted(
  deps: PermitDeps,
  ask: WatchAsk,
  { namespace, principal, trace }: { namespace: LiveNamespace; principal: Principal; trace: string },
): Promise<readonly WidgetName[]> {
  const { board, id } = ask;
  if (!SHOWN[namespace].includes(board)) {
    refuseKernel("FORBIDDEN", `${namespace} does not show a ${board}; it shows ${SHOWN[namespace].join(", ")}.`);
  }
  const widgets = asked(ask);
  if (board === "order") {
    await mayReadOrder(deps, ask, { principal, trace });
    return widgets.map(([name]) => name);
  }
  const faults: unknown[] = [];
  const open = widgets.filter(([name, declared]) => {
    try {
      pass(permitted(deps.roles, guardedBy(board, name, declared), principal), [{ sellerId: id }]);
      return true;
    } catch (error) {
      faults.push(error);
      return false;
    }
  });
  if (open.length === 0 || (ask.widgets && faults.length > 0)) throw faults[0];
  return open.map(([name]) => name);
}
