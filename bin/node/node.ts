/**
 * How a process of the mall is put together: store, delivery, read side, services, gateway, in this order; it stops in
 * the opposite one, so that nothing is taken in any more by the time something it needs is gone.
 */
import { Errors, ServiceBroker } from "moleculer";
import type { Logger } from "pino";
import { brokerOptions, type Config } from "../../moleculer.config";
import { targetsOf } from "../../indexers";
import { contracts } from "../../models/contracts";
import { builtinRoles } from "../../models/role/role.builtin.contract";
import { createClock } from "../../models/kernel/clock";
import type { Commit } from "../../models/kernel/row";
import { services } from "../../services";
import { gatewayService } from "../../services/gateway/gateway.service";
import { historyService } from "../../services/kernel/history";
import { createGroupWriter, type GroupWriter } from "../../services/kernel/group-writer";
import type { Node } from "../../services/kernel/node";
import type { Roles } from "../../services/kernel/permission";
import { createRoleBook } from "../../services/kernel/role-book";
import { queryService } from "../../services/kernel/service";
import { createJobs, type Jobs } from "../jobs/jobs";
import { nearMall } from "../client/near";
import type { Principal } from "../../services/kernel/call";
import { openDelivery, type Delivery } from "./delivery";
import { openCheckpoints } from "./checkpoints";
import { historyDepsOf } from "./histories";
import { healthOf } from "./health";
import { metricsOf } from "./metrics";
import { openReadSide, type ReadSide } from "./read-side";
import { openStore, type Store } from "./store";

export interface RunningNode {
  /** Where HTTP is answered; null for a node without a gateway. */
  readonly url: string | null;
  readonly store: Store;
  readonly delivery: Delivery;
  readonly readSide: ReadSide;
  readonly broker: ServiceBroker;
  /** Rows and batches written by the actors of an aggregate. */
  writes(aggregate: string): ReturnType<GroupWriter["counts"]>;
  stop(): Promise<void>;
}

const LIMITS = { mailboxMax: 2_000, batchMax: 200, actorBytesMax: 8 * 1024 ** 2 };

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
function nodeOf(made: Pick<Node, "clock" | "log" | "roles" | "committed"> & { readonly store: Store }): Node {
  const { store, ...rest } = made;
  const writers = new Map([...store.histories].map(([name, histories]) => [name, createGroupWriter(histories)]));
  return {
    ...rest,
    limits: LIMITS,
    claims: store.claims,
    histories: (aggregate) => store.of(aggregate),
    writer: (aggregate) => writers.get(aggregate) ?? createGroupWriter(store.of(aggregate)),
    personal: (aggregate) => store.personal(aggregate),
    targetsOf,
  };
}

async function assemble(config: Config, log: Logger, undoing: (() => Promise<void>)[]): Promise<RunningNode> {
  const clock = createClock();
  const roles = createRoleBook(builtinRoles);
  const parts: { delivery?: Delivery; jobs?: Jobs } = {};
  const committed = (commits: readonly Commit[]): void => {
    parts.delivery?.relay.offer(commits);
    parts.jobs?.heard(commits);
  };
  const store = await openStore({
    url: config.mongodbUrl,
    namespace: config.namespace,
    secret: config.secret,
    clock,
    committed: (commit) => committed([commit]),
  });
  undoing.push(() => store.close());
  const checkpoints = await openCheckpoints({ store, dataDir: config.dataDir, clock, log });
  undoing.push(() => checkpoints.stop());
  const readSide = await openReadSide({ config, log });
  undoing.push(() => readSide.close());
  const broker = new ServiceBroker(brokerOptions(config, roles));
  const delivery = await openDelivery({
    natsUrl: config.natsUrl,
    namespace: config.namespace,
    nodeId: config.nodeId,
    store,
    clock,
    log,
    readers: readSide.indexers,
    broker: () => broker,
  });
  parts.delivery = delivery;
  undoing.push(() => delivery.stop());
  const node = nodeOf({ store, clock, log, roles, committed });
  for (const service of services) broker.createService(service(node));
  broker.createService(historyService(historyDepsOf({ store, checkpoints, clock, roles })));
  broker.createService(queryService({ name: "search", contracts, queries: readSide.queries, roles }));
  undoing.push(() => broker.stop());
  const mall = (principal: Principal, trace: string) => nearMall({ broker, secret: config.secret, principal, trace });
  const jobs = createJobs({ dataDir: config.dataDir, histories: [...store.histories.values()], mall, log });
  parts.jobs = jobs;
  undoing.push(() => jobs.stop());
  const url = await startServing(config, log, { broker, store, delivery, readSide, roles });
  const writes = (aggregate: string) => node.writer(aggregate).counts();
  return { url, store, delivery, readSide, broker, writes, stop: () => undo(undoing.splice(0), log) };
}

type Parts = Pick<RunningNode, "broker" | "store" | "delivery" | "readSide"> & { readonly roles: Roles };

/** Delivery first, so that the first command finds its relay; HTTP last, when everything behind it is there. */
async function startServing(config: Config, log: Logger, parts: Parts): Promise<string | null> {
  const { broker, delivery } = parts;
  let url: string | null = null;
  if (config.gateway) {
    const gateway = gatewayService({
      contracts,
      config,
      log,
      health: () => healthOf(parts),
      metrics: metricsOf(parts),
      roles: parts.roles,
      listening: (address) => (url = address),
    });
    broker.createService(gateway);
  }
  await delivery.start();
  try {
    await broker.start();
  } catch (error) {
    throw error instanceof Errors.MoleculerError ? new Error(error.message, { cause: error }) : error;
  }
  return url;
}
