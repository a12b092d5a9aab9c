/**
 * The model that decides, as a process that serves knows it: what was appointed is asked for now and then, loaded by
 * its hash beside the one in use, checked against that hash, and takes its place between two requests. What ships is
 * kept like what was learnt: the next release may ship another, and what this one decided can be decided again. It
 * decides also while it cannot be kept, for nobody may wait for that; keeping it is tried again with each look.
 */
import { LRUCache } from "lru-cache";
import { refuseKernel } from "../../models/kernel/refusal";
import { artefactHash } from "./card";

export interface Champion<M> {
  readonly hash: string;
  /** 0 is what ships. */
  readonly number: number;
  readonly model: M;
}

export interface ChampionDeps<M> {
  /** What ships, as an artefact. */
  readonly first: string;
  /** Keeps an artefact where `read` finds it. */
  readonly keep: (artefact: Buffer) => Promise<unknown>;
  /** Null: what ships. */
  readonly appointed: () => Promise<{ readonly hash: string; readonly number: number } | null>;
  readonly read: (hash: string) => Promise<Buffer | null>;
  readonly parse: (text: string) => M;
  /** Milliseconds, of any beginning. */
  readonly clock: () => number;
  readonly warn: (error: unknown) => void;
}

export interface Champions<M> {
  /** Waits only the first time; later what is in use answers while something newer is looked for. */
  current(): Promise<Champion<M>>;
  /** Of whatever was appointed once. @throws DECISION_UNREPEATABLE when its file is gone or was changed */
  of(hash: string): Promise<M>;
}

const LOOK_EVERY_MS = 2_000;
const KEPT_MAX = 4;

/** Once it went well, never again. */
function keepingOnce(keep: () => Promise<unknown>): () => Promise<void> {
  let kept: Promise<unknown> | null = null;
  return async () => {
    kept ??= keep();
    await kept.catch((error: unknown) => {
      kept = null;
      throw error;
    });
  };
}

export function createChampions<M extends object>(deps: ChampionDeps<M>): Champions<M> {
  const { appointed, keep, read, parse, clock, warn } = deps;
  const first: Champion<M> = { hash: artefactHash(deps.first), number: 0, model: parse(deps.first) };
  const keepFirst = keepingOnce(() => keep(Buffer.from(deps.first)));
  const loaded = new LRUCache<string, M>({ max: KEPT_MAX });
  let inUse: Champion<M> | null = null;
  let lookedAt = -Infinity;
  let looking: Promise<void> | null = null;

  async function of(hash: string): Promise<M> {
    if (hash === first.hash) return first.model;
    const there = loaded.get(hash);
    if (there) return there;
    const bytes = await read(hash);
    if (!bytes || artefactHash(bytes.toString("utf8")) !== hash) {
      refuseKernel("DECISION_UNREPEATABLE", `The file of the model ${hash} is gone, or is not what its hash says.`);
    }
    const model = parse(bytes.toString("utf8"));
    loaded.set(hash, model);
    return model;
  }
  async function look(): Promise<void> {
    try {
      const wanted = await appointed();
      if (wanted === null) {
        inUse = first;
        await keepFirst();
      } else if (wanted.hash !== inUse?.hash) inUse = { ...wanted, model: await of(wanted.hash) };
    } catch (error) {
      warn(error);
    } finally {
      looking = null;
    }
  }
  return {
    of,
    async current() {
      if (clock() - lookedAt >= LOOK_EVERY_MS) {
        lookedAt = clock();
        looking ??= look();
      }
      if (inUse === null) await looking;
      return inUse ?? first;
    },
  };
}

export interface LentDeps<M, S> extends Omit<ChampionDeps<M>, "appointed"> {
  readonly appointed: (site: S) => ReturnType<ChampionDeps<M>["appointed"]>;
}

/** One book of models for the process; whoever looks lends it their way to ask. */
export function lentChampions<M extends object, S>({ appointed, ...deps }: LentDeps<M, S>): (site: S) => Champions<M> {
  let last: S;
  const made = createChampions<M>({ ...deps, appointed: () => appointed(last) });
  return (site) => {
    last = site;
    return made;
  };
}
