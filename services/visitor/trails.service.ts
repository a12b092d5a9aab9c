/**
 * Trails: what each visitor did lately. The node that owns a visitor holds the newest of it in memory, bounded for each
 * and for all, and reads it from the facts when it does not; what is added is durable before it is told. Who chose not
 * to be known has no trail.
 */
import { LRUCache } from "lru-cache";
import { derivedId } from "../../models/kernel/ids";
import { isRefusal, refuseKernel } from "../../models/kernel/refusal";
import { openFact, sealFact, type SealedFact, type SealedFacts } from "../../models/kernel/sealed-facts";
import { RECENT_MAX, type RecentEvent } from "../../models/visitor/visitor.contract";
import type { Subject } from "./subject.service";

/** What each visitor chose; those who chose nothing are not in it. */
export interface Choices {
  find(who: string): Promise<boolean | null>;
  set(who: string, personal: boolean): Promise<void>;
}

export interface Trails {
  /** Newest first. Empty for who chose not to be known. */
  recent(subject: Subject): Promise<readonly RecentEvent[]>;
  /** Whether they chose not to be known, or were erased. */
  refuses(subject: Subject): Promise<boolean>;
  /** False when nothing may be kept. An event that comes again is told once. */
  add(subject: Subject, events: readonly RecentEvent[]): Promise<boolean>;
  forget(subject: Subject): Promise<void>;
  choose(subject: Subject, personal: boolean): Promise<void>;
}

export interface TrailsOptions {
  readonly facts: SealedFacts;
  readonly choices: Choices;
  /** Events in memory, of all visitors together. */
  readonly eventsMax?: number;
}

interface Trail {
  readonly events: readonly RecentEvent[];
  readonly personal: boolean;
}

const EVENTS_MAX = 40_000;
/** Batches that are read on a miss: among them may be many impressions, of which few are held. */
const READ_MAX = RECENT_MAX;
const IMPRESSIONS_MAX = 30;

const newerFirst = (a: RecentEvent, b: RecentEvent): number => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0);

/** The newest of them, each once: what was merely shown does not push out what was done. */
export function newest(events: readonly RecentEvent[]): RecentEvent[] {
  const once = [...new Map(events.map((event) => [event.id, event])).values()].sort(newerFirst);
  const shown = once.filter(({ kind }) => kind === "impression").slice(0, IMPRESSIONS_MAX);
  const done = once.filter(({ kind }) => kind !== "impression").slice(0, RECENT_MAX - shown.length);
  return [...done, ...shown].sort(newerFirst);
}

/** All of a batch lies under one seal, and a batch that is sent again is there. */
function sealBatch(key: Buffer, who: string, events: readonly RecentEvent[]): SealedFact {
  const at = events.reduce((latest, event) => (event.at > latest ? event.at : latest), "");
  return sealFact(key, { _id: derivedId("events", who, ...events.map(({ id }) => id)), who, at }, events);
}

async function reaching<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (isRefusal(error)) throw error;
    const why = "The store of facts does not answer; send the events again, none is taken in twice.";
    return refuseKernel("STORE_UNAVAILABLE", why);
  }
}

function opened(key: Buffer, rows: readonly SealedFact[]): RecentEvent[] {
  return rows.flatMap((row) => openFact(key, row) as RecentEvent[]);
}

interface Memory {
  /** What is held of a visitor, or read now. */
  of(subject: Subject): Promise<Trail>;
  /** Nothing, where it was let go of meanwhile. */
  held(who: string): Trail | undefined;
  hold(who: string, trail: Trail): void;
  drop(who: string): void;
}

function memoryOf(load: (subject: Subject) => Promise<Trail>, eventsMax: number): Memory {
  const held = new LRUCache<string, Trail>({ maxSize: eventsMax, sizeCalculation: ({ events }) => events.length + 1 });
  const loading = new Map<string, Promise<Trail>>();
  return {
    of(subject) {
      const { who } = subject;
      const known = held.get(who);
      if (known) return Promise.resolve(known);
      const running = loading.get(who);
      if (running) return running;
      const asked = reaching(() => load(subject)).then((trail) => {
        // forgotten meanwhile: then it is of no use to anybody any more
        if (loading.get(who) === asked) held.set(who, trail);
        return trail;
      });
      const ended = asked.finally(() => loading.get(who) === asked && loading.delete(who));
      ended.catch(() => undefined);
      loading.set(who, asked);
      return asked;
    },
    held: (who) => held.get(who),
    hold: (who, trail) => void held.set(who, trail),
    drop(who) {
      held.delete(who);
      loading.delete(who);
    },
  };
}

export function createTrails({ facts, choices, eventsMax = EVENTS_MAX }: TrailsOptions): Trails {
  async function load(subject: Subject): Promise<Trail> {
    const { who } = subject;
    const [key, choice] = await Promise.all([subject.key(), choices.find(who)]);
    if (key === null || choice === false) return { events: [], personal: false };
    return { events: newest(opened(key, await facts.newest(who, READ_MAX))), personal: true };
  }
  const memory = memoryOf(load, eventsMax);
  return {
    recent: async (subject) => (await memory.of(subject)).events,
    refuses: async (subject) => !(await memory.of(subject)).personal,
    async add(subject, events) {
      const { personal } = await memory.of(subject);
      const key = personal ? await subject.key() : null;
      if (key === null) return false;
      if (events.length === 0) return true;
      const { who } = subject;
      await reaching(() => facts.add(sealBatch(key, who, events)));
      const current = memory.held(who);
      if (current) memory.hold(who, { ...current, events: newest([...events, ...current.events]) });
      return true;
    },
    async forget({ who }) {
      memory.drop(who);
      await reaching(() => facts.remove(who));
      memory.drop(who);
    },
    async choose({ who }, personal) {
      await reaching(() => choices.set(who, personal));
      if (!personal) await reaching(() => facts.remove(who));
      memory.drop(who);
    },
  };
}
