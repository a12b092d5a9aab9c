/**
 * All things of a small aggregate in memory, read from the histories when they are asked for: what a node knows is at
 * most `ageMsMax` old, and as new as what the caller wrote. Rows are only ever added, so their count tells whether
 * there is anything new: a look is one count, and a scan when it changed. Nothing runs while nobody asks.
 */
import type { Histories } from "../../models/kernel/histories";
import type { WriteMark } from "../../models/kernel/contract";
import type { Row } from "../../models/kernel/row";
import { followHeads } from "./follow-heads";
import type { Node } from "./node";

/** Newest rows by id; never of something that does not exist. */
export type Heads<S> = ReadonlyMap<string, Row<S>>;

export interface HeadsAsk {
  /** What the caller wrote and wants to see. */
  readonly after?: readonly WriteMark[] | undefined;
  /** Ids of things that exist: one that is not known yet is looked for at once. */
  readonly wanted?: readonly string[];
}

/** There are more than may be kept in memory. */
export class TooManyHeads extends Error {
  override readonly name = "TooManyHeads";
}

/** @throws what the store throws, and TooManyHeads */
export type HeadsBook<S> = (ask?: HeadsAsk) => Promise<Heads<S>>;

export interface HeadsBookOptions {
  readonly aggregate: string;
  readonly ageMsMax?: number;
  readonly thingsMax?: number;
  /** Milliseconds that only ever grow. */
  readonly now?: () => number;
}

const AGE_MS_MAX = 1_000;
const THINGS_MAX = 10_000;

export function createHeadsBook<S>(node: Pick<Node, "histories" | "log">, options: HeadsBookOptions): HeadsBook<S> {
  const { aggregate, ageMsMax = AGE_MS_MAX, thingsMax = THINGS_MAX, now = () => performance.now() } = options;
  const histories: Pick<Histories, "aggregate" | "scan" | "count"> = node.histories(aggregate);
  const known = new Map<string, Row<S>>();
  const heard = (row: Row): void => {
    if ((known.get(row.aggregateId)?.version ?? 0) >= row.version) return;
    known.set(row.aggregateId, row as Row<S>);
    if (known.size <= thingsMax) return;
    known.clear();
    throw new TooManyHeads(`There are more than ${thingsMax} of ${aggregate}; this is for few`);
  };
  const heads = followHeads({ histories, heard, log: node.log });
  let counted = -1;
  let lookedAt = -Infinity;
  let running: Promise<void> | null = null;

  async function look(): Promise<void> {
    const began = now();
    const count = await histories.count();
    if (count !== counted) await heads.refresh();
    counted = count;
    lookedAt = began;
  }
  const lacks = ({ after = [], wanted = [] }: HeadsAsk): boolean =>
    wanted.some((id) => !known.has(id)) ||
    after.some(({ source, version }) => {
      const [name, id = ""] = source.split("/");
      return name === aggregate && (known.get(id)?.version ?? 0) < version;
    });
  const looked = (): Promise<void> => {
    running ??= look().finally(() => {
      running = null;
    });
    return running;
  };
  return async (ask = {}) => {
    if (now() - lookedAt > ageMsMax) await looked();
    if (lacks(ask)) {
      // a look that is under way may have begun before the write
      if (running !== null) await running;
      counted = -1;
      await looked();
    }
    return known;
  };
}
