/**
 * Telling again: what the histories hold of a time is put down once more, page by page. What waits for an endpoint is
 * bounded meanwhile, for a history may be long; where it is, is remembered, so that it goes on after a restart.
 */
import type { Histories } from "../../models/kernel/histories";
import { derivedId } from "../../models/kernel/ids";
import type { Commit, Iso } from "../../models/kernel/row";
import { TOLD_AGGREGATES } from "../../models/webhook/webhook.catalogue.contract";
import type { Replay } from "../../models/webhook/webhook.aggregate";
import { awaiting, type DeliveryStore } from "../kernel/deliveries";
import { reconcile, type Cursor } from "../kernel/reconcile";
import { wait } from "../kernel/wait";
import { occasionsFor } from "./payload.service";
import type { Endpoint } from "./telling.service";

export interface ReplayMark {
  readonly number: number;
  readonly cursor: Cursor | null;
  readonly done: boolean;
}

export interface ReplayDeps {
  readonly histories: readonly Histories[];
  readonly store: DeliveryStore;
  readonly marked: (endpoint: string, mark: ReplayMark) => Promise<void>;
  readonly now: () => Iso;
  readonly ring: (endpoints: Iterable<string>) => void;
  readonly signal: AbortSignal;
  readonly waitingMax?: number;
}

const WAITING_MAX = 10_000;
const LOOK_EVERY_MS = 500;
const PAGE = 500;

/** Where there is something to do. */
export function openReplay({ state }: Endpoint, mark: ReplayMark | undefined): Replay | null {
  const { replay, status } = state;
  if (replay === null || status === "disabled") return null;
  return mark?.number === replay.number && mark.done ? null : replay;
}

async function room({ store, signal, waitingMax = WAITING_MAX }: ReplayDeps, endpoint: string): Promise<void> {
  while (!signal.aborted && (await store.waiting(endpoint)) >= waitingMax) await wait(LOOK_EVERY_MS, signal);
}

/** Puts it down from where it was left. Twice is once: a delivery's id derives from the event and the replay. */
export async function runReplay(
  deps: ReplayDeps,
  endpoint: Endpoint,
  replay: Replay,
  mark?: ReplayMark,
): Promise<void> {
  const { id, state } = endpoint;
  const { number, from, until } = replay;
  const read = async (commits: readonly Commit[]): Promise<void> => {
    const wanted = commits.filter(({ committedAt }) => committedAt >= from && committedAt <= until);
    const occasions = wanted.flatMap((commit) => occasionsFor(state, commit));
    if (occasions.length === 0) return;
    await room(deps, id);
    const now = deps.now();
    const idOf = (eventId: string): string => derivedId("delivery", id, eventId, String(number));
    await deps.store.put(occasions.map((occasion) => awaiting(id, idOf(occasion.eventId), occasion, now)));
    deps.ring([id]);
  };
  await reconcile({ name: "replay", aggregates: TOLD_AGGREGATES, heads: false, read }, deps.histories, {
    pageSize: PAGE,
    signal: deps.signal,
    from: mark?.number === number ? mark.cursor : null,
    onProgress: (_done, cursor) => deps.marked(id, { number, cursor, done: false }),
  });
  if (!deps.signal.aborted) await deps.marked(id, { number, cursor: null, done: true });
}
