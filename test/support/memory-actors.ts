/**
 * Aggregates with their real actors over histories in memory, called by wire name as through a broker. What a
 * simulation shares between processes are the histories; each call of `openActors` is a process of its own.
 */
import type { Claims } from "../../models/kernel/claims";
import type { AnyAggregate } from "../../models/kernel/aggregate";
import { createClock, type Clock } from "../../models/kernel/clock";
import type { Histories } from "../../models/kernel/histories";
import { paramsHash } from "../../models/kernel/ids";
import type { Personal } from "../../models/kernel/personal";
import type { Row } from "../../models/kernel/row";
import { createActors, type Actors } from "../../services/kernel/actor";
import type { CallMeta, Caller } from "../../services/kernel/call";
import { createGroupWriter } from "../../services/kernel/group-writer";
import { historyReader, type KnowingReader } from "../../services/kernel/history-reader";
import { createMemory, type Memory } from "../../services/kernel/memory";
import { OPEN } from "../../services/kernel/permission";

const plain: Personal = {
  seal: (parts) => Promise.resolve(parts),
  reveal: (rows) => Promise.resolve(rows),
  isSealed: () => true,
};

const noClaims: Claims = {
  take: () => Promise.resolve(),
  find: () => Promise.resolve(null),
  release: () => Promise.resolve(),
};

export interface Served {
  readonly aggregate: AnyAggregate;
  readonly histories: Histories;
  /** The aggregate that params name; left out: their `id`. */
  readonly keyOf?: (params: never) => string;
}

/** Answers what is no command of an aggregate. */
export type Procedures = Readonly<Record<string, (params: never, meta: CallMeta, caller: Caller) => Promise<unknown>>>;

export interface ActorsOptions {
  readonly served: readonly Served[];
  readonly procedures?: Procedures;
  readonly clock?: Clock;
}

const nameOf = (action: string): string => action.slice(0, action.indexOf("."));
const byId = (params: never): string => (params as { id: string }).id;

/** Callers of what these actors do; their memory goes with it. */
export interface Acting extends Caller {
  readonly memory: Memory;
}

export function openActors({ served, procedures = {}, clock = createClock() }: ActorsOptions): Acting {
  const memory = createMemory();
  const all = new Map<string, { actors: Actors; keyOf: (params: never) => string }>(
    served.map(({ aggregate, histories, keyOf = byId }) => {
      const actors = createActors({
        aggregate,
        histories,
        writer: createGroupWriter(histories),
        clock,
        claims: noClaims,
        personal: plain,
        committed: () => undefined,
        mailboxMax: 5_000,
        batchMax: 100,
        idle: memory.idle(aggregate.name),
      });
      memory.add(aggregate.name, actors);
      return [aggregate.name, { actors, keyOf }];
    }),
  );

  async function command(action: string, params: object, meta: CallMeta): Promise<object> {
    const known = all.get(nameOf(action));
    if (!known) throw new Error(`Nobody answers ${action}`);
    const row = await known.actors.send({
      id: meta.commandId ?? `${action} ${JSON.stringify(params)}`,
      name: action,
      params,
      paramsHash: paramsHash(params),
      aggregateId: known.keyOf(params as never),
      creates: false,
      by: meta.principal.id,
      onBehalfOf: null,
      causedBy: meta.causedBy ?? null,
      trace: meta.trace,
      occurredAt: null,
      expectedVersion: null,
      guard: OPEN,
      after: meta.hlc ?? "",
    });
    return { id: row.aggregateId, version: row.version, committedAt: row.committedAt };
  }

  const caller: Acting = {
    memory,
    call(action, params, { meta }) {
      const procedure = procedures[action];
      return procedure ? procedure(params as never, meta, caller) : command(action, params, meta);
    },
  };
  return caller;
}

/** Reads as services do, from the store or from the memory of the actors. */
export const readerOf = (histories: Histories, { memory }: Acting): KnowingReader =>
  historyReader({ histories: () => histories, personal: () => plain, memory }, histories.aggregate);

export const newestIn =
  (histories: Histories) =>
  async (id: string): Promise<Row | null> =>
    (await histories.newest([id])).get(id) ?? null;
