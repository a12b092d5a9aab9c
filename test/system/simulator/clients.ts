/** Who uses the simulated mall, and remembers what it was told: the journal that the mall is held against. */
import { paramsHash } from "../../../models/kernel/ids";
import { Refusal } from "../../../models/kernel/refusal";
import type { Row } from "../../../models/kernel/row";
import type { Command } from "../../../services/kernel/command";
import { OPEN } from "../../../services/kernel/permission";
import { wait } from "../../../services/kernel/wait";
import { ownerOf } from "../../../services/kernel/rendezvous";
import type { SimulatedProcess } from "./mall";
import type { SharedHistories } from "./shared-histories";
import type { VaultCommands } from "./vault";
import type { World } from "./world";

/** What became of a command, and between which versions of its vault it was decided. */
export interface Entry {
  readonly command: Command;
  readonly versionBefore: number;
  readonly versionAfter: number;
  /** Null when it was refused. */
  readonly row: Row | null;
  /** Type of the refusal. */
  readonly refused: string | null;
}

export interface Visit {
  readonly world: World;
  readonly histories: SharedHistories;
  readonly processes: () => readonly SimulatedProcess[];
  readonly journal: Entry[];
}

const TRY_AGAIN = ["STORE_UNAVAILABLE", "WRITES_CONTENDED", "MAILBOX_FULL", "CLOCK_AHEAD"];
/** Longer than anything is on its way. */
const ANSWER_WITHIN_MS = 8_000;
const BETWEEN_TRIES_MS = 100;
const TRIES_MAX = 200;
/** Share of commands that reach a process which does not own the vault. */
const ASTRAY_SHARE = 0.06;

const later = (ms: number): Promise<null> => wait(ms).then(() => null);

function addressee({ world, processes }: Visit, id: string): SimulatedProcess | null {
  const alive = processes().filter((process) => process.alive);
  if (alive.length === 0) return null;
  if (world.stormy && alive.length > 1 && world.chance.in(ASTRAY_SHARE)) {
    world.inject("two owners of an actor");
    return world.chance.pick(alive);
  }
  const owner = ownerOf(
    id,
    alive.map((process) => process.id),
  );
  return alive.find((process) => process.id === owner) ?? null;
}

/** A refusal that is final, or null where it is worth asking again. */
function finalRefusal(error: unknown): string | null {
  if (!(error instanceof Refusal)) throw error;
  return TRY_AGAIN.includes(error.type) ? null : error.type;
}

type Tried = Pick<Entry, "row" | "refused"> | null;

async function tryOnce(visit: Visit, command: Command): Promise<Tried> {
  const process = addressee(visit, command.aggregateId);
  if (!process) return null;
  try {
    const row = await Promise.race([process.send(command), later(ANSWER_WITHIN_MS)]);
    return row && { row, refused: null };
  } catch (error) {
    const refused = finalRefusal(error);
    return refused === null ? null : { row: null, refused };
  }
}

const versionOf = ({ histories }: Visit, id: string): number => histories.of(id).at(-1)?.version ?? 0;

/** Asks until there is an answer, always under the same command id. */
export async function ask(visit: Visit, command: Command): Promise<Entry> {
  const versionBefore = versionOf(visit, command.aggregateId);
  for (let attempt = 0; attempt < TRIES_MAX; attempt++) {
    const tried = await tryOnce(visit, command);
    if (tried) {
      const entry = { command, versionBefore, versionAfter: versionOf(visit, command.aggregateId), ...tried };
      visit.journal.push(entry);
      return entry;
    }
    await later(BETWEEN_TRIES_MS);
  }
  throw new Error(`${command.name} on ${command.aggregateId} (${command.id}) was never answered`);
}

export function commandOf<N extends keyof VaultCommands>(
  name: N,
  params: VaultCommands[N],
  on: { readonly id: string; readonly vault: string },
): Command {
  return {
    id: on.id,
    name,
    params,
    paramsHash: paramsHash(params),
    aggregateId: on.vault,
    creates: name === "vault.open",
    by: "visitor",
    onBehalfOf: null,
    causedBy: null,
    trace: null,
    occurredAt: null,
    expectedVersion: null,
    after: "",
    guard: OPEN,
  };
}

const CODES = ["red", "blue"] as const;

export interface Errand {
  /** Names the client; its commands are numbered. */
  readonly name: string;
  readonly commands: number;
  readonly vaults: readonly string[];
}

function anyCommand({ world: { chance } }: Visit, id: string, vaults: readonly string[]): Command {
  const vault = chance.pick(vaults);
  const on = { id, vault };
  const amount = 1 + chance.below(20);
  const dice = chance.below(10);
  if (dice < 2) return commandOf("vault.put", { amount }, on);
  if (dice < 4) return commandOf("vault.take", { amount }, on);
  if (dice < 6) return commandOf("vault.send", { to: chance.pick(vaults), amount }, on);
  if (dice < 8) return commandOf("vault.rename", { code: chance.pick(CODES) }, on);
  return dice === 8 ? commandOf("vault.close", {}, on) : commandOf("vault.reopen", {}, on);
}

/** One command after the other; now and then one that was answered already is sent again. */
export async function errand(visit: Visit, { name, commands, vaults }: Errand): Promise<void> {
  const own: Command[] = [];
  for (let n = 0; n < commands; n++) {
    const repeated = own.length > 0 && visit.world.chance.in(0.1);
    const command = repeated ? visit.world.chance.pick(own) : anyCommand(visit, `${name}-${n}`, vaults);
    const { row } = await ask(visit, command);
    // what was refused or changed nothing may well be accepted later: only a version is an answer for ever
    if (row?.command.id === command.id) own.push(command);
  }
}
