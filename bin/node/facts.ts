/** What services write beside histories: facts (a store per kind, a writer of its own for who asks), learnt models. */
import path from "node:path";
import type { Config } from "../../moleculer.config";
import { factKinds } from "../../models";
import type { Fact, FactStore } from "../../models/kernel/facts";
import { createMongoFacts } from "../../models/kernel/mongo-facts";
import { diskBlobs, type Blobs } from "../../services/kernel/blobs";
import { createFactLog, type RunningFactLog } from "../../services/kernel/fact-log";
import type { Node } from "../../services/kernel/node";
import { s3Blobs } from "../../services/kernel/s3-blobs";
import type { Store } from "./store";

export interface Facts {
  readonly facts: Node["facts"];
  /** Writes what waits. */
  stop(): Promise<void>;
}

/** Where learnt models lie: beside the files of assets, in the bucket or in the data folder. */
export const modelFiles = ({ s3, dataDir }: Pick<Config, "s3" | "dataDir">): Blobs =>
  s3 ? s3Blobs(s3) : diskBlobs(path.resolve(dataDir, "models"));

/** @throws Error for a name that is no kind of facts of the mall, when it is asked for */
export async function openFacts({ connection, subjects }: Pick<Store, "connection" | "subjects">): Promise<Facts> {
  const opened = factKinds.map(async (kind): Promise<[string, FactStore<Fact>]> => {
    return [kind.collection, await createMongoFacts<Fact>(connection, kind)];
  });
  const stores = new Map(await Promise.all(opened));
  const logs: RunningFactLog<Fact>[] = [];
  return {
    facts: (collection) => {
      const [kind, store] = [factKinds.find((one) => one.collection === collection), stores.get(collection)];
      if (!kind || !store) throw new Error(`There are no facts "${collection}": see models/index.ts`);
      const log = createFactLog({ kind, store, keys: subjects });
      logs.push(log);
      return log as never;
    },
    async stop() {
      await Promise.all(logs.map((log) => log.stop()));
    },
  };
}
