/** What a process writes down of people: who was denied something, and who of the mall saw whose personal data. */
import type { ServiceSchema } from "moleculer";
import type { Logger } from "pino";
import type { Denial } from "../../models/kernel/denial.contract";
import type { Disclosure } from "../../models/kernel/disclosure.contract";
import type { FactStore } from "../../models/kernel/facts";
import type { Clock } from "../../models/kernel/clock";
import { createMongoFacts } from "../../models/kernel/mongo-facts";
import { createDenials, DENIALS, denialService, type Denials } from "../../services/kernel/denials";
import { createDisclosures, DISCLOSURES, disclosureService, type Disclosures } from "../../services/kernel/disclosures";
import type { Roles } from "../../services/kernel/permission";
import type { Store } from "./store";

export interface Witnesses {
  readonly denials: Denials;
  readonly disclosures: Disclosures;
  readonly kept: { readonly denials: FactStore<Denial>; readonly disclosures: FactStore<Disclosure> };
  /** Answer who asks for them. */
  readonly services: readonly ServiceSchema[];
  /** Writes what waits. */
  stop(): Promise<void>;
}

export interface WitnessesOptions {
  readonly store: Pick<Store, "connection">;
  readonly clock: Pick<Clock, "now">;
  readonly roles: Roles;
  readonly log: Logger;
}

/** Creates the indexes that are missing. */
export async function openWitnesses({ store, clock, roles, log }: WitnessesOptions): Promise<Witnesses> {
  const kept = {
    denials: await createMongoFacts<Denial>(store.connection, DENIALS),
    disclosures: await createMongoFacts<Disclosure>(store.connection, DISCLOSURES),
  };
  const now = () => clock.now();
  const denials = createDenials({ store: kept.denials, now, log });
  const disclosures = createDisclosures({ store: kept.disclosures, roles, now });
  return {
    denials,
    disclosures,
    kept,
    services: [denialService(kept.denials, roles), disclosureService(kept.disclosures, roles)],
    async stop() {
      await Promise.all([denials.stop(), disclosures.stop()]);
    },
  };
}
