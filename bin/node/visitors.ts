/** What a process keeps of visitors: their trails, what they chose, and what is counted of all. */
import type { ServiceBroker, ServiceSchema } from "moleculer";
import type { mongo, Connection } from "mongoose";
import type { ExperimentView } from "../../models/experiment/experiment.contract";
import type { LearnSearches } from "../../models/analytics/analytics.contract";
import { createMongoCountedFacts } from "../../models/kernel/mongo-counted-facts";
import { createMongoSealedFacts } from "../../models/kernel/mongo-sealed-facts";
import type { RecordAsked } from "../../models/product/product.suggest.contract";
import { COUNTED, TRAILS, type Counted } from "../../services/visitor/events.service";
import { personalSuggest, type Suggest } from "../../services/visitor/recents.service";
import { personalSearch, type Search } from "../../services/visitor/search.service";
import type { Node } from "../../services/kernel/node";
import type { CallSite, Query } from "../../services/kernel/service";
import { createLearner } from "../../services/visitor/learner.service";
import { followVisits } from "../../services/visitor/visits.service";
import { createCounter } from "../../services/visitor/counter.service";
import type { Choices } from "../../services/visitor/trails.service";
import { visitorService, type VisitorStores } from "../../services/visitor/visitor.service";

interface Choice {
  readonly _id: string;
  readonly personal: boolean;
}

const durable = { writeConcern: { w: "majority", journal: true } } as const;

function choicesIn(connection: Connection): Choices {
  const rows = connection.collection<Choice>("visitor.choices") as unknown as mongo.Collection<Choice>;
  return {
    async find(who) {
      return (await rows.findOne({ _id: who }, { readConcern: "majority" }))?.personal ?? null;
    },
    async set(who, personal) {
      await rows.updateOne({ _id: who }, { $set: { personal } }, { upsert: true, ...durable });
    },
  };
}

/** Creates the indexes that are missing. */
const storesIn = async (connection: Connection): Promise<VisitorStores> => ({
  trails: await createMongoSealedFacts(connection, TRAILS),
  choices: choicesIn(connection),
  counted: await createMongoCountedFacts<Counted>(connection, COUNTED),
});

type Queries = Readonly<Record<string, Query>>;

export interface VisitorsOptions {
  readonly connection: Connection;
  readonly node: Node;
  readonly broker: Pick<ServiceBroker, "call">;
  /** Of the read side. */
  readonly queries: Queries & { readonly "product.search": Search; readonly "product.suggest": Suggest };
  /** Of the read side: which experiments run. */
  readonly experiments: (site: CallSite) => Promise<{ readonly running: readonly ExperimentView[] }>;
}

export interface Visitors {
  /** The read side's, with a search that goes by what visitors like, and is counted. */
  readonly queries: Queries;
  readonly service: ServiceSchema;
  /** To be told when calls are answered. */
  started(): void;
  /** Hands on what waits. */
  stop(): Promise<void>;
}

/** @throws Error when the store does not answer */
export async function openVisitors({
  connection,
  node,
  broker,
  queries,
  experiments,
}: VisitorsOptions): Promise<Visitors> {
  const { clock, log, identity } = node;
  const stores = await storesIn(connection);
  const { counted } = stores;
  const now = () => clock.now();
  const meta = { principal: { id: "visitors", permissions: ["*"] }, trace: "analytics" };
  const learn = (searches: LearnSearches) => broker.call("analytics.learn", searches, { meta });
  const suggest = (searches: RecordAsked) => broker.call("product.asked", searches, { meta });
  const learner = createLearner({ learn, suggest, counted, now, log });
  const visits = followVisits({
    ...{ counted, log, nowMs: () => Date.parse(now()) },
    tell: (told) => broker.call("desk.visited", told, { meta }),
  });
  const counter = createCounter({ counted, learner, pepper: identity.pepper, now, log });
  const running = async (site: CallSite) => (await experiments(site)).running;
  const search = personalSearch(queries["product.search"], { node, log, counter, running });
  return {
    queries: {
      ...queries,
      "product.search": search,
      "product.suggest": personalSuggest(queries["product.suggest"], { log }),
    },
    service: visitorService(node, stores, learner),
    started: () => void learner.catchUp(),
    async stop() {
      await visits.stop();
      await counter.stop();
      await learner.stop();
    },
  };
}
