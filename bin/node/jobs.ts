/** The jobs that a node begins, as somebody who sends commands like everybody else. */
import type { ServiceBroker } from "moleculer";
import type { Logger } from "pino";
import type { Config } from "../../moleculer.config";
import type { Principal } from "../../services/kernel/call";
import { nearMall } from "../client/near";
import { createJobs, type Jobs } from "../jobs/jobs";
import type { ReadSide } from "./read-side";
import { takeoutsOf, type TakeoutParts } from "./takeouts";

export interface JobsParts extends Pick<TakeoutParts, "store" | "witnesses"> {
  readonly broker: ServiceBroker;
  readonly readSide: ReadSide;
  readonly log: Logger;
}

export function jobsOf(config: Pick<Config, "dataDir" | "secret">, parts: JobsParts): Jobs {
  const { broker, store, witnesses, readSide, log } = parts;
  const mall = (principal: Principal, trace: string) => nearMall({ broker, secret: config.secret, principal, trace });
  return createJobs({
    dataDir: config.dataDir,
    histories: [...store.histories.values()],
    readSide,
    takeouts: takeoutsOf({ store, witnesses, mall }),
    mall,
    log,
  });
}
