/**
 * A mall of three nodes on real services, under load: in each round something is killed at a random moment and comes
 * back, and then everything that was acknowledged must be there, once, and the indexes equal to the histories.
 */
import path from "node:path";
import { runningMall } from "../../../bin/folder/run-file";
import type { Mall } from "../../../bin/client/mall";
import { customerOf } from "../../support/customer";
import { eventually } from "../../support/eventually";
import { testFolder } from "../../support/folder";
import { startMall, stoa, type RunningMall } from "../../support/mall";
import { freePort } from "../../support/nats";
import { storeOf, type StoredRows } from "../../support/store-of";
import { chanceOf, type Chance } from "../simulator/random";
import { judge } from "./judge";
import { startLoad, type Load } from "./load";
import { watchSlowness, type Slowness } from "./slowness";
import { startKillable, type KillableService, type KillableServices } from "./services";

export interface Round {
  readonly round: number;
  readonly killed: string;
  /** Commands that were acknowledged in this round. */
  readonly acknowledged: number;
  /** For the answer that took longest. */
  readonly waitedMs: number;
  /** From the kill until what was killed is there again. */
  readonly backMs: number;
  readonly faults: readonly string[];
  /** Where it is written down how the search engine was when it was far too slow. */
  readonly slow: readonly string[];
}

/** What can be killed. */
export const TARGETS = ["a node", "the search engine", "the message broker", "the store"] as const;

export interface ChaosOptions {
  readonly rounds: number;
  readonly seed: number;
  /** Of `TARGETS`, in turn; all of them when left out. */
  readonly kill?: readonly string[];
  readonly onRound?: (round: Round) => void;
}

const NODES = 3;
const CLIENTS = 12;
/** Answers before something is killed, and after it is back. */
const WARM_UP = 100;
const AFTERWARDS = 150;
const KILL_WITHIN_MS = 1_000;
const MINUTE_MS = 60_000;
/** A client outlives whatever is killed, also on a busy machine: giving up would end the play, and judge nothing. */
const PATIENCE = { attemptsMax: 200, firstDelayMs: 50, delayMsMax: 1_000 };

interface Scene {
  readonly chance: Chance;
  readonly services: KillableServices;
  readonly mall: RunningMall;
  readonly customer: Mall;
  readonly store: StoredRows;
  readonly kill: readonly string[];
  readonly slowness: Slowness;
}

interface Target {
  readonly name: string;
  strike(): Promise<void>;
}

const moments = (ms: number): Promise<void> => {
  const end = performance.now() + ms;
  return eventually("its moment", () => performance.now() >= end).then(() => undefined);
};

async function strikeService(service: KillableService, { chance }: Scene): Promise<void> {
  await service.kill();
  await moments(chance.below(KILL_WITHIN_MS));
  await service.restart();
}

/** The supervisor starts it again, under another process id. */
async function strikeNode({ mall, chance }: Scene): Promise<void> {
  const before = (await mall.run()).pids;
  const index = before.length - NODES + chance.below(NODES);
  const killed = before[index] ?? 0;
  process.kill(killed, "SIGKILL");
  await eventually("the node is back", async () => (await mall.run()).pids[index] !== killed, { timeoutMs: MINUTE_MS });
}

function targetsOf(scene: Scene): readonly Target[] {
  const { engine, broker, store } = scene.services;
  const services = [engine, broker, store].map((service) => ({
    name: service.name,
    strike: () => strikeService(service, scene),
  }));
  const all = [{ name: "a node", strike: () => strikeNode(scene) }, ...services];
  return all.filter(({ name }) => scene.kill.includes(name));
}

const goneOn = (load: Load, by: number): Promise<unknown> => {
  const enough = load.answered() + by;
  return eventually(`${by} more answers`, () => load.answered() >= enough, { timeoutMs: 2 * MINUTE_MS });
};

async function provenFaults(dataDir: string): Promise<string[]> {
  const faults: string[] = [];
  for (const proof of ["verify", "drift"]) {
    const { code, out, err } = await stoa(proof, "--data", dataDir);
    if (code !== 0) faults.push(`${proof}: ${(out + err).slice(0, 1_000)}`);
  }
  return faults;
}

async function playRound(scene: Scene, round: number): Promise<Round> {
  const targets = targetsOf(scene);
  const target = targets[(round - 1) % targets.length] as Target;
  const slowBefore = scene.slowness.reports();
  const load = startLoad(scene.customer, `round-${round}`, CLIENTS);
  await goneOn(load, WARM_UP);
  await moments(scene.chance.below(KILL_WITHIN_MS));
  const struck = performance.now();
  await target.strike();
  const backMs = Math.round(performance.now() - struck);
  await goneOn(load, AFTERWARDS);
  const journals = await load.stop();
  const faults = [...(await judge(scene.store, journals)), ...(await provenFaults(scene.mall.dataDir))];
  const acknowledged = journals.reduce((sum, { titles, received }) => sum + titles.length + received, 0);
  const waitedMs = Math.round(Math.max(...journals.map((journal) => journal.waitedMs)));
  const slow = scene.slowness.reports().filter((file) => !slowBefore.includes(file));
  return { round, killed: target.name, acknowledged, waitedMs, backMs, faults, slow };
}

export async function playRounds({ rounds, seed, kill = TARGETS, onRound }: ChaosOptions): Promise<Round[]> {
  const folder = await testFolder();
  const services = await startKillable(folder.path);
  const dataDir = path.join(folder.path, "data");
  const env = {
    MONGODB_URL: services.store.url,
    ELASTICSEARCH_URL: services.engine.url,
    NATS_URL: services.broker.url,
  };
  // a gateway that is killed comes back where its callers look for it
  const port = String(await freePort());
  const mall = await startMall({ dataDir, args: ["--empty", "--nodes", String(NODES), "--port", port], env });
  const customer = await customerOf({ url: mall.url, dataDir, patience: PATIENCE });
  const run = await runningMall(dataDir);
  if (run === null) throw new Error("The mall runs, and has no run.json");
  const store = await storeOf(run);
  const played: Round[] = [];
  // beside the folder that goes when the play is over
  const slowness = watchSlowness({ engine: services.engine, folder: `${folder.path}-slow` });
  try {
    const scene = { chance: chanceOf(seed), services, mall, customer, store, kill, slowness };
    for (let round = 1; round <= rounds; round++) {
      const done = await playRound(scene, round);
      played.push(done);
      onRound?.(done);
    }
  } finally {
    await slowness.stop();
    await customer.close();
    await store.close();
    await mall.stop();
    await services.stop();
    await folder.remove();
  }
  return played;
}
