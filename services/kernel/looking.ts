/** Looks at the history of one thing in the name of somebody: what must not be seen is covered before it is used. */
import type { RowSource } from "../../models/kernel/audit";
import type { ActionContract, AnyContract } from "../../models/kernel/contract";
import type { Histories, Moment } from "../../models/kernel/histories";
import type { HistoryOf } from "../../models/kernel/history.contract";
import type { HistoryEntry } from "../../models/kernel/history.results";
import type { Model } from "../../models/kernel/model";
import type { Personal } from "../../models/kernel/personal";
import { refuseKernel } from "../../models/kernel/refusal";
import type { Row } from "../../models/kernel/row";
import { createVeil } from "../../models/kernel/veil";
import { OPEN } from "./permission";
import { passes, type Looker } from "./sight";

/** An aggregate as it is looked at. */
export interface Looked {
  readonly model: Model;
  /** Rows as they are kept: personal fields sealed. */
  readonly histories: Histories;
  readonly personal: Personal;
  /** Rows as they were stored, of whatever shape. */
  readonly source: RowSource;
  /** The fields of the state that name an owner; none where that is the mall. `id` is the thing's own. */
  readonly ownerFields: readonly string[];
  /** The command that brings an old version's content back; null where there is none. */
  readonly restore: string | null;
}

/** The rows of one thing, with marks for what must not be seen; `shown` puts `{ sealed: true }` in their place. */
export interface Look {
  at(moment: Moment): Promise<Row | null>;
  newest(): Promise<Row | null>;
  page(afterVersion: number, limit: number): Promise<readonly Row[]>;
  shown<T>(value: T): T;
}

export type OpenLook = (of: HistoryOf, looker: Looker) => Promise<Look>;

/** The field by which an action names its owner; what concerns the caller alone is named by the caller's own id. */
function fieldOf({ owner, kind }: ActionContract): string[] {
  // who makes a thing is not named by what is not there yet
  if (owner === "platform" || (owner === "caller" && kind === "create")) return [];
  return [owner === "caller" ? "id" : owner.field];
}

/** How a contract says whose a thing is, and how it is restored. */
export function declaredBy(contract: AnyContract | undefined): Pick<Looked, "ownerFields" | "restore"> {
  const actions = Object.entries(contract?.actions ?? {});
  const ownerFields = [...new Set(actions.flatMap(([, action]) => fieldOf(action)))];
  const restore = actions.find(([, { restores }]) => restores !== undefined);
  return { ownerFields, restore: restore?.[0] ?? null };
}

export const entryOf = (row: Row): HistoryEntry => ({
  version: row.version,
  command: row.command.name,
  events: row.events,
  by: row.by,
  onBehalfOf: row.onBehalfOf,
  causedBy: row.causedBy,
  occurredAt: row.occurredAt,
  committedAt: row.committedAt,
  hash: row.hash,
});

export function lookedAt(all: ReadonlyMap<string, Looked>, aggregate: string): Looked {
  const found = all.get(aggregate);
  if (found) return found;
  const known = [...all.keys()].join(", ");
  return refuseKernel("NOT_FOUND", `There are no histories of "${aggregate}"; there are those of ${known}.`);
}

export const noHistory = ({ aggregate, id }: HistoryOf): never =>
  refuseKernel("NOT_FOUND", `There is no ${aggregate} "${id}" at that time.`, { aggregate, id });

/** The parties to which a thing belongs, as its newest version says. */
async function partiesOf({ histories, ownerFields }: Looked, id: string): Promise<string[]> {
  if (ownerFields.length === 0) return [];
  const state = (await histories.newest([id])).get(id)?.state as Readonly<Record<string, unknown>> | undefined;
  const named = ownerFields.map((field) => (field === "id" ? id : state?.[field]));
  return named.filter((party) => typeof party === "string");
}

/** @throws NOT_FOUND for what is no aggregate, FORBIDDEN for what the looker must not see */
export const createLooks =
  (all: ReadonlyMap<string, Looked>): OpenLook =>
  async ({ aggregate, id }, { guard, knows }) => {
    const looked = lookedAt(all, aggregate);
    if (guard !== OPEN) passes(guard, await partiesOf(looked, id));
    const { histories, personal, model } = looked;
    const veil = createVeil(model, knows);
    const read = async (rows: readonly Row[]): Promise<Row[]> => (await personal.reveal(rows)).map(veil.cover);
    const one = async (row: Row | null | undefined): Promise<Row | null> =>
      row ? ((await read([row]))[0] ?? null) : null;
    return {
      at: async (moment) => one(await histories.asOf(id, moment)),
      newest: async () => one((await histories.newest([id])).get(id)),
      page: async (afterVersion, limit) => read(await histories.page(id, afterVersion, limit)),
      shown: veil.shown,
    };
  };
