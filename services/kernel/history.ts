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
import type { CallMeta, Caller } from "./call";
import type { Params } from "./command-id";
import type { Disclosures } from "./disclosures";
import { diffOf } from "./history-diff";
import { createProofs, type ProofDeps } from "./history-proof";
import { createLooks, entryOf, lookedAt, noHistory, type Looked, type OpenLook } from "./looking";
import { isoOf, momentOf, settled, wallOf, type Wall } from "./moments";
import type { Roles } from "./permission";
import { actionSchema, wireService, type Handler } from "./service";
import { knowerOf, type Looker } from "./sight";

export interface HistoryDeps extends ProofDeps {
  /** By name of the aggregate. */
  readonly looked: ReadonlyMap<string, Looked>;
  readonly roles: Roles;
  readonly now: () => Iso;
  /** Told whose personal fields somebody was shown who may see everybody's. */
  readonly shown?: Disclosures["shown"];
}

async function pageOf(open: OpenLook, ask: PageHistory, looker: Looker): Promise<HistoryPage> {
  const { after, limit, version, at } = ask;
  if (version !== undefined || at !== undefined) {
    const { state, ...entry } = await stateAsOf(open, ask, looker);
    return { items: [entry], next: null, state };
  }
  const look = await open(ask, looker);
  const rows = await look.page(after, limit);
  if (rows.length === 0 && after === 0) return noHistory(ask);
  const next = rows.length === limit ? (rows.at(-1)?.version ?? null) : null;
  return look.shown({ items: rows.map(entryOf), next });
}

async function stateAsOf(open: OpenLook, ask: AsOf, looker: Looker): Promise<StateAsOf> {
  const look = await open(ask, looker);
  const row = await look.at(momentOf(ask));
  const found = row && (ask.version === undefined || row.version === ask.version);
  return found ? look.shown({ ...entryOf(row), state: row.state }) : noHistory(ask);
}

/** All looks are opened before anything is waited for: who may not see one of the things is told at once. */
async function allAsOf(open: OpenLook, wall: Wall, ask: AllAsOfAsk, looker: Looker): Promise<AllAsOf> {
  const things = ask.ids.split(",").map((ref) => {
    const [aggregate = "", id = ""] = ref.split("/");
    return { aggregate, id };
  });
  const moment = momentOf(ask);
  const looks = await Promise.all(things.map((thing) => open(thing, looker)));
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
async function restore(looked: Looked, ask: RestoreHistory, ctx: Context<Params, CallMeta>): Promise<unknown> {
  const { aggregate, id, version } = ask;
  if (looked.restore !== null) {
    return (ctx as unknown as Caller).call(looked.restore, { id, version }, { meta: ctx.meta });
  }
  return refuseKernel("RESTORE_NOT_ALLOWED", `Old versions of a ${aggregate} are not restored: change it as usual.`);
}

type Answer = (ask: never, looker: Looker, ctx: Context<Params, CallMeta>) => Promise<unknown>;

function answers({ looked, now, ...proofs }: HistoryDeps): Readonly<Record<string, Answer>> {
  const open = createLooks(looked);
  const prove = createProofs(proofs);
  const wall = wallOf(now);
  return {
    "history.page": (ask: PageHistory, looker) => pageOf(open, ask, looker),
    "history.asOf": (ask: AsOf, looker) => stateAsOf(open, ask, looker),
    "history.diff": async (ask: DiffHistory, looker): Promise<HistoryDiff> => diffOf(await open(ask, looker), ask),
    "history.restore": async (ask: RestoreHistory, looker, ctx) => {
      await open(ask, looker);
      return restore(lookedAt(looked, ask.aggregate), ask, ctx);
    },
    "history.verify": async (ask: VerifyHistory, looker): Promise<HistoryProof> => {
      await open(ask, looker);
      return prove(lookedAt(looked, ask.aggregate).source, ask);
    },
    "history.together": (ask: AllAsOfAsk, looker) => allAsOf(open, wall, ask, looker),
  };
}

/** `account/…`; null where several are looked at together. */
const thingIn = ({ aggregate, id }: Params): string | null =>
  typeof aggregate === "string" && typeof id === "string" ? `${aggregate}/${id}` : null;

/** @throws Error for an action of the contract that nobody answers */
export function historyService(deps: HistoryDeps): ServiceSchema {
  const { roles, shown } = deps;
  const known = answers(deps);
  const actions: NonNullable<ServiceSchema["actions"]> = {};
  for (const [name, action] of Object.entries(historyContract.actions)) {
    const answer = known[name];
    if (!answer) throw new Error(`Nobody answers "${name}": see services/kernel/history.ts`);
    const handler: Handler = async (ctx, guard) => {
      const { principal, trace } = ctx.meta;
      const subjects = new Set<string>();
      const knows = knowerOf(roles, principal, (subject) => void subjects.add(subject));
      const found = await answer(ctx.params as never, { guard, knows }, ctx);
      const thing = thingIn(ctx.params);
      await shown?.({ principal, action: name, subjects: [...subjects], thing, trace });
      return found;
    };
    Object.assign(actions, actionSchema(roles, { name, action }, handler));
  }
  return wireService("history", actions);
}
