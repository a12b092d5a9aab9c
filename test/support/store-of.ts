/** The rows of a running mall, past the mall: to see what is really stored, and to do what nobody should. */
import { mongo } from "mongoose";
import type { Row } from "../../models/kernel/row";
import type { RunFile } from "../../bin/folder/run-file";

export interface StoredRows {
  of(aggregate: string): mongo.Collection<Row>;
  count(aggregate: string): Promise<number>;
  close(): Promise<void>;
}

export async function storeOf({ mongodbUrl, namespace }: RunFile): Promise<StoredRows> {
  const client = await new mongo.MongoClient(mongodbUrl, { serverSelectionTimeoutMS: 5_000 }).connect();
  const of = (aggregate: string) => client.db(namespace).collection<Row>(`${aggregate}.history`);
  return {
    of,
    count: (aggregate) => of(aggregate).countDocuments({}),
    // a killed server must not hold up the end
    close: () => client.close(true),
  };
}
