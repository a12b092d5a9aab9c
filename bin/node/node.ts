/**
 * How a process of the mall is put together: store, delivery, read side, services, gateway, in this order; it stops in
 * the opposite one, so that nothing is taken in any more by the time something it needs is gone.
 */
import { Errors, ServiceBroker } from "moleculer";
import type { Logger } from "pino";
import { brokerOptions, type Config } from "../../moleculer.config";
import { targetsOf } from "../../indexers";
import { learners } from "../../ml";
import { contracts } from "../../models/contracts";
import { builtinRoles } from "../../models/role/role.builtin.contract";
import { createClock } from "../../models/kernel/clock";
import { services } from "../../services";
import { gatewayService } from "../../services/gateway/gateway.service";
import { historyService } from "../../services/kernel/history";
import type { Announced } from "../../services/kernel/delivery";
import { createGroupWriter, type GroupWriter } from "../../services/kernel/group-writer";
import type { Identity } from "../../services/kernel/identity";
import { createMemory } from "../../services/kernel/memory";
import type { Node } from "../../services/kernel/node";
import type { Roles } from "../../services/kernel/permission";
import { createRoleBook } from "../../services/kernel/role-book";
import type { Timers } from "../../services/kernel/timers";
import { queryService } from "../../services/kernel/service";
import { announced } from "../../services/kernel/wire";
import type { Jobs } from "../jobs/jobs";
import { openTimers } from "./delivery";
import type { ThreadConfig } from "./delivery-messages";
import { createDeliveryHost, type DeliveryHost } from "./delivery-host";
import { begun } from "./begun";
import { openCheckpoints } from "./checkpoints";
import { historyDepsOf } from "./histories";
import { healthOf } from "./health";
import { modelFiles, openFacts } from "./facts";
import { openIdentity } from "./identity";
import { jobsOf } from "./jobs";
import { liveSource } from "./live";
import { metricsOf } from "./metrics";
import { openReadSide, type ReadSide } from "./read-side";
import { openStore, type Store } from "./store";
import { openVisitors } from "./visitors";
import { openWebhooks, type Webhooks } from "./webhooks";
import { openWitnesses, type Witnesses } from "./witnesses";

export interface RunningNode {
  /** Where HTTP is answered; null for a node without a gateway. */
  readonly url: string | null;
  readonly store: Store;
  readonly delivery: DeliveryHost;
  readonly readSide: ReadSide;
  readonly broker: ServiceBroker;
  /** Rows and batches written by the actors of an aggregate. */
  writes(aggregate: string): ReturnType<GroupWriter["counts"]>;
  stop(): Promise<void>;
}

const limitsOf = ({ room }: Pick<Config, "room">): Node["limits"] => ({
  mailboxMax: 2_000,
  batchMax: 200,
  room,
});

/** Undoes what was started, last first; a fault on the way does not keep the rest from being undone. */
async function undo(steps: (() => Promise<void>)[], log: Logger): Promise<void> {
  for (const step of steps.reverse()) {
    await step().catch((error: unknown) => log.error({ err: error }, "A part of the node did not stop cleanly"));
  }
}

/** @throws Error with a sentence for a person: which service does not answer, and what to do */
export async function openNode(config: Config, log: Logger): Promise<RunningNode> {
  const undoing: (() => Promise<void>)[] = [];
  try {
    return await assemble(config, log, undoing);
  } catch (error) {
    await undo(undoing, log);
    throw error;
  }
}

/** What every service of the process works with. */
type Made = Pick<Node, "limits" | "clock" | "log" | "roles" | "identity" | "committed" | "facts" | "blobs"> & {
  readonly store: Store;
};

function nodeOf(made: Made): Node {
  const { store, ...rest } = made;
  const writers = new Map([...store.histories].map(([name, histories]) => [name, createGroupWriter(histories)]));
  return {
    ...rest,
    memory: createMemory(),
    claims: store.claims,
    waiting: store.waiting,
    histories: (aggregate) => store.of(aggregate),
    writer: (aggregate) => writers.get(aggregate) ?? createGroupWriter(store.of(aggregate)),
    personal: (aggregate) => store.personal(aggregate),
    targetsOf,
  };
}

const threadConfig = (config: Config): ThreadConfig => {
  const { mongodbUrl, elasticsearchUrl, natsUrl, namespace, nodeId, logLevel, analytics } = config;
  return { mongodbUrl, elasticsearchUrl, natsUrl, namespace, nodeId, logLevel, analytics };
};

type Undoing = (() => Promise<void>)[];

function beginReading(config: Config, log: Logger, delivery: DeliveryHost, undoing: Undoing): Promise<ReadSide> {
  const reading = begun(openReadSide({ config, log, hurry: (reader) => delivery.hurry(reader) }));
  undoing.push(async () => (await reading.catch(() => null))?.close());
  return reading;
}

const servicesOf = (node: Node) => [
  ...services.map((service) => service(node)),
  ...learners.flatMap((learner) => learner(node)),
];

async function assemble(config: Config, log: Logger, undoing: Undoing): Promise<RunningNode> {
  const clock = createClock();
  const roles = createRoleBook(builtinRoles);
  const delivery = createDeliveryHost({ config: threadConfig(config), clock, log });
  undoing.push(() => delivery.stop());
  // a thread with connections of its own: it finds its way while everything else is put together
  const delivering = begun(delivery.start());
  const reading = beginReading(config, log, delivery, undoing);
  const running: { jobs?: Jobs } = {};
  const committed = (commits: readonly Announced[]): void => {
    delivery.announce(commits);
    running.jobs?.heard(commits);
  };
  const store = await openStore({
    url: config.mongodbUrl,
    namespace: config.namespace,
    secret: config.secret,
    clock,
    committed: (commit) => committed([announced(commit)]),
  });
  undoing.push(() => store.close());
  const checkpoints = await openCheckpoints({ store, dataDir: config.dataDir, clock, log });
  undoing.push(() => checkpoints.stop());
  const readSide = await reading;
  const witnesses = await openWitnesses({ store, clock, roles, log });
  undoing.push(() => witnesses.stop());
  const broker = new ServiceBroker(brokerOptions(config, roles, witnesses.denials.denied));
  const timers = await openTimers({ store, clock, log, broker: () => broker });
  undoing.push(() => timers.stop());
  const { identity, close } = await openIdentity({ config, store, log });
  undoing.push(close);
  const { facts, ...logs } = await openFacts(store);
  undoing.push(() => logs.stop());
  const made = { limits: limitsOf(config), blobs: modelFiles(config) };
  const node = nodeOf({ ...made, store, clock, log, roles, identity, committed, facts });
  for (const service of servicesOf(node)) broker.createService(service);
  const { shown } = witnesses.disclosures;
  broker.createService(historyService({ ...historyDepsOf({ store, checkpoints, clock, roles }), shown }));
  const visitors = await openVisitors({ connection: store.connection, node, broker, ...readSide });
  broker.createService(queryService({ name: "search", contracts, queries: visitors.queries, roles }));
  const webhooks = openWebhooks({ config, store, node, broker });
  for (const service of [...witnesses.services, visitors.service, webhooks.service]) broker.createService(service);
  undoing.push(broker.stop.bind(broker), visitors.stop.bind(visitors), webhooks.stop.bind(webhooks));
  running.jobs = jobsOf(config, { broker, store, witnesses, readSide, log });
  undoing.push(async () => running.jobs?.stop());
  const parts = { broker, store, delivery, delivering, timers, readSide, roles, identity, witnesses, webhooks };
  const url = await startServing(config, log, parts);
  for (const one of [visitors, webhooks]) one.started();
  const writes = (aggregate: string) => node.writer(aggregate).counts();
  return { url, store, delivery, readSide, broker, writes, stop: () => undo(undoing.splice(0), log) };
}

interface Parts extends Pick<RunningNode, "broker" | "store" | "delivery" | "readSide"> {
  readonly delivering: Promise<void>;
  readonly timers: Timers;
  readonly roles: Roles;
  readonly identity: Identity;
  readonly witnesses: Witnesses;
  readonly webhooks: Webhooks;
}

/** Delivery first, so that the first command finds its relay; HTTP last, when everything behind it is there. */
async function startServing(config: Config, log: Logger, parts: Parts): Promise<string | null> {
  const { broker, delivering, timers } = parts;
  let url: string | null = null;
  if (config.gateway) {
    const gateway = gatewayService({
      contracts,
      config,
      log,
      health: () => healthOf(parts),
      metrics: metricsOf(parts),
      roles: parts.roles,
      denied: parts.witnesses.denials.denied,
      disclosures: parts.witnesses.disclosures,
      accessTokens: parts.identity.accessTokens,
      subjects: parts.identity.subjects,
      live: liveSource({ config, log, store: parts.store, client: parts.readSide.client }),
      listening: (address) => (url = address),
    });
    broker.createService(gateway);
  }
  await delivering;
  timers.start();
  try {
    await broker.start();
  } catch (error) {
    throw error instanceof Errors.MoleculerError ? new Error(error.message, { cause: error }) : error;
  }
  return url;
}
