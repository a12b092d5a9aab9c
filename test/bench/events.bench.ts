/**
 * How many events of visitors can be taken in, each durable before the answer? A whole node, asked over HTTP with
 * batches of a hundred as browsers' servers send them, each kept for the visitor and counted; against the bare driver
 * writing the same rows into collections with the same indexes.
 */
import { randomUUID } from "node:crypto";
import type { Collection, Document } from "mongodb";
import pino from "pino";
import { openNode, type RunningNode } from "../../bin/node/node";
import { randomId } from "../../models/kernel/ids";
import type { VisitorEvent } from "../../models/visitor/visitor.events.contract";
import { COUNTED, TRAILS } from "../../services/visitor/events.service";
import { startBacking } from "../support/backing";
import { httpClient, type HttpClient } from "./http-client";
import { rate, ratio, type Rate } from "./measure";
import { durable } from "./offers-node";
import type { Answer } from "./report";
import { sized, type Ask } from "./scale";

const BATCH = 100;
const IN_FLIGHT = 8;
const VISITORS = 5_000;
const ACTIONS = ["impression", "impression", "impression", "view", "click", "search"] as const;

const visitors = Array.from({ length: VISITORS }, () => randomUUID());

function eventOf(n: number): VisitorEvent {
  const action_name = ACTIONS[n % ACTIONS.length] ?? "view";
  return {
    event_id: randomUUID(),
    action_name,
    timestamp: new Date().toISOString(),
    query_id: "a-query-of-which-there-are-many",
    ...(action_name === "search" && { user_query: `lamp ${n % 500}` }),
    event_attributes: { object: { object_id: `p-${n % 10_000}` }, position: { ordinal: n % 24 } },
  };
}

function report(client: HttpClient): (n: number) => Promise<void> {
  return async (n) => {
    const events = Array.from({ length: BATCH }, (_, i) => eventOf(n * BATCH + i));
    const status = await client.send("POST", "/v1/events", {
      visitorId: visitors[n % VISITORS],
      consent: true,
      events,
    });
    if (status !== 200) throw new Error(`events were answered ${status}`);
  };
}

interface Bare {
  readonly rows: Collection;
  readonly sample: Document;
  /** Rows that a batch becomes there. */
  readonly each: number;
}

/** A collection with the indexes of another one, and a row of it. */
async function bareOf({ store }: RunningNode, name: string, each: number): Promise<Bare> {
  const model = store.connection.collection(name);
  const rows = store.connection.collection(`bare.${name}`);
  const others = (await model.indexes()).filter(({ name: index }) => index !== "_id_");
  await rows.createIndexes(
    others.map(({ key, expireAfterSeconds }) => ({
      key,
      ...(expireAfterSeconds !== undefined && { expireAfterSeconds }),
    })),
  );
  const sample = await model.findOne({});
  if (!sample) throw new Error(`there are no rows in ${name} to take one from`);
  return { rows: rows as unknown as Collection, sample, each };
}

/** The rows of one batch: as many into each collection as a report makes. */
const insert = (bares: readonly Bare[]) => (n: number) =>
  Promise.all(
    bares.map(({ rows, sample, each }) => {
      const who = visitors[n % VISITORS];
      const made = Array.from({ length: each }, () => ({
        ...sample,
        _id: randomId(),
        ...("who" in sample && { who }),
      }));
      return rows.insertMany(made as never, { ordered: false, ...durable });
    }),
  );

const eventsPerSecond = ({ perSecond }: Rate): number => perSecond * BATCH;

export async function eventsBench(ask: Ask): Promise<Answer[]> {
  const backing = await startBacking();
  const node = await openNode(backing.config({ STOA_GATEWAY: "yes" }), pino({ level: "silent" }));
  const client = httpClient(node.url ?? "", {}, IN_FLIGHT);
  const seconds = sized(ask, 10, 1);
  try {
    await rate(IN_FLIGHT, sized(ask, 10, 1), report(client));
    const bares = [await bareOf(node, TRAILS.collection, 1), await bareOf(node, COUNTED.collection, BATCH)];
    const [ours, theirs]: [Rate[], Rate[]] = [[], []];
    for (let round = 0; round < sized(ask, 3, 1); round++) {
      ours.push(await rate(IN_FLIGHT, seconds, report(client)));
      theirs.push(await rate(IN_FLIGHT, seconds, insert(bares)));
    }
    const against = ratio(ours.map(eventsPerSecond), theirs.map(eventsPerSecond));
    const worst = Math.min(...ours.map(eventsPerSecond));
    const detail = { batch: BATCH, inFlight: IN_FLIGHT, visitors: VISITORS, ours, theirs };
    return [
      { question: "events/s over HTTP, the slowest round", value: worst, unit: "/s", goal: { atLeast: 5_000 }, detail },
      {
        question: "events over HTTP / bare insertMany of the same rows",
        value: against.median,
        unit: "×",
        detail: against,
      },
    ];
  } finally {
    client.close();
    await node.stop();
    await backing.stop();
  }
}
