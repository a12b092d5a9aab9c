/**
 * All services of the mall in one process, over histories in memory: the real contracts, services, actors, roles and
 * broker, without a store, a stream or a search engine. Queries that the read side answers are refused as they are
 * when the engine does not answer.
 */
import { Client } from "@elastic/elasticsearch";
import { pino } from "pino";
import { ServiceBroker, type Middleware } from "moleculer";
import { createReadSide } from "../../indexers";
import { learners } from "../../ml";
import { factKinds, kept } from "../../models";
import { contracts } from "../../models/contracts";
import type { Claims } from "../../models/kernel/claims";
import { createClock, type Clock } from "../../models/kernel/clock";
import type { Fact } from "../../models/kernel/facts";
import type { Denial } from "../../models/kernel/denial.contract";
import type { Personal } from "../../models/kernel/personal";
import { builtinRoles } from "../../models/role/role.builtin.contract";
import { brokerOptions, readConfig, type Config } from "../../moleculer.config";
import { services } from "../../services";
import type { CallMeta, Principal } from "../../services/kernel/call";
import { createGroupWriter } from "../../services/kernel/group-writer";
import type { Identity } from "../../services/kernel/identity";
import { createDenials, denialService } from "../../services/kernel/denials";
import { hashOf, type Blobs } from "../../services/kernel/blobs";
import { createFactLog, type RunningFactLog } from "../../services/kernel/fact-log";
import { historyService, type HistoryDeps } from "../../services/kernel/history";
import { declaredBy, type Looked } from "../../services/kernel/looking";
import { createMemory } from "../../services/kernel/memory";
import type { Lookup } from "../../services/kernel/lookup";
import type { Node } from "../../services/kernel/node";
import { createRoleBook } from "../../services/kernel/role-book";
import { queryService } from "../../services/kernel/service";
import type { Learner } from "../../services/visitor/learner.service";
import { visitorService } from "../../services/visitor/visitor.service";
import { createMemoryLookup } from "./memory-lookup";
import { memoryFacts } from "./memory-facts";
import { memoryIdentity } from "./identity";
import { memoryCheckpoints } from "./memory-checkpoints";
import { memoryHistories, type MemoryHistories } from "./memory-histories";
import { memoryVisitors, type MemoryVisitors } from "./memory-visitors";
import { memoryDeliveries } from "./memory-deliveries";
import { webhookDeliveriesService } from "../../services/webhook/deliveries.service";

/** There is no analytics without a search engine. */
const NOBODY_LEARNS: Learner = {
  counted: () => undefined,
  said: () => undefined,
  asked: () => undefined,
  reworded: () => undefined,
  catchUp: () => Promise.resolve(),
  stop: () => Promise.resolve(),
};

const NOWHERE = "127.0.0.1:1";

export const memoryConfig = (): Config =>
  readConfig({
    MONGODB_URL: `mongodb://${NOWHERE}`,
    ELASTICSEARCH_URL: `http://${NOWHERE}`,
    NATS_URL: `nats://${NOWHERE}`,
    STOA_SECRET: "a secret of the tests, long enough to sign",
    STOA_PORT: "0",
  });

const plain: Personal = {
  seal: (parts) => Promise.resolve(parts),
  reveal: (rows) => Promise.resolve(rows),
  isSealed: () => true,
};

function memoryBlobs(): Blobs {
  const kept = new Map<string, Buffer>();
  return {
    put(bytes) {
      kept.set(hashOf(bytes), bytes);
      return Promise.resolve(hashOf(bytes));
    },
    get: (hash) => Promise.resolve(kept.get(hash) ?? null),
    putMade: () => Promise.resolve(),
  };
}

const nobodys: Claims = {
  take: () => Promise.resolve(),
  find: () => Promise.resolve(null),
  release: () => Promise.resolve(),
};

function historyDeps({ roles, clock }: Node, of: (name: string) => MemoryHistories): HistoryDeps {
  const looked = kept.map(({ aggregate: { name }, model }): [string, Looked] => [
    name,
    {
      model,
      histories: of(name),
      personal: plain,
      source: of(name),
      ...declaredBy(contracts.find(({ aggregate }) => aggregate === name)),
    },
  ]);
  return { looked: new Map(looked), checkpoints: memoryCheckpoints(), publicKey: "", roles, now: () => clock.now() };
}

export interface MemoryNode {
  readonly broker: ServiceBroker;
  readonly node: Node;
  readonly histories: ReadonlyMap<string, MemoryHistories>;
  /** Who waits for what; filled by whoever reads commits in a test. */
  readonly lookup: Lookup;
  /** What was kept of denied attempts. */
  readonly denials: readonly Denial[];
  /** What was kept of visitors. */
  readonly visitors: MemoryVisitors;
  /** Each call is a new command, unless `meta` names one. */
  call<R = unknown>(
    principal: Principal | undefined,
    action: string,
    params: object,
    meta?: Partial<CallMeta>,
  ): Promise<R>;
  stop(): Promise<void>;
}

/** What stands between those who call and those who answer; `go` brings the call to its end. */
export type Between = (asked: Asked, go: () => Promise<unknown>) => Promise<unknown>;

export interface Asked {
  readonly action: string;
  readonly params: object;
  readonly meta: CallMeta;
}

export interface MemoryNodeOptions {
  /** With accounts at other services, where a test needs them. */
  readonly identity?: Identity;
  readonly clock?: Clock;
  readonly between?: Between;
}

type Next = (action: string, params: object, options: { meta: CallMeta }) => Promise<unknown>;

const betweenCalls = (between: Between): Middleware =>
  ({
    call: (next: Next): Next => {
      return (action, params, options) => {
        const asked = { action, params, meta: options.meta };
        return between(asked, () => next(action, params, options));
      };
    },
  }) as unknown as Middleware;

export async function openMemoryNode(options: MemoryNodeOptions = {}): Promise<MemoryNode> {
  const { identity = memoryIdentity(), clock = createClock(), between } = options;
  const config = memoryConfig();
  const roles = createRoleBook(builtinRoles);
  const histories = new Map(kept.map(({ aggregate: { name } }) => [name, memoryHistories(name)]));
  const of = (name: string): MemoryHistories => histories.get(name) as MemoryHistories;
  const logs: RunningFactLog<Fact>[] = [];
  const lookup = createMemoryLookup();
  const stores = new Map(factKinds.map((kind) => [kind.collection, memoryFacts<Fact>()]));
  const node: Node = {
    blobs: memoryBlobs(),
    facts: (collection) => {
      const kind = factKinds.find((one) => one.collection === collection);
      const store = stores.get(collection);
      if (!kind || !store) throw new Error(`no facts "${collection}"`);
      const log = createFactLog({ kind, store, keys: identity.subjects });
      logs.push(log);
      return log as never;
    },
    clock,
    log: pino({ level: "silent" }),
    roles,
    identity,
    limits: { mailboxMax: 1_000, batchMax: 100, room: { filesMax: 100, bytesMax: 1 << 20 } },
    memory: createMemory(),
    claims: nobodys,
    waiting: lookup,
    histories: of,
    writer: (name) => createGroupWriter(of(name)),
    personal: () => plain,
    committed: () => undefined,
    targetsOf: () => [],
  };
  // asks once: nobody will ever answer there, and waiting to ask again would cost every test a second or two
  const client = new Client({ node: config.elasticsearchUrl, maxRetries: 0 });
  const { queries } = createReadSide({ client, namespace: config.namespace });
  const facts = memoryFacts<Denial>();
  const denials = createDenials({ store: facts, now: () => node.clock.now(), log: node.log });
  const { middlewares = [], ...rest } = brokerOptions(config, roles, denials.denied);
  const own = between ? [betweenCalls(between)] : [];
  const broker = new ServiceBroker({ ...rest, middlewares: [...middlewares, ...own] });
  for (const service of services) broker.createService(service(node));
  for (const service of learners.flatMap((learner) => learner(node))) broker.createService(service);
  broker.createService(historyService(historyDeps(node, of)));
  broker.createService(queryService({ name: "search", contracts, queries, roles }));
  broker.createService(denialService(facts, roles));
  broker.createService(webhookDeliveriesService(node, { store: memoryDeliveries(), ring: () => undefined }));
  const visitors = memoryVisitors();
  broker.createService(visitorService(node, visitors, NOBODY_LEARNS));
  await broker.start();
  return {
    broker,
    node,
    histories,
    lookup,
    denials: facts.all,
    visitors,
    call: (principal, action, params, meta = {}) =>
      broker.call(action, params, { meta: { trace: "test", ...(principal && { principal }), ...meta } }),
    async stop() {
      await broker.stop();
      await denials.stop();
      await Promise.all(logs.map((log) => log.stop()));
      await client.close();
    },
  };
}
