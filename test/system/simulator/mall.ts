/**
 * A process of the simulated mall: the kernel's own actors, group writer, claims, relay, consumers and indexers, on
 * the shared store, stream and engine. Only what is outside a process is simulated.
 */
import pino from "pino";
import { readerNameOf, writerOf } from "../../../indexers/kernel/indexer";
import type { Projection } from "../../../indexers/kernel/projection";
import { memoryClaimRows, type ClaimRows } from "../../../models/kernel/claim-rows";
import { createClaims } from "../../../models/kernel/claiming";
import { createClock, type Clock } from "../../../models/kernel/clock";
import { createHolders, type Holders } from "../../../models/kernel/fence";
import type { Histories } from "../../../models/kernel/histories";
import { createPersonal } from "../../../models/kernel/personal";
import type { SubjectKeys } from "../../../models/kernel/subject-keys";
import type { Row } from "../../../models/kernel/row";
import { createActors, type Actors } from "../../../services/kernel/actor";
import type { Command } from "../../../services/kernel/command";
import { createConsumer, type Consumer } from "../../../services/kernel/consumer";
import type { Reader } from "../../../services/kernel/delivery";
import { createGroupWriter } from "../../../services/kernel/group-writer";
import { createIdleRoom } from "../../../services/kernel/idle";
import type { CommitStream } from "../../../services/kernel/jetstream";
import type { HistoryReader } from "../../../services/kernel/reconcile";
import { createRelay, type FullRelay } from "../../../services/kernel/relay";
import { announcedRow } from "../../../services/kernel/wire";
import { wait } from "../../../services/kernel/wait";
import { createMemoryParked, createMemoryPositions } from "../../support/memory-delivery";
import { createBroker, type Broker } from "./broker";
import { createEngine, type Engine } from "./engine";
import { sagaReader, type SendOn } from "./saga";
import { sharedHistories, type SharedHistories } from "./shared-histories";
import { faultyClaims, faultyHistories, scheduled } from "./store";
import { groups, vault, vaultModel, vaults } from "./vault";
import type { Process, World } from "./world";

/** What all processes share, and what survives each of them. */
export interface Backing {
  readonly world: World;
  readonly histories: SharedHistories;
  readonly claims: ClaimRows & { all(): readonly { readonly _id: string; readonly holder: string }[] };
  readonly broker: Broker;
  readonly engine: Engine;
  readonly parked: ReturnType<typeof createMemoryParked>;
  readonly positions: ReturnType<typeof createMemoryPositions>;
}

/** Where a planted fault of the kernel takes hold. Each is the identity where nothing is planted. */
export interface Sabotage {
  readonly histories?: (real: Histories) => Histories;
  readonly stream?: (real: CommitStream) => CommitStream;
  readonly reader?: (real: HistoryReader) => HistoryReader;
  readonly holders?: (real: Holders) => Holders;
  readonly sagaCommandId?: (derived: string) => string;
  /** The store itself, without its unique indexes. */
  readonly withoutIndexes?: true;
}

export interface SimulatedProcess extends Process {
  send(command: Command): Promise<Row>;
  /** Ends one of its readers and starts it again. */
  restartReader(): void;
  /** It stops where it stands. */
  crash(): void;
  start(): Promise<void>;
  readonly clock: { offsetMs: number };
}

export const PROJECTIONS: readonly Projection[] = [vaults, groups];
export const NAMESPACE = "sim";
/** So little that actors are forgotten all the time. */
const IDLE_BYTES_MAX = 20_000;
const LIMITS = { mailboxMax: 500, batchMax: 20 };
const RELAY_LIMITS = { graceMs: 1_000, sweepEveryMs: 2_000, markEveryMs: 20, publishTimeoutMs: 1_000, pageSize: 50 };
const CONSUMER_LIMITS = { batchMs: 5, readWithinMs: 50, ackWaitMs: 3_000, lookEveryMs: 3_000, pageSize: 40 };
/** What a claim is given that nobody seems to commit. */
const GRACE_MS = 30;
const log = pino({ level: "silent" });
const NO_KEYS = {} as SubjectKeys;

export function createBacking(world: World, sabotage: Sabotage): Backing {
  return {
    world,
    histories: sharedHistories("vault", sabotage.withoutIndexes !== true),
    claims: memoryClaimRows(),
    broker: createBroker(world),
    engine: createEngine(world),
    parked: createMemoryParked(),
    positions: createMemoryPositions(),
  };
}

interface Parts {
  readonly actors: Actors;
  readonly relay: FullRelay;
  readonly consumers: Consumer[];
  readonly makeConsumers: () => Consumer[];
}

interface PartsOf {
  readonly backing: Backing;
  readonly sabotage: Sabotage;
  readonly process: Process;
  readonly clock: Clock;
  readonly sendOn: SendOn;
}

function partsOf({ backing, sabotage, process, clock, sendOn }: PartsOf): Parts {
  const { world, broker, engine } = backing;
  const faulty = faultyHistories(world, process, backing.histories);
  const histories = sabotage.histories?.(faulty) ?? faulty;
  const real = broker.connect(process, NAMESPACE);
  const stream = sabotage.stream?.(real) ?? real;
  const parked = scheduled(world, process, "parked", backing.parked);
  const positions = scheduled(world, process, "positions", backing.positions);
  const relay = createRelay({ stream, histories: [histories], parked, log, limits: RELAY_LIMITS });
  const rows = faultyClaims(world, process, backing.claims);
  const holders = createHolders({
    clock,
    fenced: () => ({ aggregate: vault, histories }),
    committed: (commit) => relay.offer([commit]),
  });
  const claims = createClaims({
    rows,
    ...(sabotage.holders?.(holders) ?? holders),
    rememberedMax: 50,
    firstEpoch: () => 1 + world.chance.below(1_000_000_000),
    grace: () => wait(GRACE_MS),
  });
  const actors = createActors({
    ...LIMITS,
    aggregate: vault,
    histories,
    idle: createIdleRoom(IDLE_BYTES_MAX).of("vault"),
    writer: createGroupWriter(histories),
    clock,
    personal: createPersonal(vaultModel, NO_KEYS),
    claims,
    committed: (made) => relay.announce(made.map(({ row, text }) => announcedRow("vault", row, text.text))),
  });
  const readers: Reader[] = PROJECTIONS.map((projection) => ({
    name: readerNameOf(projection),
    aggregates: ["vault"],
    read: (commits) => writers.get(projection.name)?.write(commits) ?? Promise.resolve(),
  }));
  const client = engine.connect(process);
  const writers = new Map(
    PROJECTIONS.map((projection) => [
      projection.name,
      writerOf({ client, projection, cacheBytesMax: 100_000 }, projection.name),
    ]),
  );
  const all: HistoryReader[] = [...readers, sagaReader(sendOn)];
  const kept = [{ aggregate: vault, model: vaultModel }];
  const makeConsumers = (): Consumer[] =>
    all.map((reader) =>
      createConsumer({
        stream,
        reader: sabotage.reader?.(reader) ?? reader,
        kept,
        histories: [histories],
        parked,
        positions,
        log,
        clock,
        limits: CONSUMER_LIMITS,
      }),
    );
  return { actors, relay, consumers: makeConsumers(), makeConsumers };
}

export function createProcess(backing: Backing, id: string, sabotage: Sabotage): SimulatedProcess {
  const { world } = backing;
  const skew = { offsetMs: 0 };
  const clock = createClock(() => Math.floor(world.time.now()) + skew.offsetMs);
  const sendOn: SendOn = (command) =>
    process.send({ ...command, id: sabotage.sagaCommandId?.(command.id) ?? command.id });
  const process: SimulatedProcess = {
    id,
    alive: true,
    clock: skew,
    send: (command) => parts.actors.send(command),
    restartReader() {
      const index = world.chance.below(parts.consumers.length);
      void parts.consumers[index]?.stop();
      const fresh = parts.makeConsumers()[index] as Consumer;
      parts.consumers[index] = fresh;
      void fresh.start();
    },
    crash() {
      process.alive = false;
      // its loops end; whatever they still ask for is never answered
      void parts.relay.stop();
      for (const consumer of parts.consumers) void consumer.stop();
    },
    async start() {
      await Promise.all(parts.consumers.map((consumer) => consumer.start()));
      await parts.relay.start();
    },
  };
  const parts = partsOf({ backing, sabotage, process, clock, sendOn });
  return process;
}
