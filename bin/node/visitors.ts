/** What a process keeps of visitors: their trails, what they chose, and what is counted of all. */
import type { ServiceBroker } from "moleculer";
import type { mongo, Connection } from "mongoose";
import type { LearnSearches } from "../../models/analytics/analytics.contract";
import { createMongoCountedFacts } from "../../models/kernel/mongo-counted-facts";
import { createMongoSealedFacts } from "../../models/kernel/mongo-sealed-facts";
import { COUNTED, TRAILS, type Counted } from "../../services/visitor/events.service";
import { personalSearch, type Search } from "../../services/visitor/search.service";
import type { Node } from "../../services/kernel/node";
import type { Query } from "../../services/kernel/service";
import { createLearner, type Learner } from "../../services/visitor/learner.service";
import { createCounter } from "../../services/visitor/counter.service";
import type { Choices } from "../../services/visitor/trails.service";
import type { VisitorStores } from "../../services/visitor/visitor.service";

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
export async function openVisitors(connection: Connection): Promise<VisitorStores> {
  return {
    trails: await createMongoSealedFacts(connection, TRAILS),
    choices: choicesIn(connection),
    counted: await createMongoCountedFacts<Counted>(connection, COUNTED),
  };
}

/** Hands what is counted on to the analytics, as the mall itself. */
export function learning(
  broker: () => Pick<ServiceBroker, "call">,
  { counted }: Pick<VisitorStores, "counted">,
  { clock, log }: Pick<Node, "clock" | "log">,
): Learner {
  const principal = { id: "visitors", permissions: ["*"] };
  const learn = (searches: LearnSearches) =>
    broker().call("analytics.learn", searches, { meta: { principal, trace: "analytics" } });
  return createLearner({ learn, counted, now: () => clock.now(), log });
}

type Queries = Readonly<Record<string, Query>>;

export interface Searching {
  readonly queries: Queries;
  /** Writes what waits. */
  stop(): Promise<void>;
}

/** The read side's queries, with the search going by what visitors like, and counted. */
export function searching(
  queries: Queries & { readonly "product.search": Search },
  { counted }: Pick<VisitorStores, "counted">,
  { node, learner }: { readonly node: Pick<Node, "identity" | "clock" | "log">; readonly learner: Learner },
): Searching {
  const { clock, log, identity } = node;
  const counter = createCounter({ counted, learner, pepper: identity.pepper, now: () => clock.now(), log });
  const search = personalSearch(queries["product.search"], { node, log, counter });
  return { queries: { ...queries, "product.search": search }, stop: () => counter.stop() };
}
