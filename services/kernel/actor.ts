/**
 * Actors: each aggregate in use has a mailbox and its state in memory, and takes its commands one batch at a time.
 *
 *   letters → decide in a row → insert → answer
 *
 * An accepted command on a warm actor is one insert and no read. The unique indexes are the guarantee for what is
 * inserted. For what inserts nothing they are none: a refusal or a no-op is answered only after a look at the store,
 * and decided again if somebody else wrote. After any failed insert the state in memory is dropped and the commands
 * are looked up by their ids: they are answered or decided again, never failed for a predecessor's sake.
 */
import type { Histories, InsertOutcome, Standing } from "../../models/kernel/histories";
import { Refusal } from "../../models/kernel/refusal";
import type { Row } from "../../models/kernel/row";
import type { Command, Decision, Held, Letter, Made } from "./command";
import { decideAll, holderOf, unavailable, type Decider } from "./deciding";
import type { GroupWriter } from "./group-writer";
import { heldRow, heldNewest, keptRow, keptNewest, keptState, type Idle, type Kept, type NewestState } from "./idle";

const ATTEMPTS_MAX = 12;

export interface ActorsOptions extends Decider {
  readonly histories: Histories;
  readonly writer: GroupWriter;
  /** Told the rows that have become durable, with the text that was hashed of each. */
  readonly committed: (made: readonly Made[]) => void;
  readonly mailboxMax: number;
  readonly batchMax: number;
  /** Where its actors are kept while they have no work. */
  readonly idle: Idle;
}

export interface Actors {
  /** The version that the command made. @throws a refusal, or STORE_UNAVAILABLE when the outcome is not known. */
  send(command: Command): Promise<Row>;
  /** The newest row that this process knows of, which another one may have overtaken; undefined when it knows none. */
  readonly recent: (aggregateId: string) => Row | undefined;
  /** Of that row, its version. */
  readonly version: (aggregateId: string) => number | undefined;
  /** Its version and its state as stored. */
  readonly newest: (aggregateId: string) => NewestState | undefined;
  /** Forgets what is in memory of an aggregate: its key was destroyed. */
  evict(aggregateId: string): void;
}

/** An aggregate with work in hand. `held` is undefined while its state has to be read. */
interface Actor {
  readonly id: string;
  held: Held | undefined;
  /** What it was kept as since its last work; read when the first batch is decided. */
  idle: Kept | undefined;
  queue: Letter[];
}

const heldVersion = ({ row }: Held): number | undefined => row?.version;
const keptVersion = ({ version }: Kept): number => version;

export function createActors(options: ActorsOptions): Actors {
  const { idle } = options;
  const working = new Map<string, Actor>();

  async function work(actor: Actor): Promise<void> {
    while (actor.queue.length > 0) {
      const letters = actor.queue.splice(0, options.batchMax);
      try {
        await turn(options, actor, letters);
      } catch (error) {
        actor.held = undefined;
        for (const letter of letters) letter.reject(unavailable(error));
      }
    }
    working.delete(actor.id);
    if (actor.held) idle.put(actor.id, actor.held);
  }

  function start(id: string): Actor {
    const actor: Actor = { id, held: undefined, idle: idle.take(id), queue: [] };
    working.set(id, actor);
    // the letter that woke it is in the queue by then, and so are those of the same turn of the event loop
    queueMicrotask(() => void work(actor));
    return actor;
  }

  function look<T>(id: string, held: (held: Held) => T | undefined, kept: (kept: Kept) => T): T | undefined {
    const actor = working.get(id);
    const found = actor ? actor.idle : idle.peek(id);
    return (actor?.held && held(actor.held)) ?? (found && kept(found));
  }

  return {
    send: (command) =>
      new Promise((resolve, reject) => {
        const actor = working.get(command.aggregateId) ?? start(command.aggregateId);
        if (actor.queue.length >= options.mailboxMax) {
          reject(mailboxFull(options, command));
          return;
        }
        actor.queue.push({ command, attempts: 0, resolve, reject });
      }),
    evict(id) {
      idle.take(id);
      const actor = working.get(id);
      if (actor) actor.held = actor.idle = undefined;
    },
    recent: (id) => look(id, heldRow, keptRow),
    version: (id) => look(id, heldVersion, keptVersion),
    newest: (id) => look(id, heldNewest, keptNewest),
  };
}

function mailboxFull({ aggregate, mailboxMax }: ActorsOptions, { aggregateId }: Command): Refusal {
  const detail = `${mailboxMax} commands wait for this ${aggregate.name} already; try again in a moment.`;
  return new Refusal("MAILBOX_FULL", 429, detail, { id: aggregateId });
}

/** Decides a batch, writes what was decided, and answers. */
async function turn(options: ActorsOptions, actor: Actor, letters: Letter[]): Promise<void> {
  const held = actor.held ?? (await load(options, actor, letters));
  const decisions = await decideAll(options, held, letters);
  const made = decisions.filter((decision) => decision.kind === "made");
  const written = await write(
    options,
    made.map(({ next }) => next.row),
  );
  const done = made.slice(0, written);
  actor.held = written === made.length ? (done.at(-1)?.next ?? held) : undefined;
  if (done.length > 0) options.committed(done.map(({ next }) => next));
  await release(options, actor.id, done);
  done.forEach(({ letter, next }) => letter.resolve(next.row));
  const answered = new Set<Decision>(done);
  const open = decisions.filter((decision) => !answered.has(decision));
  if (open.length > 0) await settle(options, actor, open);
}

/** The newest state. A command that creates is decided as if nothing were there: its insert will tell. */
async function load(options: ActorsOptions, actor: Actor, letters: readonly Letter[]): Promise<Held> {
  const { id, idle } = actor;
  actor.idle = undefined;
  if (idle) return waking(options, idle);
  const first = letters[0];
  if (first?.command.creates === true && first.attempts === 0) return holding(options, null);
  const found = await options.histories.newest([id]);
  return holding(options, found.get(id) ?? null);
}

/** Where nothing is personal, the state is all that has to be read. */
const waking = (options: ActorsOptions, kept: Kept): Held | Promise<Held> =>
  options.personal.none === true ? { row: kept, state: keptState(kept), text: kept } : holding(options, keptRow(kept));

async function holding({ aggregate, personal }: ActorsOptions, row: Row | null): Promise<Held> {
  if (row === null) return { row, state: aggregate.initial, text: null };
  const [revealed = row] = await personal.reveal([row]);
  return { row, state: revealed.state, text: null };
}

/** How many rows from the first on are durable. */
async function write({ writer, histories }: ActorsOptions, rows: readonly Row[]): Promise<number> {
  const [only] = rows;
  if (!only) return 0;
  const outcomes: readonly InsertOutcome[] =
    rows.length === 1 ? [await writer.write(only)] : await histories.insert(rows, true);
  const failed = outcomes.findIndex((outcome) => outcome !== "inserted");
  return failed === -1 ? rows.length : failed;
}

/** Gives back the claims that the newest state no longer makes. */
async function release(
  options: ActorsOptions,
  id: string,
  done: readonly (Decision & { kind: "made" })[],
): Promise<void> {
  const first = done[0];
  const last = done.at(-1);
  if (!first || !last || !options.aggregate.claims) return;
  const { claims } = options.aggregate;
  const claimed = claims(last.next.state);
  const gone = done.flatMap(({ before }) => claims(before.state).filter((key) => !claimed.includes(key)));
  if (gone.length > 0) await options.claims.release(holderOf(options, id), gone);
}

/** Answers what inserted nothing, or failed to, from the store; decides again what the store has overtaken. */
async function settle(options: ActorsOptions, actor: Actor, open: readonly Decision[]): Promise<void> {
  const standing = await options.histories.standing(
    actor.id,
    open.map(({ letter }) => letter.command.id),
  );
  const current = sameHead(actor.held, standing);
  const held = (actor.held = current ? actor.held : await holding(options, standing.newest));
  const again: Letter[] = [];
  for (const decision of open) {
    const { letter } = decision;
    const { command } = letter;
    const stored = standing.byCommand.get(command.id);
    // who may not do it learns nothing: neither a refusal's reason nor the answer of a command that was done
    const forbidden = command.guard([held?.state, command.params]);
    if (forbidden) letter.reject(forbidden);
    else if (stored) answerStored(letter, stored);
    else if (decision.kind === "settled" && current) answerSettled(decision, standing);
    else again.push(letter);
  }
  requeue(actor, again);
}

const sameHead = (held: Held | undefined, { newest }: Standing): held is Held =>
  held !== undefined && held.row?.hash === newest?.hash;

/** A repeat gets the answer of the first time. The same key for something else is a mistake of the caller. */
function answerStored(letter: Letter, stored: Row): void {
  const { name, paramsHash } = letter.command;
  if (stored.command.name === name && stored.command.paramsHash === paramsHash) {
    letter.resolve(stored);
    return;
  }
  const { command, version } = stored;
  const detail = `This Idempotency-Key was used for another ${command.name} (version ${version}); take a new key.`;
  letter.reject(new Refusal("IDEMPOTENCY_KEY_REUSED", 422, detail, { version }));
}

/** What changes nothing where nothing was ever kept is refused: there is no version to answer with. */
function answerSettled({ letter, error }: Decision & { kind: "settled" }, { newest }: Standing): void {
  const { name, aggregateId: id } = letter.command;
  if (error === null && newest !== null) letter.resolve(newest);
  else letter.reject(error ?? new Refusal("NOT_FOUND", 404, `${name}: there is nothing under this id yet.`, { id }));
}

/** Back to the head of the queue: whoever waited longest is decided first. */
function requeue(actor: Actor, letters: readonly Letter[]): void {
  const patient: Letter[] = [];
  for (const letter of letters) {
    letter.attempts += 1;
    if (letter.attempts <= ATTEMPTS_MAX) patient.push(letter);
    else letter.reject(contended(letter));
  }
  actor.queue.unshift(...patient);
}

function contended({ command }: Letter): Refusal {
  const detail = `Others wrote first, ${ATTEMPTS_MAX} times in a row; try again in a moment.`;
  return new Refusal("WRITES_CONTENDED", 409, detail, { id: command.aggregateId });
}
