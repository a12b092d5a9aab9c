/** Collections that the kernel keeps beside the histories, reached through the driver beneath mongoose. */
import type { Connection, mongo } from "mongoose";

export const MAJORITY = { writeConcern: { w: "majority", journal: true } } as const;
export const DUPLICATE_KEY = 11000;

/** @throws Error when the connection is not open yet */
export function collectionIn<T extends mongo.BSON.Document>(connection: Connection, name: string): mongo.Collection<T> {
  if (!connection.db) throw new Error(`The collection "${name}" was asked for before MongoDB was connected.`);
  return connection.db.collection<T>(name);
}
