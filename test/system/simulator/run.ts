/** One run from one seed: a storm, a calm, and what is true afterwards. */
import { ask, commandOf, errand, type Entry, type Visit } from "./clients";
import { totalOf, type FaultCounts } from "./faults";
import { faultsOf, orphansOf, type Rest } from "./invariants";
import { createBacking, createProcess, type Backing, type Sabotage, type SimulatedProcess } from "./mall";
import { wait } from "../../../services/kernel/wait";
import { chanceOf } from "./random";
import { takeTime } from "./virtual-time";
import { createWorld, type Process, type World } from "./world";

export interface Outcome {
  readonly seed: number;
  /** What is wrong; empty when nothing is. */
  readonly violations: readonly string[];
  readonly commands: number;
  readonly actors: number;
  readonly steps: number;
  readonly faults: FaultCounts;
}

export interface RunOptions {
  readonly seed: number;
  readonly sabotage?: Sabotage;
  /** Told each thing that happens. */
  readonly log?: (line: string) => void;
}

/** Of one run; two of them are enough to be in each other's way. */
const PROCESSES = [2, 3] as const;
const VAULTS = ["a", "b", "c", "d"] as const;
const CLIENTS = 4;
const COMMANDS_PER_CLIENT = 12;
const FAULTS_MIN = 10;
const RESTART_AFTER_MS = 400;
const STEPS_MAX = 200_000;
/** How long the calm may take, in simulated time. */
const CALM_MS = 60_000;
const LOOK_EVERY_MS = 250;
const FAULTS_TOLD = 20;

/** How often, per step of the storm. */
const CLOCK_SHARE = 0.002;
const READER_SHARE = 0.002;
const STREAM_SHARE = 0.001;

interface Scene {
  readonly world: World;
  readonly backing: Backing;
  readonly sabotage: Sabotage;
  readonly processes: SimulatedProcess[];
  readonly visit: Visit;
}

function addProcess({ backing, sabotage, processes }: Scene, id: string): void {
  const process = createProcess(backing, id, sabotage);
  processes.push(process);
  void process.start();
}

function sceneOf(world: World, sabotage: Sabotage): Scene {
  const backing = createBacking(world, sabotage);
  const processes: SimulatedProcess[] = [];
  const journal: Entry[] = [];
  const visit = { world, histories: backing.histories, processes: () => processes, journal };
  const scene = { world, backing, sabotage, processes, visit };
  let born = 0;
  world.onCrash = (crashed: Process) => {
    const index = processes.findIndex((process) => process === crashed);
    processes[index]?.crash();
    processes.splice(index, 1);
    void wait(RESTART_AFTER_MS).then(() => addProcess(scene, `p${++born}`));
  };
  const processesOfRun = world.chance.pick(PROCESSES);
  while (born < processesOfRun) addProcess(scene, `p${++born}`);
  return scene;
}

/** What goes wrong by itself, not because something was asked for. */
function weather({ world, backing, processes }: Scene): void {
  const { chance } = world;
  if (!world.stormy || processes.length === 0) return;
  if (chance.in(CLOCK_SHARE)) {
    chance.pick(processes).clock.offsetMs = -chance.below(5_000);
    world.inject("clock goes backwards");
  }
  if (chance.in(READER_SHARE)) {
    chance.pick(processes).restartReader();
    world.inject("reader restarted");
  }
  if (chance.in(STREAM_SHARE)) {
    backing.broker.loseStream();
    world.inject("stream lost");
  }
}

/** Steps until `done`; the number of steps. @throws Error when nothing is left to happen before */
async function until(scene: Scene, what: string, done: () => boolean): Promise<number> {
  for (let steps = 0; steps < STEPS_MAX; steps++) {
    if (done()) return steps;
    weather(scene);
    if (!(await scene.world.step())) throw new Error(`nothing happens any more, and ${what} is not reached`);
  }
  throw new Error(`${what} is not reached after ${STEPS_MAX} steps`);
}

/** Runs what visitors do until it is done. */
async function visited(scene: Scene, what: string, work: Promise<unknown>): Promise<number> {
  let [over, failure] = [false, null as unknown];
  work.then(
    () => (over = true),
    (error: unknown) => {
      failure = error;
      over = true;
    },
  );
  const steps = await until(scene, what, () => over);
  if (failure) throw failure instanceof Error ? failure : new Error("visitors failed", { cause: failure });
  return steps;
}

const opening = ({ visit }: Scene): Promise<unknown> =>
  Promise.all(
    VAULTS.map((vault, i) => {
      const params = { code: `first-${vault}`, group: `group-${i % 2}`, amount: 50 };
      return ask(visit, commandOf("vault.open", params, { id: `open-${vault}`, vault }));
    }),
  );

const errands = ({ visit }: Scene, round: number): Promise<unknown> =>
  Promise.all(
    Array.from({ length: CLIENTS }, (_, n) =>
      errand(visit, { name: `r${round}-c${n}`, commands: COMMANDS_PER_CLIENT, vaults: VAULTS }),
    ),
  );

async function storm(scene: Scene): Promise<number> {
  let steps = await visited(scene, "the opening", opening(scene));
  for (let round = 0; round === 0 || totalOf(scene.world.faults) < FAULTS_MIN; round++) {
    steps += await visited(scene, "the end of the errands", errands(scene, round));
  }
  return steps;
}

/** Nothing goes wrong any more; gives what is still wrong when everything should have come to rest. */
async function calm(scene: Scene, rest: Rest): Promise<string[]> {
  const { world } = scene;
  world.stormy = false;
  const end = world.time.now() + CALM_MS;
  for (let look = world.time.now(); ;) {
    look += LOOK_EVERY_MS;
    await until(scene, "the calm", () => world.time.now() >= look);
    const faults = faultsOf(rest);
    if (faults.length === 0 || world.time.now() > end) return faults;
  }
}

/** Keys that were left behind are there for whoever wants them. */
async function orphans(scene: Scene, rest: Rest): Promise<string[]> {
  const faults: string[] = [];
  for (const [n, key] of orphansOf(rest).entries()) {
    const params = { code: key.slice("vault.code/".length), group: "late", amount: 0 };
    const command = commandOf("vault.open", params, { id: `late-${n}`, vault: `late-${n}` });
    const asked = ask({ ...scene.visit, journal: [] }, command).then(({ refused }) => {
      if (refused !== null) faults.push(`${key} belongs to nobody, and cannot be had: ${refused}`);
    });
    await visited(scene, "the end of the late openings", asked);
  }
  return faults;
}

export async function runSeed({ seed, sabotage = {}, log }: RunOptions): Promise<Outcome> {
  const time = takeTime();
  const world = createWorld(chanceOf(seed), time);
  world.log = log ? (line) => log(`${(time.now() % 1e7).toFixed(1)} ${line}`) : null;
  const scene = sceneOf(world, sabotage);
  const rest = { backing: scene.backing, journal: scene.visit.journal, vaultIds: VAULTS };
  let steps = 0;
  let violations: string[];
  try {
    steps = await storm(scene);
    violations = [...(await calm(scene, rest)), ...(await orphans(scene, rest))];
  } catch (error) {
    violations = [error instanceof Error ? (error.stack ?? error.message) : String(error)];
  } finally {
    time.restore();
  }
  const { journal } = scene.visit;
  return {
    seed,
    violations: violations.slice(0, FAULTS_TOLD),
    commands: journal.length,
    actors: VAULTS.length,
    steps,
    faults: world.faults,
  };
}
