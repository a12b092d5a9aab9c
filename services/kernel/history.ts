/** The service behind `history.*`: looks at what is kept of whatever aggregate, in the name of who asks. */
import type { Context, ServiceSchema } from "moleculer";
import {
  historyContract,
  type AllAsOfAsk,
  type AsOf,
  type DiffHistory,
  type PageHistory,
  type RestoreHistory,
  type VerifyHistory,
} from "../../models/kernel/history.contract";
import type {
  AllAsOf,
  HistoryDiff,
  HistoryPage,
  HistoryProof,
  StandingThen,
  StateAsOf,
} from "../../models/kernel/history.results";
import { refuseKernel } from "../../models/kernel/refusal";
import type { Iso } from "../../models/kernel/row";
import type { CallMeta, Caller, Principal } from "./call";
import { diffOf } from "./history-diff";
import { createProofs, type ProofDeps } from "./history-proof";
import { createLooks, entryOf, lookedAt, noHistory, type Looked, type OpenLook } from "./looking";
import { isoOf, momentOf, settled, wallOf, type Wall } from "./moments";
import { actionSchema, wireService, type Query } from "./service";

export interface HistoryDeps extends ProofDeps {
  /** By name of the aggregate. */
  readonly looked: ReadonlyMap<string, Looked>;
  readonly now: () => Iso;
}

async function pageOf(open: OpenLook, ask: PageHistory, principal: Principal): Promise<HistoryPage> {
  const { after, limit, version, at } = ask;
  if (version !== undefined || at !== undefined) {
    const { state, ...entry } = await stateAsOf(open, ask, principal);
    return { items: [entry], next: null, state };
  }
  const look = await open(ask, principal);
  const rows = await look.page(after, limit);
  if (rows.length === 0 && after === 0) return noHistory(ask);
  const next = rows.length === limit ? (rows.at(-1)?.version ?? null) : null;
  return look.shown({ items: rows.map(entryOf), next });
}

async function stateAsOf(open: OpenLook, ask: AsOf, principal: Principal): Promise<StateAsOf> {
  const look = await open(ask, principal);
  const row = await look.at(momentOf(ask));
  const found = row && (ask.version === undefined || row.version === ask.version);
  return found ? look.shown({ ...entryOf(row), state: row.state }) : noHistory(ask);
}

/** All looks are opened before anything is waited for: who may not see one of the things is told at once. */
async function allAsOf(open: OpenLook, wall: Wall, ask: AllAsOfAsk, principal: Principal): Promise<AllAsOf> {
  const things = ask.ids.split(",").map((ref) => {
    const [aggregate = "", id = ""] = ref.split("/");
    return { aggregate, id };
  });
  const moment = momentOf(ask);
  const looks = await Promise.all(things.map((thing) => open(thing, principal)));
  const at = isoOf(ask.at);
  await settled(at, wall);
  const items = await Promise.all(
    looks.map(async (look, i): Promise<StandingThen> => {
      const row = await look.at(moment);
      const { aggregate = "", id = "" } = things[i] ?? {};
      const { version, committedAt, state } = row ?? { version: null, committedAt: null, state: null };
      return look.shown({ aggregate, id, version, committedAt, state });
    }),
  );
  return { at, items };
}

/** The aggregate's own command does it, with its own permission; the command id goes along, so a repeat stays one. */
async function restore(looked: Looked, ctx: Context<RestoreHistory, CallMeta>): Promise<unknown> {
  const { aggregate, id, version } = ctx.params;
  if (looked.restore !== null) {
    return (ctx as unknown as Caller).call(looked.restore, { id, version }, { meta: ctx.meta });
  }
  return refuseKernel("RESTORE_NOT_ALLOWED", `Old versions of a ${aggregate} are not restored: change it as usual.`);
}

export function historyService(deps: HistoryDeps): ServiceSchema {
  const { looked, now } = deps;
  const open = createLooks(looked);
  const prove = createProofs(deps);
  const wall = wallOf(now);
  const queries: Readonly<Record<string, Query>> = {
    "history.page": (ask: PageHistory, { meta }) => pageOf(open, ask, meta.principal),
    "history.asOf": (ask: AsOf, { meta }) => stateAsOf(open, ask, meta.principal),
    "history.diff": async (ask: DiffHistory, { meta }): Promise<HistoryDiff> =>
      diffOf(await open(ask, meta.principal), ask),
    "history.verify": async (ask: VerifyHistory, { meta }): Promise<HistoryProof> => {
      await open(ask, meta.principal);
      return prove(lookedAt(looked, ask.aggregate).source, ask);
    },
    "history.together": (ask: AllAsOfAsk, { meta }) => allAsOf(open, wall, ask, meta.principal),
  };
  return wireService(
    "history",
    Object.assign(
      {},
      ...Object.entries(historyContract.actions).map(([name, action]) =>
        actionSchema(name, action, async (ctx) => {
          const query = queries[name];
          if (query) return query(ctx.params as never, { meta: ctx.meta });
          const asked = ctx as unknown as Context<RestoreHistory, CallMeta>;
          await open(asked.params, asked.meta.principal);
          return restore(lookedAt(looked, asked.params.aggregate), asked);
        }),
      ),
    ) as NonNullable<ServiceSchema["actions"]>,
  );
}
