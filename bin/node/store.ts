/** The write side's storage of one process: the connection, the histories of every aggregate, the claims. */
import mongoose, { type Connection } from "mongoose";
import { kept } from "../../models";
import type { AnyAggregate } from "../../models/kernel/aggregate";
import type { Claims } from "../../models/kernel/claims";
import type { Clock } from "../../models/kernel/clock";
import { createHolders, type Fenced } from "../../models/kernel/fence";
import type { Histories } from "../../models/kernel/histories";
import { mendDriver } from "../../models/kernel/mongo-driver";
import { createMongoClaims } from "../../models/kernel/mongo-claims";
import { createHistories } from "../../models/kernel/mongo-histories";
import { mongoKeyRows } from "../../models/kernel/mongo-subject-keys";
import { createPersonal, type Personal } from "../../models/kernel/personal";
import { createLookup, type Lookup } from "../../services/kernel/lookup";
import type { Commit, Row } from "../../models/kernel/row";
import { createSubjectKeys, type SubjectKeys } from "../../models/kernel/subject-keys";

export interface Store {
  /** Seals and reveals personal fields, by aggregate. */
  personal(aggregate: string): Personal;
  readonly connection: Connection;
  readonly histories: ReadonlyMap<string, Histories>;
  /** @throws Error for a name that is no aggregate of the mall */
  of(aggregate: string): Histories;
  readonly claims: Claims;
  readonly waiting: Lookup;
  /** The keys of data subjects. */
  readonly subjects: SubjectKeys;
  /** Whether the store answers, within a second. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface StoreOptions {
  readonly url: string;
  readonly namespace: string;
  readonly clock: Clock;
  /** Wraps the keys of data subjects. */
  readonly secret: string;
  readonly committed: (commit: Commit) => void;
}

/** Who waits for what happens to a product. */
export const WAITING = "alert.waiting";
const POOL_MAX = 24;
const SELECT_TIMEOUT_MS = 5_000;
const PING_TIMEOUT_MS = 1_000;

/** @throws Error with a sentence for a person */
export async function connectStore({ url, namespace }: Pick<StoreOptions, "url" | "namespace">): Promise<Connection> {
  mendDriver();
  const connection = mongoose.createConnection(url, {
    dbName: namespace,
    autoIndex: false,
    autoCreate: false,
    // a member that is undefined is no member, as in JSON: the row's hash counts on it
    ignoreUndefined: true,
    maxPoolSize: POOL_MAX,
    serverSelectionTimeoutMS: SELECT_TIMEOUT_MS,
    writeConcern: { w: "majority", journal: true },
  });
  try {
    return await connection.asPromise();
  } catch (error) {
    await connection.close().catch(() => undefined);
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(
      `MongoDB does not answer at ${url} (${why}). Start it, or leave MONGODB_URL unset for the embedded one.`,
    );
  }
}

function known<T>(found: T | undefined, aggregate: string): T {
  if (found === undefined) throw new Error(`There is no aggregate "${aggregate}": see models/index.ts`);
  return found;
}

/** Claims may rest on personal fields, which are sealed in the rows as they are stored. */
async function claimsOf(
  aggregate: AnyAggregate,
  row: Row,
  personal: ReadonlyMap<string, Personal>,
): Promise<readonly string[]> {
  const [revealed = row] = (await personal.get(aggregate.name)?.reveal([row])) ?? [row];
  return aggregate.claims?.(revealed.state) ?? [];
}

/** Connects and creates the indexes that are missing. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const connection = await connectStore(options);
  const opened = kept.map(async ({ aggregate, model }): Promise<[string, Histories]> => {
    return [aggregate.name, await createHistories(connection, model, aggregate.schema)];
  });
  const histories = new Map(await Promise.all(opened));
  const of = (aggregate: string): Histories => known(histories.get(aggregate), aggregate);
  const keys = createSubjectKeys(mongoKeyRows(connection), options.secret);
  const personal = new Map(kept.map(({ aggregate, model }) => [aggregate.name, createPersonal(model, keys)]));
  const fenced = (name: string): Fenced => {
    const { aggregate } = known(
      kept.find((one) => one.aggregate.name === name),
      name,
    );
    return { aggregate, histories: of(name), claimsOf: async (row) => claimsOf(aggregate, row, personal) };
  };
  const holders = createHolders({ clock: options.clock, fenced, committed: options.committed });
  return {
    connection,
    histories,
    subjects: keys,
    of,
    personal: (aggregate) => known(personal.get(aggregate), aggregate),
    claims: await createMongoClaims(connection, holders),
    waiting: await createLookup(connection, WAITING),
    async ping() {
      await connection.db?.command({ ping: 1 }, { timeoutMS: PING_TIMEOUT_MS });
    },
    close: () => connection.close(),
  };
}
