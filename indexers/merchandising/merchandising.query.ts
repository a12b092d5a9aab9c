/** Answers merchandising.list and merchandising.get; merchandising.preview is answered by product search. */
import type { ListMerchandising, MerchandisingId } from "../../models/merchandising/merchandising.contract";
import type { MerchandisingList, MerchandisingView } from "../../models/merchandising/merchandising.result.contract";
import { refuseKernel } from "../../models/kernel/refusal";
import { fingerprint, readCursor, writeCursor } from "../kernel/cursor";
import type { QueryContext } from "../kernel/query";
import type { Merchandising } from "./merchandising.book.query";

function fits(view: MerchandisingView, { channel, section, kind, status }: ListMerchandising): boolean {
  return (
    (channel === undefined || view.channel === channel) &&
    (section === undefined || view.section === section) &&
    (kind === undefined || view.rule.kind === kind) &&
    (status === undefined || view.status === status)
  );
}

/** The page after a rule goes on with those of a lower priority, or the same and a higher id. */
function listed(
  all: readonly MerchandisingView[],
  { limit, cursor, ...question }: ListMerchandising,
): MerchandisingList {
  const print = fingerprint(question);
  const fitting = all.filter((view) => fits(view, { limit, ...question }));
  const [priority = 0, id = ""] = cursor === undefined ? [] : readCursor(cursor, print, 2);
  const isLater = (view: MerchandisingView): boolean =>
    cursor === undefined || view.priority < Number(priority) || (view.priority === priority && view.id > String(id));
  const rest = fitting.filter(isLater);
  const items = rest.slice(0, limit);
  const last = items.at(-1);
  const more = rest.length > limit && last !== undefined;
  return { items, total: fitting.length, cursor: more ? writeCursor(print, [last.priority, last.id]) : null };
}

export const merchandisingQueries = (merchandising: Merchandising) => ({
  "merchandising.list": async (params: ListMerchandising, context: QueryContext) =>
    listed((await merchandising(context)).all, params),
  "merchandising.get": async ({ id }: MerchandisingId, context: QueryContext): Promise<MerchandisingView> =>
    (await merchandising(context)).get(id) ?? refuseKernel("NOT_FOUND", "There is no such rule.", { id }),
});
