/** Removes documents whose time is over, as their TTL indexes say: some in each turn, so that nobody waits long. */
import { type Collection } from "./catalog";
import { type Server } from "./command";
import { type Index } from "./index-definition";
import { Scan, search } from "./scan";

const REMOVED_MAX = 2_000;

function expired(server: Server, collection: Collection, { fields, expireAfterSeconds = 0 }: Index): void {
  const path = fields[0]?.path ?? "_id";
  const wanted = { filter: { [path]: { $lt: new Date(Date.now() - expireAfterSeconds * 1000) } }, limit: REMOVED_MAX };
  const found = [...search(new Scan(server.storage, collection, wanted), wanted)];
  if (found.length === 0) return;
  server.storage.write(() => {
    for (const { key, bytes } of found) server.documents.remove(collection, key, bytes);
  });
}

export function removeExpired(server: Server): void {
  for (const collection of server.catalog.all()) {
    for (const index of collection.indexes) {
      if (index.expireAfterSeconds !== undefined) expired(server, collection, index);
    }
  }
}
