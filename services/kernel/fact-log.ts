/**
 * Facts as services write and read them: what is personal is sealed with the key of whom it is about before it is
 * stored, and told in the clear to who reads here; of somebody who was erased it is null. Written in bounded batches:
 * whoever must know that a fact is durable waits for it, whoever need not does not.
 */
import {
  createFactWriter,
  type Fact,
  type FactKind,
  type FactPage,
  type FactStore,
  type FactWriter,
} from "../../models/kernel/facts";
import { createPersonal, type Personal } from "../../models/kernel/personal";
import type { Row } from "../../models/kernel/row";
import type { SubjectKeys } from "../../models/kernel/subject-keys";
import { backoffMs, wait } from "./wait";

export interface FactLog<F extends Fact> {
  /** Resolves when all are durable. @throws SUBJECT_ERASED; Error when too many wait already, or the process stops */
  write(facts: readonly F[]): Promise<void>;
  /** Newest first. */
  page(ask: FactPage): Promise<readonly F[]>;
  /** Their ids alone, newest first: for whoever has most of them already. */
  ids(ask: FactPage): Promise<readonly string[]>;
  /** Those of these ids, in whatever order. */
  those(ids: readonly string[]): Promise<readonly F[]>;
}

export interface FactLogOptions<F extends Fact> {
  readonly kind: FactKind;
  readonly store: FactStore<F>;
  readonly keys: SubjectKeys;
}

export interface RunningFactLog<F extends Fact> extends FactLog<F> {
  /** Writes what waits, as long as the store takes it, and takes no more. */
  stop(): Promise<void>;
}

const RETRY_FIRST_MS = 100;
const RETRY_MAX_MS = 5_000;

const sealedBy = async <F extends Fact>(personal: Personal, fact: F): Promise<F> =>
  (await personal.seal({ state: fact, events: [] })).state as F;

/** The seal works on rows: a fact is a row's state, and no event. */
async function revealedBy<F extends Fact>(personal: Personal, facts: readonly F[]): Promise<readonly F[]> {
  const rows = facts.map((state) => ({ state, events: [] }) as unknown as Row<F>);
  return (await personal.reveal(rows)).map(({ state }) => state);
}

export function createFactLog<F extends Fact>({ kind, store, keys }: FactLogOptions<F>): RunningFactLog<F> {
  const stopping = new AbortController();
  const pause = (attempt: number): Promise<void> =>
    wait(backoffMs(attempt, RETRY_FIRST_MS, RETRY_MAX_MS), stopping.signal);
  const writer: FactWriter<F> = createFactWriter({ store, pause });
  const { collection: aggregate, personal: fields } = kind;
  const personal = createPersonal({ aggregate, ...(fields && { personal: fields }) }, keys);
  /** What is nobody's is no secret. */
  const isSomebodys = (fact: F): boolean =>
    fields !== undefined && fields.subject({ ...fact } as Readonly<Record<string, unknown>>) !== null;
  const told = async (found: readonly F[]): Promise<readonly F[]> =>
    personal.none === true ? found : revealedBy(personal, found);
  return {
    async write(facts) {
      const ready = await Promise.all(facts.map(async (fact) => (isSomebodys(fact) ? sealedBy(personal, fact) : fact)));
      await Promise.all(ready.map((fact) => writer.write(fact)));
    },
    page: async (ask) => told(await store.page(ask)),
    ids: (ask) => store.ids(ask),
    those: async (ids) => told(await store.those(ids)),
    async stop() {
      stopping.abort();
      await writer.stop();
    },
  };
}
