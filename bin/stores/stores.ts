/** Opens what a mall keeps, past the mall itself: for commands that prove or repair it. */
import type { Connection } from "mongoose";
import { createReadSide, projectionNamed } from "../../indexers";
import { aggregatesOf } from "../../indexers/kernel/projection";
import { createSearchClient } from "../../indexers/kernel/client";
import { kept } from "../../models";
import type { CheckpointStore } from "../../models/kernel/checkpoint";
import type { Histories } from "../../models/kernel/histories";
import { mongoCheckpoints, rawRows } from "../../models/kernel/mongo-checkpoints";
import { randomId } from "../../models/kernel/ids";
import { openHistories } from "../../models/kernel/mongo-histories";
import { refold, together, type Refolded } from "../../models/kernel/refold";
import type { RowSource } from "../../models/kernel/audit";
import { connectStore } from "../node/store";
import { Sentence } from "../terminal/sentence";
import { parkedCommits, type ParkedCommits } from "./parked";
import { searchUrlOf, type Places } from "./places";
import { openReading } from "./reading";

export interface Rows {
  /** Every aggregate's rows as they were stored. */
  readonly sources: readonly RowSource[];
  /** The same, as today's code reads them. */
  readonly histories: readonly Histories[];
  readonly checkpoints: CheckpointStore;
  /** Folds some rows of every aggregate again, from a place that chance chose, beside the states that they carry. */
  refold(rows: number): Promise<Refolded>;
  /** How many rows there are, about; of all aggregates or of these. */
  total(aggregates?: readonly string[]): number;
  /** What could not be published or read. */
  readonly parked: ParkedCommits;
  close(): Promise<void>;
}

async function rowsOf(connection: Connection, places: Places): Promise<Rows> {
  const { mongodbUrl, namespace } = places;
  const histories = kept.map(({ aggregate, model }) => openHistories(connection, model, aggregate.schema));
  const counts = await Promise.all(
    histories.map(async (history) => [history.aggregate, await history.count()] as const),
  );
  const total: Rows["total"] = (aggregates) =>
    counts.reduce((sum, [name, count]) => (aggregates?.includes(name) === false ? sum : sum + count), 0);
  const checkpoints = mongoCheckpoints(connection);
  if (total() === 0 && (await checkpoints.latest()) === null) {
    // an empty answer to a question asked at the wrong door must not pass for a clean bill of health
    throw new Sentence(`There is no mall in the database "${namespace}" of ${mongodbUrl}: it holds no history at all.`);
  }
  const sources = kept.map(({ aggregate }) => rawRows(connection, aggregate.name));
  const of = (name: string) => histories.find(({ aggregate }) => aggregate === name) as Histories;
  const again = async (rows: number): Promise<Refolded> =>
    together(
      await Promise.all(
        kept.map(({ aggregate, model }) =>
          refold({ aggregate, model, histories: of(aggregate.name), rows, after: randomId().slice(0, 2) }),
        ),
      ),
    );
  const parked = parkedCommits(connection, { places, histories });
  return { sources, histories, checkpoints, parked, refold: again, total, close: () => connection.close() };
}

/** @throws Error with a sentence: nobody answers there, or no mall is kept there */
export async function openRows(places: Places): Promise<Rows> {
  const { mongodbUrl: url, namespace } = places;
  const connection = await connectStore({ url, namespace });
  try {
    return await rowsOf(connection, places);
  } catch (error) {
    await connection.close();
    throw error;
  }
}

type ReadSide = ReturnType<typeof createReadSide>;

export interface Indices extends Pick<ReadSide, "rebuild"> {
  /** A difference counts only when no commit is on its way any more. */
  drift(ask: Omit<Parameters<ReadSide["drift"]>[0], "stillReading">): ReturnType<ReadSide["drift"]>;
  close(): Promise<void>;
}

/** Of whose histories a projection is made. */
export const aggregatesFor = (name: string): readonly string[] => aggregatesOf(projectionNamed(name));

/** @throws Sentence when the engine does not answer */
export async function openIndices(places: Places, { histories }: Pick<Rows, "histories">): Promise<Indices> {
  const url = searchUrlOf(places);
  const client = createSearchClient(url);
  const { drift, rebuild } = createReadSide({ client, namespace: places.namespace });
  await client.ping().catch(async (error: unknown) => {
    await client.close();
    const why = error instanceof Error ? error.message : String(error);
    throw new Sentence(`Elasticsearch does not answer at ${url} (${why}). Start it, or correct ELASTICSEARCH_URL.`);
  });
  const reading = await openReading(places, histories);
  return {
    rebuild,
    drift: (ask) => drift({ ...ask, stillReading: () => reading.of(ask.projection, aggregatesFor(ask.projection)) }),
    async close() {
      await reading.close();
      await client.close();
    },
  };
}

export { projectionNamed, projections } from "../../indexers";
