/** The jobs that a node begins, as somebody who sends commands like everybody else. */
import type { ServiceBroker } from "moleculer";
import type { Logger } from "pino";
import type { Config } from "../../moleculer.config";
import { nearMall } from "../client/near";
import { createJobs, type Jobs } from "../jobs/jobs";
import type { ReadSide } from "./read-side";
import type { Store } from "./store";

export interface JobsParts {
  readonly broker: ServiceBroker;
  readonly readSide: ReadSide;
  readonly store: Pick<Store, "histories">;
  readonly log: Logger;
}

export function jobsOf(config: Pick<Config, "dataDir" | "secret">, { broker, store, readSide, log }: JobsParts): Jobs {
  return createJobs({
    dataDir: config.dataDir,
    histories: [...store.histories.values()],
    readSide,
    mall: (principal, trace) => nearMall({ broker, secret: config.secret, principal, trace }),
    log,
  });
}
